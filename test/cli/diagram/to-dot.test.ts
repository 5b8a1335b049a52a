import { drawingOf } from '../../../lib/cli/diagram/drawing';
import { toDot } from '../../../lib/cli/diagram/to-dot';
import { parse } from '../../../lib/topology';
import { HOSTILE } from '../_helpers/drawings';
import { AFTER_PROMOTION, TWO_REGIONS } from '../_helpers/topology-texts';

function arrowsIn(dot: string): readonly string[] {
  return dot
    .split('\n')
    .filter((line) => line.includes(' -> '))
    .map((line) => line.trim());
}

/** The texts of a label, row by row, without their looks. */
function textsIn(dot: string, start: string): readonly string[] {
  const line = dot.split('\n').find((each) => each.trim().startsWith(start)) ?? '';
  return [...line.matchAll(/>([^<>]+)</g)].map(([, text]) => text ?? '');
}

test('solid arrows where data flows, orange across Regions', () => {
  expect(arrowsIn(toDot(drawingOf(parse(TWO_REGIONS))))).toStrictEqual([
    '"dublin-a" -> "virginia-reports" [style=invis, constraint=false]',
    '"virginia-a" -> "virginia-reports":w [color="#4a6378"]',
    '"virginia-a" -> "dublin-a":w [color="#b45309", penwidth=2]',
    '"dublin-a" -> "dublin-b":w [color="#4a6378"]',
  ]);
});

test('dashed arrows where it flowed once', () => {
  expect(arrowsIn(toDot(drawingOf(parse(AFTER_PROMOTION))))).toStrictEqual([
    '"virginia-a" -> "dublin-a" [style=invis, constraint=false]',
    '"virginia-reports" -> "dublin-b" [style=invis, constraint=false]',
    '"virginia-a" -> "virginia-reports":w [color="#9aa3ad", style=dashed]',
    '"virginia-a":w -> "dublin-a":w [color="#9aa3ad", style=dashed, constraint=false]',
    '"dublin-a" -> "dublin-b":w [color="#4a6378"]',
  ]);
});

test('a lineage that runs with the order of the cards is drawn backwards', () => {
  const before = drawingOf(parse(AFTER_PROMOTION));
  const turned = { ...before, boxes: [...before.boxes].reverse() };
  expect(arrowsIn(toDot(turned))).toContain(
    '"dublin-a":w -> "virginia-a":w [color="#9aa3ad", style=dashed, constraint=false, dir=back]',
  );
});

test('title, objectives and the lines that occur', () => {
  expect(textsIn(toDot(drawingOf(parse(TWO_REGIONS))), 'graph [rankdir')).toStrictEqual([
    'orders',
    'PostgreSQL 17.6',
    ...['lag alarm', 'data loss', 'recovery (member)', 'recovery (Region)', 'heartbeat'],
    ...['30s', '1m', '10m', '30m', '10s'],
    ...['follows', 'follows across Regions'],
  ]);
  expect(textsIn(toDot(drawingOf(parse(AFTER_PROMOTION))), 'graph [rankdir').slice(-2)).toStrictEqual([
    'follows',
    'was created from, follows no more',
  ]);
});

test('a card says role, promotion, id, size and standby', () => {
  const dot = toDot(drawingOf(parse(TWO_REGIONS)));
  expect(textsIn(dot, '"virginia-a" [')).toStrictEqual([
    'PRIMARY',
    'promotion 1',
    'virginia-a',
    'db.r7g.large · multi-az',
  ]);
  expect(textsIn(dot, '"virginia-reports" [')).toStrictEqual([
    'REPLICA',
    'promotion never',
    'virginia-reports',
    'db.r7g.large',
  ]);
});

test('one that is gone has a dashed border', () => {
  const dot = toDot(drawingOf(parse(AFTER_PROMOTION)));
  expect(dot).toContain('"virginia-reports" [fillcolor="#eceef1", color="#b9c0c8", style="rounded,filled,dashed", ');
  expect(dot).toContain('"virginia-a" [fillcolor="#eceef1", color="#b9c0c8", label=');
});

test('no text is taken for notation', () => {
  const dot = toDot(HOSTILE);
  expect(dot.split('\n')[0]).toBe('digraph "a\\"b\\\\" {');
  expect(textsIn(dot, 'graph [rankdir')).toStrictEqual([
    'a&quot;b\\',
    '&lt;b&gt;&amp;&quot;#`\\',
    'lag &quot;alarm&quot;',
    '&lt;1m&gt;',
    'follows',
  ]);
  expect(textsIn(dot, '"end" [')).toStrictEqual([
    'PRIMARY',
    'promotion never',
    'end',
    'db.&quot;&lt;x&gt;&quot;&amp;#',
  ]);
});
