import { createHash } from 'node:crypto';
import type { Rehearsal } from '../../../../lib/rehearsal';
import { reportPage } from '../../../../lib/rehearsal/report/html/report-page';
import { toReport } from '../../../../lib/rehearsal/report/to-report';
import { iso, REHEARSAL } from '../_helpers/rehearsed';

const SCRIPT = `document.title = '<&>';`;
const page = (...rehearsals: readonly Rehearsal[]): string =>
  reportPage(toReport(rehearsals, { madeBy: 'db-understudy 0.1.0' }), { style: 'p { color: red }', script: SCRIPT });

/** What a person reads, without what only a machine does. */
const read = (text: string): string =>
  text
    .replaceAll(/<(style|script)[^]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, ' ');

const BROKEN: Rehearsal = {
  ...REHEARSAL,
  scenario: 'planned switchover',
  verdict: {
    ...REHEARSAL.verdict,
    isKept: false,
    promises: [
      { id: 'outcome', isKept: true, seen: 'the run ended DONE; allowed is DONE' },
      { id: 'nothing-lost', isKept: false, seen: '4 writes of those acknowledged lost' },
    ],
  },
};

test.each<[string, string, readonly string[]]>([
  [
    'one rehearsal in which all was kept',
    page(REHEARSAL),
    [
      'Kept: rehearsal of orders',
      'Every promise was kept. Exit code 0. PostgreSQL 17.6, 3 members in us-east-1 and eu-west-1, primary ada',
      'Every promise was kept: 2 of 2',
    ],
  ],
  [
    'one in which a promise was broken: that one first',
    page(BROKEN),
    [
      'Broken: rehearsal of orders',
      'A promise was broken. Exit code 1.',
      '1 of 2 promises was broken No acknowledged write is lost (broken): 4 writes of those acknowledged lost',
      'The run ends as this story allows (kept): the run ended DONE; allowed is DONE',
    ],
  ],
  [
    'several: with an index on top',
    page(REHEARSAL, BROKEN),
    [
      'A promise was broken in 1 of 2 rehearsals. Exit code 1.',
      'primary killed Every promise was kept: 2 of 2. DONE, 4 lost, 46s without writes',
      'planned switchover 1 of 2 promises was broken. DONE, 4 lost, 46s without writes',
    ],
  ],
  ['none', page(), ['Every promise was kept in 0 rehearsals.', 'Nothing was rehearsed.']],
])('%s', (_, given, sentences) => {
  expect(sentences.filter((sentence) => !read(given).includes(sentence))).toEqual([]);
});

test('all that is asked for is there as text, without a script', () => {
  const text = read(page(REHEARSAL));
  const asked = [
    'Without writes 46s most of it, 10s, in confirm objective: 10m',
    'Lost 4 acknowledged writes, over 3.1s told: at most 10s objective: 1m',
    'Acknowledged 159 40 refused 1 without an answer',
    'Fence proven the old primary takes no writes',
    'Runbook done failover, 22s ada to bab',
    '1:30 to 1:32: failover, phase observe, 2s',
    '0:00 to 1:50: ada is primary',
    '1:10 to 1:14: 4 writes acknowledged by ada, of which 4 were lost',
    '1:14 to 1:56: no write for 42s, 40 attempts refused, 1 write without an answer',
    '1:56 to 3:19: 84 writes acknowledged by bab',
    'Highest: bab 18s, cyd 15s',
    '1:15 1 ada: killed',
    '1:30 runbook rehearsal asks for failover, to bab',
    '1:40 runbook the fence is proven',
    '1:50 runbook bab is the primary',
    '1:56 clients the first write that bab acknowledges',
    'loss-too-large block accepted by acceptDataLoss promoting bab loses what is newer than 1:10',
    'bab is the primary. Say so in the program.',
    'Lost: 4 writes',
    'wes-74 wes ada 74.000 s 74.100 s',
    'Calls of the cloud',
    'rds:PromoteReadReplica orders-bab eu-west-1 ok',
    '1 read answered, 1 not; 1 stale after the names were moved.',
    `understudy rehearse FILE --scenario 'primary killed' --seed 7 --scale 20`,
  ];
  expect(asked.filter((sentence) => !text.includes(sentence))).toEqual([]);
});

test('event and result can be copied as they are', () => {
  const text = page(REHEARSAL);
  const blocks = [...text.matchAll(/<pre[^>]*>([^]*?)<\/pre>/g)].map(([, block = '']) =>
    block.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  );
  const given = REHEARSAL.runs.flatMap(({ event, result }) => [event, result]);
  expect(blocks.slice(0, -1).map((block) => JSON.parse(block) as unknown)).toEqual(given);
});

test('who took the risk of a fence that is not proven stands in the verdict', () => {
  const [plan, run] = REHEARSAL.runs;
  const accepted = { by: 'Ada', reason: 'a drill' };
  const fence = { outcome: 'impossible' as const, reason: 'silent', accepted };
  const result = run?.result && { ...run.result, fence };
  const text = read(page({ ...REHEARSAL, runs: [plan, run && { ...run, result }].flatMap((each) => each ?? []) }));
  expect(text).toContain('The fence is not proven. Ada took the risk that the old primary still takes writes: a drill');
  expect(text).toContain('Fence impossible risk taken by Ada');
});

