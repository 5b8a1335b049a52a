import type { RunbookResult } from '../../../lib/runbook/contract';
import type { TopologyInput } from '../../../lib/topology';
import { auroraStage, type AuroraStage } from './_aurora/aurora-stage';

// Whole runs, over HTTP, where other tests run beside.
jest.setTimeout(60_000);

const GLOBAL: TopologyInput = {
  name: 'orders',
  kind: 'global',
  engine: { name: 'aurora-postgresql', version: '16.8' },
  primary: 'paris',
  objectives: { lag: '5s', dataLoss: '10m' },
  members: {
    paris: { region: 'eu-west-3', instances: { a: { size: 'db.r7g.large' }, b: { size: 'db.r7g.large' } } },
    dublin: {
      region: 'eu-west-1',
      replicaOf: 'paris',
      promotion: 1,
      key: 'create',
      instances: { a: { size: 'db.r7g.large' } },
    },
    ohio: { region: 'us-east-2', replicaOf: 'paris', promotion: 2, key: 'create', instances: {} },
  },
};

const RISK = { acceptSplitBrainRisk: { by: 'Ada', reason: 'the Region is gone' } };
/** Nobody can be asked here: a person has looked. */
const LOST = { ...RISK, acceptDataLoss: 3600, override: ['primary-unknown'] };

let stage: AuroraStage;

beforeEach(async () => {
  stage = auroraStage(GLOBAL, (cloud) => {
    cloud.add('orders-paris', 'eu-west-3', ['orders-paris-a', 'orders-paris-b']);
    cloud.add('orders-dublin', 'eu-west-1', ['orders-dublin-a'], { retention: 1, isProtected: false });
    cloud.add('orders-ohio', 'us-east-2', []);
    const members = ['orders-paris', 'orders-dublin', 'orders-ohio'];
    cloud.global = { id: 'orders', hasEndpoint: true, members, writer: 'orders-paris' };
  });
  await stage.watch();
  stage.cloud.clock.advance(60);
  await stage.watch();
});

/** The Region of the primary is lost, and a while has gone since. */
function lose(): void {
  stage.cloud.dead.add('eu-west-3');
  stage.cloud.clock.advance(180);
}

const idsOf = ({ findings }: RunbookResult): readonly string[] => findings.map(({ id }) => id);

function expectMoved(): void {
  expect(stage.cloud.global?.writer).toBe('orders-dublin');
  expect(stage.cloud.cluster('orders-dublin')).toMatchObject({ retention: 7, isProtected: true });
  expect(stage.writer()).toBe('orders-dublin.cluster.eu-west-1.rds.amazonaws.com');
}

test('a plan says what Aurora does, and changes nothing', async () => {
  const { plan, outcome } = await stage.ask({ mode: 'plan' });
  expect(outcome).toBe('DONE');
  expect(plan).toMatchObject({
    ...{ mode: 'switchover', primary: 'paris', target: 'dublin', loss: 'nothing', lossBound: 0 },
    fence: 'Aurora stops the writes of paris, and waits until dublin has them all',
    irreversible: 'switch over to dublin: paris follows it from then on',
  });
  expect(stage.cloud.changes).toStrictEqual([]);
});

test('a switchover: one call where the primary is, and nothing is lost', async () => {
  const result = await stage.carry('switchover');
  expect(result).toMatchObject({
    outcome: 'DONE',
    fence: {
      outcome: 'proven',
      reason: 'Aurora has blocked the writes of orders-paris in eu-west-3 in its storage (RDS-EVENT-0390)',
    },
  });
  expect(stage.cloud.changes).toStrictEqual(['eu-west-3 SwitchoverGlobalCluster', 'eu-west-1 ModifyDBCluster']);
  expectMoved();
  expect(result.next).toStrictEqual([
    'dublin is the primary. Say so in the program before it is deployed again: primary: dublin; paris is not retired.',
    'paris follows it, or will when Aurora has made it anew. To go back then, plan a switchover to paris.',
  ]);
  // 0397 is waited for, and no longer.
  const [rebuilt] = result.timings.filter(({ phase }) => phase === 'rebuild');
  expect(rebuilt?.seconds).toBeLessThan(30);
});

