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
