/**
 * The middle of the ratios of rounds, in each of which both were measured one right after the other. Where the machine's processor
 * is shared, its speed changes by a quarter within minutes: one lucky run of the baseline must not decide.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  const ratios = ours.map((each, round) => each / (theirs[round] ?? NaN)).sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length / 2)] ?? NaN;
}
