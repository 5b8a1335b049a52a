import { reportSchema } from '../../../lib/rehearsal/report/report-schema';
import { toReport } from '../../../lib/rehearsal/report/to-report';
import { REHEARSAL, TOPOLOGY, at } from './_helpers/rehearsed';

const report = toReport([REHEARSAL], { madeBy: 'db-understudy 0.1.0' });
const [reported] = report.rehearsals;

test('writes are counted, for all and for each client', () => {
  const counts = { acknowledged: 159, lost: 4, refused: 40, unknown: 1 };
  expect(reported?.writes).toMatchObject({ ...counts, outage: { from: 70.1, to: 116.1 }, resolution: 2 });
  expect(reported?.writes.clients).toMatchObject([{ ...counts, name: 'wes', longest: 42 }]);
});

test('the bands say who acknowledged what, what of it was lost, and when nothing was', () => {
  const bands = reported?.writes.clients[0]?.band.map(({ from, to, state, member }) => [from, to, state, member]);
  expect(bands).toEqual([
    [0, 70.1, 'written', 'ada'],
    [70.1, 74.1, 'lost', 'ada'],
    [74.1, 116.1, 'none', undefined],
    [116.1, 199.1, 'written', 'bab'],
  ]);
});

test('every lost write is there, and by whom it was acknowledged', () => {
  expect(reported?.lost.map(({ id, member, sent }) => [id, member, sent])).toEqual(
    [71, 72, 73, 74].map((second) => [`wes-${second}`, 'ada', second]),
  );
});

test('times are seconds since the beginning', () => {
  expect(reported).toMatchObject({ began: '2030-01-01T00:00:00.000Z', seconds: 200 });
  expect(reported?.acts).toEqual([{ at: 75, text: 'killed', member: 'ada' }]);
  expect(reported?.reigns).toEqual([
    { member: 'ada', from: 0, to: 110, tookWrites: true },
    { member: 'bab', from: 110, tookWrites: true },
  ]);
  expect(reported?.runs.map(({ began, ended, phases }) => [began, ended, phases])).toEqual([
    [84, 88, []],
    [
      ...[90, 112],
      [
        { phase: 'observe', from: 90, to: 92 },
        { phase: 'fence', from: 92, to: 100 },
        { phase: 'confirm', from: 100, to: 110 },
      ],
    ],
  ]);
  expect(reported?.calls.mutations.map(({ at: second }) => second)).toEqual([101]);
});

test('lag is that of members, in the order of the topology; an instance that is none has its own name', () => {
  const lag = [...REHEARSAL.lag, { region: 'eu-west-1', id: 'orders-stranger', at: at(60), seconds: 1 }];
  const [given] = toReport([{ ...REHEARSAL, lag }], { madeBy: 'x' }).rehearsals;
  expect(given?.lag).toEqual([
    { member: 'orders-stranger', points: [[60, 1]] },
    ...[
      { member: 'bab', points: [[30, 6], [90, 18]] }, // prettier-ignore
      { member: 'cyd', points: [[30, 3], [90, 9], [150, 15]] }, // prettier-ignore
    ],
  ]);
});

test('event and result are as they were, and what the run wrote down', () => {
  expect(reported?.runs[1]).toMatchObject({ event: REHEARSAL.runs[1]?.event, result: REHEARSAL.runs[1]?.result });
  expect(reported?.runs[1]?.journal).toHaveLength(7);
});

test('reads are counted, and stale ones told', () => {
  expect(reported?.reads).toEqual({
    answered: 1,
    unanswered: 1,
    stale: [{ client: 'rea', member: 'cyd', asked: 120 }],
  });
});

test('it is kept when every rehearsal is', () => {
  const broken = { ...REHEARSAL, verdict: { ...REHEARSAL.verdict, isKept: false } };
  const kept = [[REHEARSAL, REHEARSAL], [REHEARSAL, broken], []].map((each) => toReport(each, { madeBy: 'x' }).isKept);
  expect(kept).toEqual([true, false, true]);
});

test('as JSON it is what the schema says, and what the schema does not know is refused', () => {
  const parsed: unknown = JSON.parse(JSON.stringify(report));
  expect(reportSchema.parse(parsed)).toEqual(parsed);
  expect(reportSchema.safeParse({ ...report, password: 'x' }).success).toBe(false);
  expect(reportSchema.safeParse({ ...report, version: 2 }).success).toBe(false);
});

test('of the topology there is what the report shows, and no setting of the cloud', () => {
  expect(Object.keys(reported?.topology ?? {})).toEqual([
    'name',
    'engine',
    'version',
    'primary',
    'objectives',
    'members',
  ]);
  expect(reported?.topology.members.map(({ id }) => id)).toEqual(TOPOLOGY.members.map(({ id }) => id));
});

test('many thousand writes are a few bands', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => ({
    ...{ id: String(index), client: `client ${index % 3}`, host: '127.0.0.1', end: 'acknowledged' as const },
    ...{ sent: at(0) + index * 4, ended: at(0) + index * 4 + 2 },
  }));
  const [given] = toReport([{ ...REHEARSAL, writes: many, verdict: { ...REHEARSAL.verdict, lost: [] } }], {
    madeBy: 'x',
  }).rehearsals;
  expect(given?.writes.clients.map(({ band }) => band.length)).toEqual([1, 1, 1]);
});
