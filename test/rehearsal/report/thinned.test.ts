import fc from 'fast-check';
import { thinned, type Point } from '../../../lib/rehearsal/report/thinned';

const LIMIT = 20;

test('few points stay as they are', () => {
  const points: readonly Point[] = [
    [0, 1],
    [60, 2],
  ];
  expect([thinned(points, LIMIT), thinned([], LIMIT)]).toEqual([points, []]);
});

test('of many points the ends, the lowest and the highest stay, in order, and no gap gets shorter', () => {
  const values = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: -1, max: 1000 })), {
    minLength: 30,
    maxLength: 300,
  });
  fc.assert(
    fc.property(values, (given) => {
      let now = 0;
      const points = given.map(([after, value]): Point => [(now += after), value]);
      const thin = thinned(points, LIMIT);

      expect(thin).toEqual(points.filter((point) => thin.includes(point)));
      expect([thin[0], thin.at(-1)]).toEqual([points[0], points.at(-1)]);
      const extremes = (of: readonly Point[]): readonly number[] => {
        const all = of.map(([, value]) => value);
        return [Math.min(...all), Math.max(...all)];
      };
      expect(extremes(thin)).toEqual(extremes(points));
      expect(thin.length).toBeLessThanOrEqual(LIMIT + 4);
      const longest = (of: readonly Point[]): number =>
        Math.max(...of.slice(1).map(([at], index) => at - (of[index]?.[0] ?? at)));
      const [first = [0, 0], last = [0, 0]] = [points[0], points.at(-1)];
      const stretch = (last[0] - first[0]) / (LIMIT / 2);
      expect(longest(thin)).toBeGreaterThanOrEqual(longest(points));
      expect(longest(thin)).toBeLessThanOrEqual(longest(points) + 2 * stretch);
    }),
    { numRuns: process.env['SOAK'] === undefined ? 50 : 5000 },
  );
});
