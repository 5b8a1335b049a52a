import type { TopologyInput } from '../../../lib/topology';
import type { AuroraCloud } from './_aurora/aurora-cloud';
import { auroraStage, type AuroraStage } from './_aurora/aurora-stage';

jest.setTimeout(60_000);

const SERVERS = { a: { tier: 0 }, b: { tier: 1 }, c: { tier: 1 }, d: { tier: 15 } };

const CLUSTER: TopologyInput = {
  name: 'shop',
  kind: 'cluster',
  engine: { name: 'aurora-postgresql', version: '16.8' },
  primary: 'main',
  objectives: { lag: '5s' },
  members: { main: { region: 'eu-west-1', size: 'db.r7g.large', instances: SERVERS } },
};

const BINLOG: TopologyInput = {
  name: 'shop',
  kind: 'cluster',
  engine: { name: 'aurora-mysql', version: '8.0.mysql_aurora.3.08.2' },
  primary: 'main',
  objectives: { lag: '1m', dataLoss: '1h' },
  aws: { parameters: { binlog_format: 'ROW' } },
  members: {
    main: { region: 'eu-west-3', size: 'db.r7g.large', instances: { a: {}, b: {} } },
    far: { region: 'eu-west-1', replicaOf: 'main', promotion: 1, key: 'create', instances: { a: {} } },
  },
};

async function setUp(input: TopologyInput, prepare: (cloud: AuroraCloud) => void): Promise<AuroraStage> {
  const stage = auroraStage(input, prepare);
  await stage.watch();
  stage.cloud.clock.advance(60);
  await stage.watch();
  return stage;
}

const shop = (input = CLUSTER): Promise<AuroraStage> =>
  setUp(input, (cloud) => {
    // Aurora has added one by itself.
    cloud.add('shop-main', 'eu-west-1', ['shop-main-a', 'shop-main-b', 'shop-main-c', 'shop-main-d', 'auto-1']);
  });

test('the tier decides who becomes the writer, and the names of the cluster follow by themselves', async () => {
  const stage = await shop();
  const result = await stage.carry('switchover');
  expect(result).toMatchObject({
    outcome: 'DONE',
    plan: { primary: 'a', target: 'b', loss: 'nothing' },
    fence: { outcome: 'proven', reason: 'one server writes the volume of the cluster, and that is b now' },
    next: ['b is the writer of main. The program names no writer: nothing is to be changed in it.'],
  });
  expect(stage.cloud.changes).toStrictEqual(['eu-west-1 FailoverDBCluster']);
  expect(stage.cloud.cluster('shop-main').writer).toBe('shop-main-b');
  expect(stage.writer()).toBe('somewhere');
  expect(result.candidates.map(({ member, rank }) => [member, rank])).toStrictEqual([
    ['b', 1],
    ['c', 2],
    ['auto-1', 3],
    ['d', 4],
    ['a', undefined],
  ]);
});

test('of one tier the server that is less behind becomes the writer, and no lag passes a tier', async () => {
  const stage = await shop();
  stage.cloud.lags.set('shop-main-b', () => 3000);
  const both = await stage.ask({ mode: 'plan' });
  expect(both.candidates.map(({ member }) => member)).toStrictEqual(['c', 'b', 'auto-1', 'd', 'a']);
  expect(both.candidates[1]?.reason).toContain('tier 1, 3 s behind in its memory');
  stage.cloud.lags.set('shop-main-c', () => 4000);
  const worse = await stage.ask({ mode: 'plan' });
  expect(worse.candidates.map(({ member }) => member)).toStrictEqual(['b', 'c', 'auto-1', 'd', 'a']);
});

test('a server that Aurora has added is promoted by its identifier, and one that is not available never', async () => {
  const stage = await shop();
  const { servers } = stage.cloud.cluster('shop-main');
  for (const server of servers) if (server.id === 'shop-main-b') server.status = 'rebooting';
  expect((await stage.ask({ mode: 'plan' })).plan?.target).toBe('c');
  const result = await stage.carry('switchover', { target: 'auto-1' });
  expect(result.outcome).toBe('DONE');
  expect(stage.cloud.cluster('shop-main').writer).toBe('auto-1');
});

test('an unplanned one asks for no consent to lose anything: there is one volume', async () => {
  const stage = await shop();
  for (const server of stage.cloud.cluster('shop-main').servers) if (server.id.endsWith('-a')) server.status = 'failed';
  const result = await stage.ask({ mode: 'plan' });
  expect(result.plan).toMatchObject({ mode: 'failover', target: 'b', loss: 'nothing' });
  expect((await stage.carry('failover')).outcome).toBe('DONE');
});

test('Aurora that moves the writer by itself meanwhile is told, and nothing is called', async () => {
  const stage = await shop();
  const plan = await stage.ask({ mode: 'plan' });
  const event = { mode: 'switchover', reason: 'a drill', approve: plan.planHash, runId: 'R' } as const;
  stage.cloud.clock.advance(1);
  expect(await stage.ask(event, { until: stage.cloud.now() - 1 })).toMatchObject({ outcome: 'IN_PROGRESS' });
  stage.cloud.cluster('shop-main').writer = 'shop-main-d';
  const result = await stage.ask(event);
  expect(['ABORTED', 'REFUSED']).toContain(result.outcome);
  expect(stage.cloud.changes).toStrictEqual([]);
  // The next one begins from where the writer is now, whatever was promoted before.
  expect((await stage.ask({ mode: 'plan' })).plan).toMatchObject({ primary: 'd', target: 'a' });
});

