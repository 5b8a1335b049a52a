import { readFileSync } from 'node:fs';
import { forgetTemplate, type Rehearsal } from '../../../lib/rehearsal';
import { parse, type Topology } from '../../../lib/topology';
import { expectKept, play, resultOf } from '../_helpers/play';

// Real servers, where other tests run beside.
jest.setTimeout(180_000);
afterAll(forgetTemplate);

const example = (name: string): Topology => parse(readFileSync(`examples/${name}.topology.yaml`, 'utf8'));

const GLOBAL = example('aurora-global');
const HEADLESS = example('aurora-global-headless');
const CLUSTER = example('aurora-readers');

const mutationsIn = ({ calls }: Rehearsal): readonly string[] =>
  calls.mutations.filter(({ service }) => service === 'rds').map(({ region, action }) => `${region} ${action}`);
const fencesIn = ({ runs }: Rehearsal): readonly (string | undefined)[] =>
  runs.flatMap(({ event, result }) => (event.mode === 'plan' ? [] : result?.fence?.outcome));
const outcomesIn = ({ runs }: Rehearsal): readonly (string | undefined)[] =>
  runs.flatMap(({ event, result }) => (event.mode === 'plan' ? [] : result?.outcome));

/** How its runs ended, and by which calls. */
const endIn = (rehearsal: Rehearsal) => ({
  outcomes: outcomesIn(rehearsal),
  fences: fencesIn(rehearsal),
  mutations: mutationsIn(rehearsal),
});
const writersIn = ({ reigns }: Rehearsal): readonly string[] =>
  reigns.flatMap(({ member, tookWrites }) => (tookWrites ? member : []));

test.concurrent('a global database is switched over under load, and nothing is lost', async () => {
  const rehearsal = await play('planned-switchover', { topology: GLOBAL });
  expectKept(
    rehearsal,
    { ...endIn(rehearsal), lost: rehearsal.verdict.lost, wrote: writersIn(rehearsal) },
    {
      ...{ outcomes: ['DONE'], fences: ['proven'], mutations: ['us-east-1 SwitchoverGlobalCluster'] },
      ...{ lost: [], wrote: ['virginia', 'dublin'] },
    },
  );
});

test.concurrent(
  'a Region is cut off: what its clients write on is lost, and lies in the time that is told',
  async () => {
    const rehearsal = await play('region-cut-off', { topology: GLOBAL });
    const from = Date.parse(resultOf(rehearsal)?.loss?.from ?? '');
    const { lost } = rehearsal.verdict;
    expectKept(
      rehearsal,
      { ...endIn(rehearsal), isLost: lost.length > 0, before: lost.filter(({ ended }) => !(ended >= from)) },
      {
        ...{ outcomes: ['DEGRADED'], fences: ['attempted'], mutations: ['eu-west-1 FailoverGlobalCluster'] },
        ...{ isLost: true, before: [] },
      },
    );
  },
);

test.concurrent(
  'where only the metric tells how far a cluster is, old lag is never taken for new: what is lost lies in the window',
  async () => {
    const rehearsal = await play('metrics-late', { topology: GLOBAL });
    const { loss, candidates } = resultOf(rehearsal) ?? {};
    const [broken, told] = ['replication broken', 'its lag is told as usual, and what was held back at once'].map(
      (text) => rehearsal.acts.find((act) => act.text === text)?.at ?? NaN,
    );
    const reason = candidates?.find(({ member }) => member === 'dublin')?.reason;
    expectKept(
      rehearsal,
      {
        ...{ source: loss?.source, reason, isLost: rehearsal.verdict.lost.length > 10 },
        // All that was told before is from the time when all was well.
        isPessimistic: Date.parse(loss?.from ?? '') < (broken ?? NaN),
        isToldLater: (told ?? NaN) > (broken ?? NaN),
      },
      {
        ...{ source: 'metric', reason: expect.stringContaining('by its last lag that can be trusted'), isLost: true },
        ...{ isPessimistic: true, isToldLater: true },
      },
    );
  },
);

test.concurrent('there and back again: the old primary follows by itself', async () => {
  const rehearsal = await play('failback', { topology: GLOBAL });
  const reigns = rehearsal.reigns.map(({ member }) => member);
  expectKept(
    rehearsal,
    { outcomes: outcomesIn(rehearsal), lost: rehearsal.verdict.lost, reigns },
    { outcomes: ['DONE', 'DONE'], lost: [], reigns: ['virginia', 'dublin', 'virginia'] },
  );
});

