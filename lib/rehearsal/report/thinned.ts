/** A moment in seconds, and what was measured then. */
export type Point = readonly [at: number, value: number];

/**
 * About `limit` points at most that draw the same line: the first and the last, and of each stretch of time the lowest and the
 * highest. A time in which nothing was measured gets no shorter, and no longer than by two stretches.
 */
export function thinned(points: readonly Point[], limit: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length <= limit || first === undefined || last === undefined) return points;
  const stretch = (last[0] - first[0]) / Math.max(1, limit / 2);
  const extremes = new Map<number, { low: Point; high: Point }>();
  for (const point of points) {
    const number = Math.floor((point[0] - first[0]) / stretch);
    const { low, high } = extremes.get(number) ?? { low: point, high: point };
    extremes.set(number, { low: point[1] < low[1] ? point : low, high: point[1] > high[1] ? point : high });
  }
  const kept = new Set([first, last, ...[...extremes.values()].flatMap(({ low, high }) => [low, high])]);
  return points.filter((point) => kept.has(point));
}
