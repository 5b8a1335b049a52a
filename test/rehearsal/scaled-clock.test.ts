import { ScaledClock } from '../../lib/rehearsal';
import { thrownBy } from './_helpers/stage';

test('a minute here is a tenth of a second of the machine', async () => {
  const clock = new ScaledClock({ scale: 600 });
  const [machine, here] = [performance.now(), clock.now()];
  await clock.wait(60);
  const [spent, passed] = [performance.now() - machine, (clock.now() - here) / 1000];
  expect([spent > 90, spent < 1000, passed > 58, passed < 600]).toEqual([true, true, true, true]);
});

test('it begins with the time of the machine, and times of the machine can be read by it', () => {
  const clock = new ScaledClock({ scale: 60 });
  const now = Date.now();
  const began = clock.at(now);
  expect(Math.abs(began - now)).toBeLessThan(60 * 500);
  expect(clock.at(now + 1000) - began).toBe(60_000);
  expect(clock.at(now - 1000) - began).toBe(-60_000);
});

test('an alarm rings at its time, or not at all when it is taken back', async () => {
  const clock = new ScaledClock({ scale: 600 });
  const rung: string[] = [];
  clock.alarm(clock.now() + 30_000, () => rung.push('late'));
  clock.alarm(clock.now() - 30_000, () => rung.push('past'));
  clock.alarm(clock.now() + 10_000, () => rung.push('never'))();
  await clock.wait(15);
  const early = [...rung];
  await clock.wait(60);
  expect([early, rung]).toEqual([['past'], ['past', 'late']]);
});

test.each([0, -1, NaN, Infinity])('a scale of %s is refused', (scale) => {
  expect(thrownBy(() => new ScaledClock({ scale }))).toEqual([
    'scale-refused',
    `the scale of time is ${scale}. Allowed: a number above 0; 1 is real time. Fix: write one.`,
  ]);
});

test('while somebody is at work who does not rest, time runs slower', async () => {
  const clock = new ScaledClock({ scale: 1000, atWork: 1 });
  const passed = async (act: () => Promise<void>): Promise<number> => {
    const began = clock.now();
    await act();
    return (clock.now() - began) / 1000;
  };
  const machine = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 50));
  const shift = clock.begin();
  const atWork = await passed(() => clock.during(machine));
  const resting = await passed(() => shift.rest(machine));
  const besideAnother = await passed(async () => {
    await Promise.all([clock.during(machine), shift.rest(machine)]);
  });
  shift.end();
  shift.end();
  const over = await passed(machine);
  expect([atWork < 10, resting > 40, besideAnother < 40, over > 40]).toEqual([true, true, true, true]);
});

test('what was waited for comes sooner when the work is over, and later when it begins', async () => {
  const clock = new ScaledClock({ scale: 1000, atWork: 1 });
  const shift = clock.begin();
  const waited = clock.wait(600);
  shift.end();
  await waited;
  const soon = clock.wait(20).then(() => 'soon');
  const another = clock.begin();
  const first = await Promise.race([soon, new Promise((resolve) => void setTimeout(() => resolve('later'), 200))]);
  another.end();
  expect([first, await soon]).toEqual(['later', 'soon']);
});

test('a time of the machine is read as fast as time ran then', async () => {
  const clock = new ScaledClock({ scale: 100, atWork: 2 });
  const began = Date.now();
  const shift = clock.begin();
  await new Promise((resolve) => void setTimeout(resolve, 30));
  const ended = Date.now();
  shift.end();
  await new Promise((resolve) => void setTimeout(resolve, 30));
  const told = clock.at(ended) - clock.at(began);
  expect([
    told > 2 * (ended - began) - 250,
    told < 2 * (ended - began) + 250,
    clock.now() - clock.at(ended) >= 2500,
  ]).toEqual([true, true, true]);
});
