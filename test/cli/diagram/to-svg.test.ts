import { drawingOf } from '../../../lib/cli/diagram/drawing';
import { toSvg } from '../../../lib/cli/diagram/to-svg';
import { parse } from '../../../lib/topology';
import { card, FIFTEEN_REPLICAS, HOSTILE } from '../_helpers/drawings';
import { AFTER_PROMOTION, TWO_REGIONS } from '../_helpers/topology-texts';

/** Where each text stands, from the top left. */
function placesIn(svg: string): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const texts = svg.matchAll(/<text [^>]*x="([\d.-]+)" y="([\d.-]+)"[^>]*>([^<]*)<\/text>/g);
  return new Map(
    [...texts].map(([, x, y, text]) => [(text ?? '').replaceAll('&#45;', '-'), { x: Number(x), y: Number(y) }]),
  );
}

test('the same drawing gives the same bytes, without the date or version of what drew it', async () => {
  const [one, two] = [await toSvg(drawingOf(parse(TWO_REGIONS))), await toSvg(drawingOf(parse(TWO_REGIONS)))];
  expect(one).toBe(two);
  expect(one).toMatch(/^<svg [^]*<\/svg>\n$/);
  expect(one).not.toContain('<!--');
});

test('fonts that a browser has', async () => {
  const svg = await toSvg(drawingOf(parse(AFTER_PROMOTION)));
  expect(new Set([...svg.matchAll(/font-family="([^"]*)"/g)].map(([, family]) => family))).toStrictEqual(
    new Set(['Helvetica, Arial, sans-serif']),
  );
});

test("the primary's Region is above the others, and sources are left of their replicas", async () => {
  const places = placesIn(await toSvg(drawingOf(parse(TWO_REGIONS))));
  expect(places.get('us-east-1')?.y).toBeLessThan(places.get('eu-west-1')?.y ?? 0);
  expect(places.get('virginia-a')?.x).toBeLessThan(places.get('dublin-a')?.x ?? 0);
  expect(places.get('dublin-a')?.x).toBeLessThan(places.get('dublin-b')?.x ?? 0);
});

test('so it is after a promotion', async () => {
  const places = placesIn(await toSvg(drawingOf(parse(AFTER_PROMOTION))));
  expect(places.get('eu-west-1')?.y).toBeLessThan(places.get('us-east-1')?.y ?? 0);
  expect(places.get('dublin-a')?.x).toBe(places.get('virginia-a')?.x);
});

test('fifteen replicas stand in the order in which they are written', async () => {
  const places = placesIn(await toSvg(FIFTEEN_REPLICAS));
  const heights = Array.from({ length: 15 }, (_, index) => places.get(`b-${index}`)?.y ?? NaN);
  expect(heights).toStrictEqual([...heights].sort((a, b) => a - b));
  expect(new Set(heights).size).toBe(15);
});

test('one member alone, and texts that look like notation', async () => {
  const alone = {
    ...FIFTEEN_REPLICAS,
    boxes: [{ region: 'us-east-1', cards: [card('a', { column: 0, details: [] })] }],
    arrows: [],
  };
  expect(placesIn(await toSvg(alone)).has('a')).toBe(true);
  expect([...placesIn(await toSvg(HOSTILE)).keys()]).toContain('db.&quot;&lt;x&gt;&quot;&amp;#');
});