test('a switchover of which no event tells is proven by the old primary that follows', async () => {
  stage.cloud.fence = 'untold';
  const result = await stage.carry('switchover');
  expect(result).toMatchObject({
    outcome: 'DONE',
    fence: {
      outcome: 'proven',
      reason: 'orders-paris in eu-west-3 is a secondary by now, and follows orders-dublin in eu-west-1',
    },
  });
});

test('a switchover whose fence timed out needs a person', async () => {
  stage.cloud.fence = 'timed out';
  const result = await stage.carry('switchover');
  expect(result).toMatchObject({ outcome: 'NEEDS_OPERATOR', fence: { outcome: 'attempted' } });
  expectMoved();
  expect(result.next).toStrictEqual([
    "Nobody here could write to dublin: by the cloud's word alone it is a primary.",
    'Aurora could not block the writes of orders-paris in eu-west-3 in time (RDS-EVENT-0391).',
    'Whether paris took writes meanwhile is not known: see what only it has before it is overwritten or used.',
    'dublin is the primary. Say so in the program before it is deployed again: primary: dublin; paris is not retired.',
    'paris follows it, or will when Aurora has made it anew. To go back then, plan a switchover to paris.',
  ]);
});

test('a switchover is refused while the Region of the primary is silent', async () => {
  lose();
  const result = await stage.ask({ mode: 'switchover', reason: 'a drill', approve: '0'.repeat(64) });
  expect(result.outcome).toBe('REFUSED');
  expect(idsOf(result)).toContain('primary-unwell');
});

test('a failover away from a Region that is gone: called where the target is, and its fence told by an event', async () => {
  lose();
  const result = await stage.carry('failover', LOST);
  // What only the lost one has could not be looked for.
  expect(result).toMatchObject({ outcome: 'DEGRADED', fence: { outcome: 'proven' } });
  expect(stage.cloud.changes).toStrictEqual(['eu-west-1 FailoverGlobalCluster', 'eu-west-1 ModifyDBCluster']);
  expectMoved();
  expect(result.loss?.seconds).toBeGreaterThanOrEqual(0);
  expect(result.next.join('\n')).toContain(
    'find the snapshot rds:unplanned-global-failover-orders-paris-... by aws rds describe-db-cluster-snapshots --region eu-west-3 --db-cluster-identifier orders-paris',
  );
});

/** The lag of a cluster until its primary is lost; after that it climbs, as nothing comes any more. */
function lagging(cluster: string, before: number, lostAt: number): void {
  stage.cloud.lags.set(cluster, (at) => (at < lostAt ? before : before + (at - lostAt) * 1000));
}

test('what a failover loses is told from the RPO lag before the Region was lost, and not from what came after', async () => {
  const lostAt = stage.cloud.now();
  lagging('orders-dublin', 8000, lostAt);
  lose();
  const slow = await stage.ask({ mode: 'plan', ...LOST });
  lagging('orders-dublin', 0, lostAt);
  const quick = await stage.ask({ mode: 'plan', ...LOST });
  expect([slow, quick].map(({ plan }) => plan?.target)).toStrictEqual(['dublin', 'dublin']);
  const [late = 0, early = 0] = [slow, quick].map(({ loss }) => Date.parse(loss?.from ?? '') / 1000);
  expect(early - late).toBe(8);
  expect((slow.loss?.seconds ?? 0) - (quick.loss?.seconds ?? 0)).toBe(8);
});

