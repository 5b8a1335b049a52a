import { VirtualClock } from '../../lib/rehearsal';

test('starts where it is told to and stands still', () => {
  expect(new VirtualClock(5).now()).toBe(5);
});

test('alarms ring in the order of their times, each at its own', () => {
  const clock = new VirtualClock(0);
  const rung: [string, number][] = [];
  clock.alarm(3000, () => rung.push(['late', clock.now()]));
  clock.alarm(1000, () => {
    rung.push(['early', clock.now()]);
    clock.alarm(2000, () => rung.push(['between', clock.now()]));
  });
  clock.alarm(9000, () => rung.push(['never', clock.now()]));
  clock.advance(4);

  expect(rung).toEqual([
    ['early', 1000],
    ['between', 2000],
    ['late', 3000],
  ]);
  expect(clock.now()).toBe(4000);
});

test('an alarm that is taken back does not ring, one that is past rings at once', () => {
  const clock = new VirtualClock(10_000);
  const rung: string[] = [];
  clock.alarm(11_000, () => rung.push('taken back'))();
  clock.alarm(0, () => rung.push('past'));
  clock.advance(0);

  expect(rung).toEqual(['past']);
  expect(clock.now()).toBe(10_000);
});

test('waiting makes time pass', async () => {
  const clock = new VirtualClock(0);
  await clock.wait(7);
  expect(clock.now()).toBe(7000);
});

test('of two who wait at once, the longer wait contains the shorter', async () => {
  const clock = new VirtualClock(0);
  await Promise.all([clock.wait(7), clock.wait(3)]);
  expect(clock.now()).toBe(7000);
});
