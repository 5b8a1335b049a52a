import { unplayable } from '../../scripts/unplayable';
import { placesText, rehearsalsText } from '../../scripts/start-summary';
import { define, type TopologyInput } from '../../lib/topology';
import { REHEARSAL, TOPOLOGY } from '../rehearsal/report/_helpers/rehearsed';

const MADE = {
  ...{ file: 'orders.yaml', diagram: 'out/orders.svg' },
  templates: ['a', 'b'].map((name) => ({ file: `out/${name}.template.json`, resources: 29, alarms: 9 })),
};

const linesOf = (text: string): readonly string[] => text.split('\n');

test('each rehearsal has a line', () => {
  expect(linesOf(rehearsalsText([REHEARSAL]))).toEqual([
    "  rehearsal       verdict             outcome  writes         by the cloud's clock",
    '  primary killed  every promise kept  DONE     4 writes lost  46s without writes',
    '',
    '',
  ]);
});

test('and each promise that was broken', () => {
  const promises = [{ id: 'nothing-lost', isKept: false, seen: '4 writes of those acknowledged lost' } as const];
  const verdict = { ...REHEARSAL.verdict, isKept: false, promises };
  const [, line, broken] = linesOf(rehearsalsText([{ ...REHEARSAL, verdict }]));
  expect(line).toContain('  PROMISE BROKEN  ');
  expect(broken).toBe('  primary killed: nothing-lost: 4 writes of those acknowledged lost');
});

test('it ends with the paths of all that was made', () => {
  const report = { json: 'out/rehearsal/report.json', html: 'out/rehearsal/report.html' };
  expect(linesOf(placesText({ ...MADE, rehearsed: { rehearsals: [], report } }))).toEqual([
    '  diagram    out/orders.svg',
    '  templates  out/a.template.json        29 resources  9 alarms',
    '             out/b.template.json        29 resources  9 alarms',
    '  report     out/rehearsal/report.html',
    '',
    'next: npx cdk diff -c topology=orders.yaml, then npx cdk deploy --all -c topology=orders.yaml',
    '',
  ]);
});

test('without a rehearsal it says why', () => {
  expect(placesText({ ...MADE, rehearsed: 'no replica may be promoted' })).toContain(
    '\n  report     none: no replica may be promoted\n',
  );
});

const input = (more: Partial<TopologyInput>): TopologyInput => ({
  ...{ name: 'shop', engine: { name: 'postgres', version: '17.6' }, primary: 'ada', objectives: { lag: '30s' } },
  ...{ heartbeat: '10s', members: { ada: { region: 'us-east-1', size: 'db.m7g.large', storage: { gib: 100 } } } },
  ...more,
});

test.each([
  ['PostgreSQL with a replica', TOPOLOGY, undefined],
  ['nobody to promote', define(input({})), 'no replica may be promoted'],
  [
    'another engine',
    define(input({ engine: { name: 'mysql', version: '8.4.6' } })),
    'there are no servers of MySQL to play on, only of PostgreSQL',
  ],
])('%s', (_, topology, why) => {
  expect(unplayable(topology)).toBe(why);
});