test('unplanned, the secondary that has more is taken, whatever its priority', async () => {
  stage.cloud.cluster('orders-ohio').servers = [{ id: 'orders-ohio-a', tier: 1, status: 'available' }];
  const lostAt = stage.cloud.now();
  lagging('orders-dublin', 8000, lostAt);
  lose();
  expect((await stage.ask({ mode: 'plan', ...LOST })).plan?.target).toBe('ohio');
  lagging('orders-ohio', 8000, lostAt);
  expect((await stage.ask({ mode: 'plan', ...LOST })).plan?.target).toBe('dublin');
});

test('a failover whose Region comes back: the snapshot with what was lost is copied, and told of', async () => {
  lose();
  stage.cloud.after(70, () => stage.cloud.dead.clear());
  const result = await stage.carry('failover', LOST);
  expect(result.outcome).toBe('DONE');
  expect(stage.cloud.snapshots.map(({ id }) => id)).toStrictEqual([
    'rds:unplanned-global-failover-orders-paris-2030',
    'unplanned-global-failover-orders-paris-2030',
  ]);
  expect(result.next.join('\n')).toContain(
    'is in the snapshot unplanned-global-failover-orders-paris-2030 in eu-west-3, which does not expire',
  );
});

test.each(['timed out', 'untold'] as const)('a failover whose fence is %s is DEGRADED at best', async (fence) => {
  stage.cloud.fence = fence;
  lose();
  stage.cloud.after(70, () => stage.cloud.dead.clear());
  const result = await stage.carry('failover', LOST);
  expect(result).toMatchObject({ outcome: 'DEGRADED', fence: { outcome: 'attempted', accepted: { by: 'Ada' } } });
  expectMoved();
});

test('nobody fails over without the word of a person who takes the risk of the fence, and of the loss', async () => {
  lose();
  const result = await stage.ask({ mode: 'failover', reason: 'it is gone', approve: '0'.repeat(64) });
  expect(result.outcome).toBe('REFUSED');
  const blocking = result.findings.filter(({ severity, accepted }) => severity === 'block' && !accepted);
  expect(blocking.map(({ id }) => id)).toEqual(expect.arrayContaining(['fence-by-cloud', 'primary-unknown']));
  const tooMuch = await stage.ask({ mode: 'plan', ...LOST, acceptDataLoss: 1 });
  expect(idsOf(tooMuch)).toContain('loss-too-large');
  expect(tooMuch.outcome).toBe('REFUSED');
});

test('a headless target is refused, with the command that gives it a server', async () => {
  const result = await stage.ask({ mode: 'plan', target: 'ohio' });
  expect(result.outcome).toBe('REFUSED');
  expect(result.findings).toContainEqual(
    expect.objectContaining({
      id: 'target-not-eligible',
      problem: 'ohio is headless, and cannot be promoted in that condition',
    }),
  );
  expect(result.findings).toContainEqual(
    expect.objectContaining({
      id: 'headless',
      fix: 'aws rds create-db-instance --region us-east-2 --db-cluster-identifier orders-ohio --db-instance-identifier orders-ohio-a --db-instance-class db.r7g.large --engine aurora-postgresql',
    }),
  );
});

test('back is refused while the old primary is made anew, and works after', async () => {
  lose();
  stage.cloud.after(70, () => stage.cloud.dead.clear());
  stage.cloud.resyncTakes = 30_000;
  const away = await stage.carry('failover', LOST);
  // The headless one follows: the data is in two Regions.
  expect(away.outcome).toBe('DONE');
  stage.cloud.clock.advance(3600);
  const early = await stage.ask({ mode: 'plan', target: 'paris' });
  expect(early.outcome).toBe('REFUSED');
  expect(early.findings).toContainEqual(expect.objectContaining({ id: 'pending-resync', severity: 'warn' }));
  expect(early.next.join('\n')).toContain('paris is pending-resync, and cannot be promoted in that condition');
  stage.cloud.clock.advance(30_000);
  await stage.watch();
  stage.cloud.clock.advance(60);
  const back = await stage.carry('switchover', { target: 'paris', runId: 'back' });
  expect(back).toMatchObject({ outcome: 'DONE', plan: { primary: 'dublin', target: 'paris' } });
  expect(stage.cloud.global?.writer).toBe('orders-paris');
});

