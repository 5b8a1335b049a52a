import { passes } from '../../bench/figure';
import { medianRatio } from '../../bench/median-ratio';

const figure = { bench: 'time', limit: 1, baseline: 'the same' };
const theirs = Array.from({ length: 25 }, () => 100);

/** From 0.9 to 1.14 times the middle, in no order. */
const scattered = (middle: number): number[] => theirs.map((_, round) => middle * (90 + ((round * 7) % 25)));

it('is the middle of the ratios of rounds, with what the true one is surely above', () => {
  expect(medianRatio([120, 90, 330], [100, 100, 300])).toEqual({ value: 1.1, atLeast: 0.9 });
  const { value, atLeast } = medianRatio(scattered(1), theirs);
  expect([value, atLeast]).toEqual([1.02, 0.97]);
});

it('fails a time only where it is above its limit by more than its rounds scatter', () => {
  expect(passes({ ...figure, ...medianRatio(scattered(1), theirs) })).toBe(true);
  expect(passes({ ...figure, ...medianRatio(scattered(1.06), theirs) })).toBe(false);
});

it('fails an exact figure as soon as it is above its limit', () => {
  expect(passes({ ...figure, value: 1 })).toBe(true);
  expect(passes({ ...figure, value: 1.001 })).toBe(false);
});
