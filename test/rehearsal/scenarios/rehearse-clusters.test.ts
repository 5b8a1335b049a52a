import { readFileSync } from 'node:fs';
import { forgetTemplate, type Rehearsal } from '../../../lib/rehearsal';
import { parse, type Topology } from '../../../lib/topology';
import { brokenIn, play, resultOf } from '../_helpers/play';

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

test.concurrent('a global database is switched over under load, and nothing is lost', async () => {
  const rehearsal = await play('planned-switchover', { topology: GLOBAL });
  expect(brokenIn(rehearsal)).toEqual([]);
  expect(rehearsal.verdict.lost).toEqual([]);
  expect([outcomesIn(rehearsal), fencesIn(rehearsal)]).toEqual([['DONE'], ['proven']]);
  expect(mutationsIn(rehearsal)).toEqual(['us-east-1 SwitchoverGlobalCluster']);
  expect(rehearsal.reigns).toMatchObject([
    { member: 'virginia', tookWrites: true },
    { member: 'dublin', tookWrites: true },
  ]);
});

test.concurrent(
  'a Region is cut off: what its clients write on is lost, and lies in the time that is told',
  async () => {
    const rehearsal = await play('region-cut-off', { topology: GLOBAL });
    expect(brokenIn(rehearsal)).toEqual([]);
    expect(rehearsal.verdict.lost.length).toBeGreaterThan(0);
    expect([outcomesIn(rehearsal), fencesIn(rehearsal)]).toEqual([['DEGRADED'], ['attempted']]);
    expect(mutationsIn(rehearsal)).toEqual(['eu-west-1 FailoverGlobalCluster']);
    const from = Date.parse(resultOf(rehearsal)?.loss?.from ?? '');
    expect(rehearsal.verdict.lost.filter(({ ended }) => ended < from)).toEqual([]);
  },
);

test.concurrent('there and back again: the old primary follows by itself', async () => {
  const rehearsal = await play('failback', { topology: GLOBAL });
  expect(brokenIn(rehearsal)).toEqual([]);
  expect(rehearsal.verdict.lost).toEqual([]);
  expect(outcomesIn(rehearsal)).toEqual(['DONE', 'DONE']);
  expect(rehearsal.reigns.map(({ member }) => member)).toEqual(['virginia', 'dublin', 'virginia']);
});

test.concurrent('all servers of the primary die: Aurora blocks its writes, and what only it had is kept', async () => {
  const rehearsal = await play('cluster-lost', { topology: GLOBAL });
  expect(brokenIn(rehearsal)).toEqual([]);
  expect([outcomesIn(rehearsal), fencesIn(rehearsal)]).toEqual([['DONE'], ['proven']]);
  expect(mutationsIn(rehearsal)).toEqual(['eu-west-1 FailoverGlobalCluster', 'us-east-1 CopyDBClusterSnapshot']);
});

test.concurrent('a fence that timed out: the old primary takes writes meanwhile, and the report says so', async () => {
  const rehearsal = await play('fence-timed-out', { topology: GLOBAL });
  expect(brokenIn(rehearsal)).toEqual([]);
  expect([outcomesIn(rehearsal), fencesIn(rehearsal)]).toEqual([['DEGRADED'], ['attempted']]);
  expect(resultOf(rehearsal)?.fence?.reason).toContain('RDS-EVENT-0391');
  const late = rehearsal.verdict.promises.find(({ id }) => id === 'one-writer')?.seen;
  expect(late).toContain('Ada took that risk');
});

test.concurrent(
  'a headless target is refused with the command that adds a server, and taken when it has one',
  async () => {
    const rehearsal = await play('headless-target', { topology: HEADLESS });
    expect(brokenIn(rehearsal)).toEqual([]);
    expect(rehearsal.runs[0]?.result?.findings).toMatchObject([
      { id: 'no-candidate' },
      {
        id: 'headless',
        fix: 'aws rds create-db-instance --region ap-southeast-4 --db-cluster-identifier archive-melbourne --db-instance-identifier archive-melbourne-a --db-instance-class db.r6g.large --engine aurora-postgresql',
      },
    ]);
    expect(outcomesIn(rehearsal)).toEqual(['DONE']);
  },
);

test.concurrent('inside a cluster the writer moves, and nothing is lost', async () => {
  const rehearsal = await play('planned-switchover', { topology: CLUSTER });
  expect(brokenIn(rehearsal)).toEqual([]);
  expect(rehearsal.verdict.lost).toEqual([]);
  expect([outcomesIn(rehearsal), mutationsIn(rehearsal)]).toEqual([['DONE'], ['eu-west-3 FailoverDBCluster']]);
  expect(rehearsal.topology.members.map(({ id }) => id)).toEqual(['a', 'b', 'reports']);
});

test.concurrent('the writer of a cluster dies: another server has all that was acknowledged', async () => {
  const rehearsal = await play('primary-killed', { topology: CLUSTER });
  expect(brokenIn(rehearsal)).toEqual([]);
  expect(rehearsal.verdict.lost).toEqual([]);
  expect(outcomesIn(rehearsal)).toEqual(['DONE']);
});

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
  expect(brokenIn(rehearsal)).toEqual([]);
  const [first] = rehearsal.runs;
  const meanwhile = rehearsal.writes.filter(({ end, sent }) => end === 'acknowledged' && sent < (first?.began ?? 0));
  expect(meanwhile.length).toBeGreaterThan(50);
});
