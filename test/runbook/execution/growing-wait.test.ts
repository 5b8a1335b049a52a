import { growingWait } from '../../../lib/runbook/execution/growing-wait';

const waits = (longest: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => growingWait(at, longest));

test('waits begin short, double, and end at what is asked for', () => {
  expect(waits(5, 8)).toStrictEqual([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5]);
  expect(waits(0.05, 2)).toStrictEqual([0.05, 0.05]);
  expect(growingWait(5000, 15)).toBe(15);
});

test.each([2, 5, 15])('within ten minutes they cost at most eight looks more than %d s each time', (longest) => {
  let [looks, seconds] = [0, 0];
  for (; seconds < 600; looks += 1) seconds += growingWait(looks, longest);
  expect(looks).toBeLessThanOrEqual(600 / longest + 8);
});
