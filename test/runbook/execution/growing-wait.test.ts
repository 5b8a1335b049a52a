import { growingWait } from '../../../lib/runbook/execution/growing-wait';

const waits = (longest: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => growingWait(at, longest));

test('the first wait is divided into parts that grow by a quarter; then each is as long as it was', () => {
  const rounded = (longest: number, count: number) => waits(longest, count).map((each) => Number(each.toFixed(3)));
  expect(rounded(2, 8)).toStrictEqual([0.025, 0.031, 0.039, 0.049, 0.061, 0.076, 0.095, 0.119]);
  expect(rounded(2, 16).slice(8)).toStrictEqual([0.149, 0.186, 0.233, 0.291, 0.364, 0.282, 2, 2]);
  expect(waits(0.02, 2)).toStrictEqual([0.02, 0.02]);
  expect(growingWait(5000, 15)).toBe(15);
});

test.each([2, 5, 15])('the parts of the first wait are as long together as one of %d s', (longest) => {
  const parts = waits(longest, 40);
  const first = parts.slice(0, parts.indexOf(longest));
  expect(first.reduce((sum, each) => sum + each, 0)).toBeCloseTo(longest, 9);
});

test('every part is whole milliseconds: a sum of them on a clock is exact', () => {
  const parts = waits(15, 40).map((each) => each * 1000);
  expect(parts.map((each) => Math.abs(each - Math.round(each)) < 1e-9)).toStrictEqual(parts.map(() => true));
});

test.each([2, 5, 15])('within ten minutes they cost at most 22 looks more than %d s each time', (longest) => {
  let [looks, seconds] = [0, 0];
  for (; seconds < 600; looks += 1) seconds += growingWait(looks, longest);
  expect(looks).toBeLessThanOrEqual(600 / longest + 22);
});