test('a runner that was killed has no result, and is told', () => {
  const [, run] = REHEARSAL.runs;
  const text = read(page({ ...REHEARSAL, runs: run ? [{ ...run, result: undefined }] : [] }));
  expect(text).toContain('1:52 runbook rehearsal was killed before it answered');
  expect(text).toContain('There is no result: the runner was killed before.');
});

test('of many lost writes the first are listed, and the rest counted', () => {
  const [write] = REHEARSAL.writes;
  const lost = Array.from({ length: 1060 }, (_, index) => ({ ...write, id: `lost-${index}` })) as Rehearsal['writes'];
  const text = read(page({ ...REHEARSAL, writes: lost, verdict: { ...REHEARSAL.verdict, lost } }));
  expect(text).toContain('and 1,010 more: report.json lists every one.');
  expect([text.includes('lost-49 '), text.includes('lost-50 ')]).toEqual([true, false]);
});

/** A text that breaks out of whatever is not escaped. */
const HOSTILE = `</script></style></pre>"'><img src=x onerror=alert(1)>${iso(75)}`;

function hostile<Value>(value: Value): Value {
  if (typeof value === 'string') return (/^[\w: .-]*$/.test(value) && value !== '' ? value : HOSTILE) as Value;
  if (Array.isArray(value)) return value.map(hostile) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hostile(inner)])) as Value;
}

test('no text gets out of its place, whatever it is', () => {
  const { runs, verdict, acts } = REHEARSAL;
  const text = page({
    ...REHEARSAL,
    ...{ scenario: HOSTILE, about: HOSTILE, hosts: { [HOSTILE]: '127.0.0.1' } },
    topology: { ...REHEARSAL.topology, name: HOSTILE, primary: HOSTILE },
    acts: acts.map((act) => ({ ...act, text: HOSTILE, member: HOSTILE })),
    runs: runs.map((run) => ({ ...run, holder: HOSTILE, result: run.result && { ...run.result, next: [HOSTILE] } })),
    reigns: REHEARSAL.reigns.map((reign) => ({ ...reign, member: HOSTILE })),
    writes: REHEARSAL.writes.map((write) => ({ ...write, client: HOSTILE })),
    lag: REHEARSAL.lag.map((point) => ({ ...point, id: HOSTILE })),
    calls: hostile(REHEARSAL.calls),
    verdict: { ...verdict, promises: [{ id: 'outcome', isKept: true, seen: HOSTILE }] },
  });
  expect(text).toContain('&#60;img');
  expect(text).not.toContain('<img');
  const count = (part: string): number => text.split(part).length - 1;
  expect([count('</script>'), count('</style>'), count('</pre>')]).toEqual([2, 1, 5]);
});

test('nothing is loaded from anywhere, and no script runs but the one that is in it', () => {
  const text = page(REHEARSAL, BROKEN);
  const addresses = [...text.matchAll(/\b(?:src|href|action|data)="([^"]*)"/g)].map(([, address = '']) => address);
  expect(addresses.filter((address) => !/^(#|data:)/.test(address))).toEqual([]);
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  expect(text).toContain(`script-src &#39;sha256-${hash}&#39;`);
  expect(text).toContain(`<script>${SCRIPT}</script>`);
  expect(text).toContain(`default-src &#39;none&#39;`);
});

test('a link leads to each rehearsal, and no id is there twice', () => {
  const text = page(REHEARSAL, BROKEN);
  const ids = [...text.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
  const links = [...text.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
  expect([ids, links]).toEqual([
    ['rehearsal-1', 'rehearsal-2'],
    ['rehearsal-1', 'rehearsal-2'],
  ]);
});

test('a curve is broken where nothing was measured for long, and where replication was', () => {
  const lag = [30, 90, 300, 360].map((second) => ({
    ...{ region: 'us-east-1', id: 'orders-cyd', at: REHEARSAL.began + second * 1000 },
    seconds: second === 360 ? -1 : 2,
  }));
  const text = page({ ...REHEARSAL, lag });
  const [, picture = ''] = /<script type="application\/json">([^]*?)<\/script>/.exec(text) ?? [];
  expect(JSON.parse(picture)).toEqual({
    ...{ seconds: 200, objective: 30 },
    curves: [{ member: 'cyd', colour: 2, points: [[30, 2], [90, 2], [195, null], [300, 2], [360, null]] }], // prettier-ignore
  });
});

test('a scenario has a title, and a plan begins nothing that ends', () => {
  const [plan, ...runs] = REHEARSAL.runs;
  const rows = runs[0]?.rows ?? [];
  const planned = { ...REHEARSAL, scenario: 'primary-killed', runs: plan ? [{ ...plan, rows }, ...runs] : runs };
  const text = read(page(planned, planned));
  expect(text.match(/the run ends DONE/g)).toHaveLength(2);
  expect(text).toContain('primary killed The server of the primary dies as it stands.');
});