test('Aurora that is moving the writer by itself, to whom the run would, is waited for: no call is made', async () => {
  const stage = await shop();
  for (const server of stage.cloud.cluster('shop-main').servers) if (server.id.endsWith('-a')) server.status = 'failed';
  stage.cloud.failOverInside('shop-main', 'shop-main-b');
  const { findings } = await stage.ask({ mode: 'plan' });
  expect(findings).toContainEqual({
    ...{ id: 'writer-moves', severity: 'warn', acceptance: 'none', accepted: false },
    problem: 'the writer of shop-main in eu-west-1 is being moved: by Aurora itself, or by somebody who asked for it',
    fix: 'wait a minute, and look who it is then',
  });
  const result = await stage.carry('failover');
  expect(result).toMatchObject({ outcome: 'DONE', plan: { primary: 'a', target: 'b' } });
  expect(stage.cloud.changes).toStrictEqual([]);
  expect(stage.cloud.cluster('shop-main').writer).toBe('shop-main-b');
});

test('Aurora that is moving the writer to somebody else is not fought: a person plans anew', async () => {
  const stage = await shop();
  for (const server of stage.cloud.cluster('shop-main').servers) if (server.id.endsWith('-a')) server.status = 'failed';
  stage.cloud.failOverInside('shop-main', 'shop-main-c');
  const result = await stage.carry('failover');
  expect(result.outcome).toBe('NEEDS_OPERATOR');
  expect(result.next.join(' ')).toContain('shop-main-c has become the writer of shop-main in eu-west-1');
  expect(stage.cloud.changes).toStrictEqual([]);
});

test.each(['lost', 'dropped'] as const)('a call whose answer is %s is made once', async (how) => {
  const stage = await shop();
  stage.cloud.faults.push({ action: 'FailoverDBCluster', how, times: 1 });
  const result = await stage.carry('switchover');
  expect(result.outcome).toBe(how === 'lost' ? 'DONE' : 'NEEDS_OPERATOR');
  expect(stage.cloud.changes).toHaveLength(how === 'lost' ? 1 : 0);
});

test('a cluster of one server has nobody to move to', async () => {
  const input = { ...CLUSTER, members: { main: { region: 'eu-west-1', size: 'db.r7g.large', instances: { a: {} } } } };
  const stage = await setUp(input, (cloud) => void cloud.add('shop-main', 'eu-west-1', ['shop-main-a']));
  const { outcome, findings } = await stage.ask({ mode: 'plan' });
  expect(outcome).toBe('REFUSED');
  expect(findings.map(({ id }) => id)).toContain('only-one-server');
});

test('a cluster that has no writer at the moment is looked at again later', async () => {
  const stage = await shop();
  stage.cloud.cluster('shop-main').writer = undefined;
  await expect(stage.ask({ mode: 'plan' })).rejects.toMatchObject({
    family: 'retryable',
    message:
      'the cluster shop-main in eu-west-1 has no writer now; allowed: a cluster with a writer; fix: look again in a moment; if it has no server at all, add one',
  });
});

const binlog = (): Promise<AuroraStage> =>
  setUp(BINLOG, (cloud) => {
    cloud.add('shop-main', 'eu-west-3', ['shop-main-a', 'shop-main-b']);
    cloud.add('shop-far', 'eu-west-1', ['shop-far-a'], {
      source: 'arn:aws:rds:eu-west-3:123456789012:cluster:shop-main',
    });
  });

test('a cluster that follows by binary log is promoted when the other is lost, with the risk taken by name', async () => {
  const stage = await binlog();
  stage.cloud.dead.add('eu-west-3');
  stage.cloud.clock.advance(180);
  const result = await stage.carry('failover', {
    acceptSplitBrainRisk: { by: 'Ada', reason: 'the Region is gone' },
    acceptDataLoss: 3600,
    override: ['primary-unknown'],
  });
  expect(result).toMatchObject({ outcome: 'DEGRADED', fence: { outcome: 'impossible', accepted: { by: 'Ada' } } });
  expect(stage.cloud.changes).toStrictEqual(['eu-west-1 PromoteReadReplicaDBCluster']);
  expect(stage.cloud.cluster('shop-far').source).toBeUndefined();
  expect(stage.writer()).toBe('shop-far.cluster.eu-west-1.rds.amazonaws.com');
});

test('nothing freezes a cluster that is followed by binary log: a switchover is refused', async () => {
  const stage = await binlog();
  const result = await stage.ask({ mode: 'switchover', target: 'far', reason: 'a drill', approve: '0'.repeat(64) });
  expect(result.outcome).toBe('REFUSED');
  expect(result.findings.map(({ id }) => id)).toContain('cannot-freeze');
});

test('of several clusters, a target that is a server means a move inside the primary', async () => {
  const stage = await binlog();
  const result = await stage.carry('switchover', { target: 'b' });
  expect(result).toMatchObject({ outcome: 'DONE', plan: { primary: 'a', target: 'b' } });
  expect(stage.cloud.changes).toStrictEqual(['eu-west-3 FailoverDBCluster']);
});
