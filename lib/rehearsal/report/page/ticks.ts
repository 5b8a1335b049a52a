/** Seconds between two marks that a person reads easily. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** Round moments of a stretch of time, `most` at the most (a rehearsal of more than a month has more). */
export function ticksOf(from: number, to: number, most: number): readonly number[] {
  const step = STEPS.find((each) => (to - from) / each < most) ?? 86_400;
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}
