import { growingWait } from '../../../lib/runbook/execution/growing-wait';

const waits = (longest: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => growingWait(at, longest));

test('the first wait is divided into parts that double; then each is as long as it was', () => {
  const rounded = (longest: number, count: number) => waits(longest, count).map((each) => Number(each.toFixed(6)));
  expect(rounded(2, 9)).toStrictEqual([0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 0.425, 2, 2]);
  expect(rounded(5, 10)).toStrictEqual([0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.825, 5, 5]);
  expect(waits(0.02, 2)).toStrictEqual([0.02, 0.02]);
  expect(growingWait(5000, 15)).toBe(15);
});

test.each([2, 5, 15])('within ten minutes they cost at most ten looks more than %d s each time', (longest) => {
  let [looks, seconds] = [0, 0];
  for (; seconds < 600; looks += 1) seconds += growingWait(looks, longest);
  expect(looks).toBeLessThanOrEqual(600 / longest + 10);
});