test.each([
  ['switchover', 'SwitchoverGlobalCluster', {}],
  ['failover', 'FailoverGlobalCluster', LOST],
] as const)('a %s whose answer is lost is looked at, and called once', async (mode, action, consent) => {
  stage.cloud.faults.push({ action, how: 'lost', times: 9 });
  const result = await stage.carry(mode, consent);
  expect(result.outcome).toBe('DONE');
  expect(stage.cloud.changes.filter((change) => change.endsWith(action))).toHaveLength(1);
});

test('a switchover that Aurora refuses ends as nothing had been', async () => {
  stage.cloud.faults.push({ action: 'SwitchoverGlobalCluster', how: 'refused', times: 9 });
  const result = await stage.carry('switchover');
  expect(result).toMatchObject({ outcome: 'ABORTED', phase: 'undo' });
  expect(stage.cloud).toMatchObject({ changes: [], global: { writer: 'orders-paris' } });
});

test('a managed failover that is refused names the last resort, which has a consent of its own', async () => {
  lose();
  stage.cloud.faults.push({ action: 'FailoverGlobalCluster', how: 'refused', times: 9 });
  const refused = await stage.carry('failover', LOST);
  expect(refused.outcome).toBe('NEEDS_OPERATOR');
  expect(refused.next.at(-1)).toMatch(/^Only when a managed failover is impossible, dublin can be detached/);
  const override = [...LOST.override, 'detach-and-promote'];
  const result = await stage.carry('failover', { ...LOST, override, runId: 'last' });
  expect(result).toMatchObject({
    outcome: 'DEGRADED',
    fence: { outcome: 'impossible', accepted: { by: 'Ada' } },
    plan: { accepted: ['detach-and-promote', 'primary-unknown'] },
  });
  expect(stage.cloud.changes).toStrictEqual(['eu-west-1 RemoveFromGlobalCluster', 'eu-west-1 ModifyDBCluster']);
  expect(stage.cloud.global?.members).not.toContain('orders-dublin');
  expect(stage.writer()).toContain('orders-dublin');
  // The journal knows whom this run has promoted, although the global database does not.
  const status = await stage.ask({ mode: 'status' });
  expect(status.next).toContain('dublin is the primary.');
});

test('who was switched over by hand is primary, whatever the program says', async () => {
  const target = stage.cloud.clusters[1];
  if (stage.cloud.global && target) stage.cloud.global.writer = target.id;
  const { plan, findings } = await stage.ask({ mode: 'plan', target: 'paris' });
  expect(plan).toMatchObject({ primary: 'dublin', target: 'paris' });
  expect(findings.map(({ id }) => id)).toContain('program-behind');
});

test('nothing is to be opened: nothing here has fenced anybody', async () => {
  const result = await stage.ask({ mode: 'unfence', target: 'paris', reason: 'it may write again' });
  expect(result).toMatchObject({
    outcome: 'REFUSED',
    next: [
      'Nothing was changed: nothing here fences paris: Aurora blocks the storage of its clusters itself, and opens it. To do: look at the cluster and its events in RDS.',
    ],
  });
});

test('a run is stopped before its call, and then nothing was done', async () => {
  const plan = await stage.ask({ mode: 'plan' });
  const event = { mode: 'switchover', reason: 'a drill', approve: plan.planHash, runId: 'R' } as const;
  const open = await stage.ask(event, { until: stage.cloud.now() - 1 });
  expect(open.outcome).toBe('IN_PROGRESS');
  const stopped = await stage.ask({ mode: 'abort', runId: 'R', reason: 'not today' });
  expect(stopped.outcome).toBe('REFUSED');
  expect(stage.cloud.changes).toStrictEqual([]);
});
