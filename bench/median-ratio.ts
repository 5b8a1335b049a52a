import type { Figure } from './figure';

/**
 * The middle of the ratios of rounds, in each of which both were measured one right after the other. Where the machine's processor
 * is shared, its speed changes by a quarter within minutes: one lucky run of the baseline must not decide. With it comes the lower
 * end of the 95 % confidence interval of a median, which is the ratio at rank n/2 - 0.98 √n, however ratios are distributed.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): Pick<Figure, 'value' | 'atLeast'> {
  const ratios = ours.map((each, round) => each / (theirs[round] ?? NaN)).sort((a, b) => a - b);
  const middle = Math.floor(ratios.length / 2);
  const low = Math.max(0, Math.floor(ratios.length / 2 - 0.98 * Math.sqrt(ratios.length)));
  return { value: ratios[middle] ?? NaN, atLeast: ratios[low] ?? NaN };
}
