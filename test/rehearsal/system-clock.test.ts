import { SystemClock } from '../../lib/rehearsal';

const clock = new SystemClock();

test('is the time of the machine', () => {
  const before = Date.now();
  expect(clock.now()).toBeGreaterThanOrEqual(before);
  expect(clock.now()).toBeLessThanOrEqual(Date.now());
});

test('waits, and rings when it is time', async () => {
  const rung: string[] = [];
  clock.alarm(clock.now() + 5, () => rung.push('soon'));
  clock.alarm(0, () => rung.push('past'));
  clock.alarm(clock.now() + 5, () => rung.push('taken back'))();
  clock.alarm(clock.now() + 40 * 24 * 3600 * 1000, () => rung.push('in forty days'))();
  await clock.wait(0.03);

  expect(rung).toEqual(['past', 'soon']);
});