test.concurrent('all servers of the primary die: Aurora blocks its writes, and what only it had is kept', async () => {
  const rehearsal = await play('cluster-lost', { topology: GLOBAL });
  expectKept(rehearsal, endIn(rehearsal), {
    ...{ outcomes: ['DONE'], fences: ['proven'] },
    mutations: ['eu-west-1 FailoverGlobalCluster', 'us-east-1 CopyDBClusterSnapshot'],
  });
});

test.concurrent('a fence that timed out: the old primary takes writes meanwhile, and the report says so', async () => {
  const rehearsal = await play('fence-timed-out', { topology: GLOBAL });
  const late = rehearsal.verdict.promises.find(({ id }) => id === 'one-writer')?.seen;
  expectKept(
    rehearsal,
    {
      ...{ outcomes: outcomesIn(rehearsal), fences: fencesIn(rehearsal) },
      ...{ reason: resultOf(rehearsal)?.fence?.reason, late },
    },
    {
      ...{ outcomes: ['DEGRADED'], fences: ['attempted'] },
      reason: expect.stringContaining('RDS-EVENT-0391'),
      late: expect.stringContaining('Ada took that risk'),
    },
  );
});

test.concurrent(
  'a headless target is refused with the command that adds a server, and taken when it has one',
  async () => {
    const rehearsal = await play('headless-target', { topology: HEADLESS });
    const { findings } = rehearsal.runs[0]?.result ?? {};
    expectKept(
      rehearsal,
      {
        ...{ outcomes: outcomesIn(rehearsal), findings: findings?.map(({ id }) => id) },
        fix: findings?.find(({ id }) => id === 'headless')?.fix,
      },
      {
        ...{ outcomes: ['DONE'], findings: ['no-candidate', 'headless'] },
        fix: 'aws rds create-db-instance --region ap-southeast-4 --db-cluster-identifier archive-melbourne --db-instance-identifier archive-melbourne-a --db-instance-class db.r6g.large --engine aurora-postgresql',
      },
    );
  },
);

test.concurrent('inside a cluster the writer moves, and nothing is lost', async () => {
  const rehearsal = await play('planned-switchover', { topology: CLUSTER });
  const members = rehearsal.topology.members.map(({ id }) => id);
  expectKept(
    rehearsal,
    { outcomes: outcomesIn(rehearsal), mutations: mutationsIn(rehearsal), lost: rehearsal.verdict.lost, members },
    { outcomes: ['DONE'], mutations: ['eu-west-3 FailoverDBCluster'], lost: [], members: ['a', 'b', 'reports'] },
  );
});

test.concurrent('the writer of a cluster dies: another server has all that was acknowledged', async () => {
  const rehearsal = await play('primary-killed', { topology: CLUSTER });
  expectKept(
    rehearsal,
    { outcomes: outcomesIn(rehearsal), lost: rehearsal.verdict.lost },
    { outcomes: ['DONE'], lost: [] },
  );
});

test.concurrent(
  'Aurora fails over by itself: the runbook waits for it, and neither moves again nor says that it moved',
  async () => {
    const rehearsal = await play('aurora-fails-over', { topology: CLUSTER });
    const result = resultOf(rehearsal);
    const attempts = rehearsal.runs.flatMap(({ rows }) =>
      rows.flatMap((row) => (row.type === 'attempt' ? [row.step] : [])),
    );
    expectKept(
      rehearsal,
      {
        ...endIn(rehearsal),
        attempts,
        lost: rehearsal.verdict.lost,
        next: result?.next,
        acts: rehearsal.acts.at(-1)?.text,
      },
      {
        ...{ outcomes: ['DONE'], fences: ['proven'], mutations: [], attempts: [], lost: [] },
        next: ['b is the writer of paris. The program names no writer: nothing is to be changed in it.'],
        acts: 'Aurora makes b the writer by itself',
      },
    );
  },
);

test.concurrent('a reader that dies holds nobody back who writes', async () => {
  const dead = {
    name: 'reader-dies',
    about: 'A reader dies.',
    acts: [{ at: '0s', do: 'kill', member: 'reports' }],
  } as const;
  const run = { mode: 'switchover', at: '60s', outcomes: ['DONE'] } as const;
  const rehearsal = await play(
    { ...dead, acts: [...dead.acts], runs: [{ ...run, outcomes: [...run.outcomes] }] },
    { topology: CLUSTER },
  );
  const [first] = rehearsal.runs;
  const meanwhile = rehearsal.writes.filter(({ end, sent }) => end === 'acknowledged' && sent < (first?.began ?? 0));
  expectKept(rehearsal, { isWriting: meanwhile.length > 50 }, { isWriting: true });
});
