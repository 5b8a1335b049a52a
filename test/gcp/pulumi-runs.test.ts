import { DatabaseInstance } from '@pulumi/gcp/sql';
import { CloudSqlTopology, ReplicationAlerts, ReplicationDashboard } from '../../lib/gcp';
import type { TopologyInput } from '../../lib/topology';
import { cloudSql, switchedOver, withDr, withGcp, withMemberGcp } from '../_helpers/sample-cloud-sql';
import { FakeEngine, type Deployed, type Up } from './_engine/fake-engine';

let engine: FakeEngine;

beforeEach(async () => {
  engine = await FakeEngine.start();
});
afterEach(() => engine.close());

/** What `pulumi up` makes of the topology. */
const up = (topology: TopologyInput, how?: Up): Promise<Deployed> =>
  engine.up(() => {
    const more = { rootPassword: 'first', databases: ['shop'], users: { app: 'secret' } };
    const database = new CloudSqlTopology('orders', { topology, ...more });
    return { pending: database.pending, writer: database.writeEndpoint };
  }, how);

const opsOf = ({ steps }: Deployed): readonly string[] => steps.map(({ op, name }) => `${op} ${name}`);

/** Both are there, and bab is designated. */
async function deployed(topology = withDr(cloudSql())): Promise<void> {
  await up(topology);
  await up(topology, { refresh: true });
  engine.cloud.calls.length = 0;
}

const begin = (input: TopologyInput): TopologyInput => withGcp(input, { transition: { to: 'bab', phase: 'begin' } });
const finish = (input: TopologyInput): TopologyInput => withGcp(input, { transition: { to: 'bab', phase: 'finish' } });

test('a preview creates nothing, and says what would be', async () => {
  const { steps } = await up(cloudSql(), { preview: true });
  expect(steps.map(({ op, name }) => `${op} ${name}`).toSorted()).toStrictEqual([
    'create orders-ada',
    'create orders-app',
    'create orders-bab',
    'create orders-shop',
  ]);
  expect(engine.cloud.calls).toStrictEqual([]);
});

test('the first deployment: sources first, and the second changes nothing', async () => {
  const first = await up(cloudSql());
  expect({ error: first.error, calls: engine.cloud.calls }).toStrictEqual({
    error: undefined,
    calls: ['create orders-ada', 'create orders-bab'],
  });
  expect((await up(cloudSql())).steps).toStrictEqual([]);
  expect((await up(cloudSql(), { refresh: true })).steps).toStrictEqual([]);
});

test.each(['postgres', 'mysql'] as const)('%s: a DR replica is designated by the second deployment', async (name) => {
  const topology = withDr(cloudSql(name));
  const first = await up(topology);
  expect(first.logged.join()).toContain('still to do: run `pulumi up --refresh` once more: orders-bab is not yet');
  const second = await up(topology, { refresh: true });
  expect(opsOf(second)).toStrictEqual(['update orders-ada']);
  expect(second.steps[0]?.because).toStrictEqual(['replicationCluster.failoverDrReplicaName']);
  const third = await up(topology, { refresh: true });
  expect({ steps: third.steps, logged: third.logged }).toStrictEqual({ steps: [], logged: [] });
});

describe.each(['postgres', 'mysql'] as const)('a switchover of %s', (name) => {
  const before = withDr(cloudSql(name));

  test('begins, finishes and is written down without one replacement, and loses nothing', async () => {
    await deployed(before);
    const begun = await up(begin(before), { refresh: true });
    expect({ error: begun.error, ops: opsOf(begun) }).toStrictEqual({ error: undefined, ops: ['update orders-bab'] });
    expect(engine.cloud.calls).toStrictEqual(['switchover orders-bab', 'update orders-bab']);
    expect(engine.cloud.instance('orders-ada')).toMatchObject({ masterInstanceName: 'orders-bab' });

    const preview = await up(finish(before), { refresh: true, preview: true });
    expect(preview.steps.filter(({ op }) => op !== 'update')).toStrictEqual([]);
    const finished = await up(finish(before), { refresh: true });
    expect({ error: finished.error, steps: finished.steps }).toStrictEqual({ error: undefined, steps: preview.steps });

    const written = await up(switchedOver(before), { refresh: true });
    expect({ steps: written.steps, logged: written.logged }).toStrictEqual({ steps: [], logged: [] });
    expect(engine.cloud.calls.filter((call) => /create|delete|promote/.test(call))).toStrictEqual([]);
  });

  test('finished without a refresh it would replace the old primary, which protection stops', async () => {
    await deployed(before);
    await up(begin(before), { refresh: true });
    engine.cloud.calls.length = 0;
    const finished = await up(finish(before));
    expect(finished.steps).toContainEqual({ op: 'replace', name: 'orders-ada', because: ['masterInstanceName'] });
    expect(finished.error).toBe('cannot replace orders-ada (masterInstanceName): it is protected');
    expect(engine.cloud.calls.filter((call) => call.includes('orders-ada'))).toStrictEqual([]);
    expect((await up(finish(before), { refresh: true })).error).toBeUndefined();
  });

  test('and back again', async () => {
    await deployed(before);
    await up(begin(before), { refresh: true });
    await up(finish(before), { refresh: true });
    const there = switchedOver(before);
    await up(there, { refresh: true });
    engine.cloud.calls.length = 0;
    const back = (phase: 'begin' | 'finish'): TopologyInput => withGcp(there, { transition: { to: 'ada', phase } });
    for (const step of [back('begin'), back('finish'), before]) {
      const { error, steps } = await up(step, { refresh: true });
      expect({ error, replaced: steps.filter(({ op }) => op !== 'update') }).toStrictEqual({
        error: undefined,
        replaced: [],
      });
    }
    expect(engine.cloud.calls.filter((call) => /switchover|create|delete|promote/.test(call))).toStrictEqual([
      'switchover orders-ada',
    ]);
    expect((await up(before, { refresh: true })).steps).toStrictEqual([]);
  });
});

test('a switchover of SQL Server moves `cascadableReplica`, there and back: nothing is replaced, refreshed or not', async () => {
  const before = withMemberGcp(withMemberGcp(cloudSql('sqlserver'), 'ada', { cascadable: true }), 'bab', {
    cascadable: true,
  });
  const to = (id: string, phase: 'begin' | 'finish', input: TopologyInput): TopologyInput =>
    withGcp(input, { transition: { to: id, phase } });
  const there = { ...before, primary: 'bab' };
  await deployed(before);
  expect(engine.cloud.instance('orders-bab')).toMatchObject({ replicaConfiguration: { cascadableReplica: true } });
  for (const [step, refresh] of [
    ...([[to('bab', 'begin', before), true] as const, [to('bab', 'finish', before), false] as const] as const),
    ...([[there, true] as const, [to('ada', 'begin', there), true] as const] as const),
    ...([[to('ada', 'finish', there), true] as const, [before, true] as const] as const),
  ]) {
    const { error, steps } = await up(step, { refresh });
    expect({ error, others: steps.filter(({ op }) => op !== 'update') }).toStrictEqual({
      error: undefined,
      others: [],
    });
  }
  expect(engine.cloud.calls.filter((call) => !call.startsWith('update'))).toStrictEqual([
    'switchover orders-bab',
    'switchover orders-ada',
  ]);
  expect((await up(before, { refresh: true })).steps).toStrictEqual([]);
});

test('a private network that is taken away would replace the instance, which protection stops', async () => {
  await deployed(cloudSql());
  const { error } = await up(withGcp(cloudSql(), { network: { publicIp: true } }), { refresh: true });
  expect(error).toBe('cannot replace orders-ada (settings.ipConfiguration.privateNetwork): it is protected');
  expect(engine.cloud.calls).toStrictEqual([]);
});

test('around an instance that the program has already: it is left alone, and the designation is said where it is made', async () => {
  const deploy = (designated?: string): Promise<Deployed> =>
    engine.up(
      () => {
        const settings = { tier: 'db-perf-optimized-N-8', edition: 'ENTERPRISE_PLUS' };
        const ada = new DatabaseInstance('mine', {
          ...{ name: 'orders-ada', region: 'europe-west1', databaseVersion: 'POSTGRES_17', settings },
          ...(designated === undefined ? {} : { replicationCluster: { failoverDrReplicaName: designated } }),
        });
        return new CloudSqlTopology('orders', { topology: withDr(cloudSql()), existing: { ada } });
      },
      { refresh: true },
    );
  expect(opsOf(await deploy())).toStrictEqual(['create mine', 'create orders-bab']);
  // Deployed as often as one likes: what is made elsewhere is not changed here.
  const again = await deploy();
  expect(again).toMatchObject({ steps: [], logged: [expect.stringMatching(/^still to do: set replicationCluster\./)] });
  expect(opsOf(await deploy('acme-prod:orders-bab'))).toStrictEqual(['update mine']);
  expect(await deploy('acme-prod:orders-bab')).toMatchObject({ steps: [], logged: [] });
});

describe('a promotion that Pulumi did not make', () => {
  const before = cloudSql();
  /** What the program says when ada is left behind. */
  const after: TopologyInput = {
    ...before,
    primary: 'bab',
    members: { ...before.members, ada: { ...before.members['ada'], retired: 'kept' } as never },
  };

  test('a program that does not know of it would replace the new primary, which protection stops', async () => {
    await deployed(before);
    engine.cloud.promote('orders-bab');
    engine.cloud.calls.length = 0;
    const ignorant = await up(before, { refresh: true });
    expect(ignorant.error).toBe('cannot replace orders-bab (masterInstanceName): it is protected');
    expect(engine.cloud.calls.filter((call) => call.includes('orders-bab'))).toStrictEqual([]);
  });

  test('one that says so changes neither identity', async () => {
    await deployed(before);
    engine.cloud.promote('orders-bab');
    engine.cloud.calls.length = 0;
    const { error, steps } = await up(after, { refresh: true });
    expect({ error, others: steps.filter(({ op }) => op !== 'update') }).toStrictEqual({
      error: undefined,
      others: [],
    });
    expect(engine.cloud.instance('orders-ada')).toMatchObject({ settings: { activationPolicy: 'NEVER' } });
    expect(engine.cloud.instance('orders-bab')).toMatchObject({
      settings: { backupConfiguration: { enabled: true } },
      masterInstanceName: '',
    });
    expect((await up(after, { refresh: true })).steps).toStrictEqual([]);
  });
});

test('forgotten `replicaNames` promote, and leave two primaries: the fake tells the two apart', async () => {
  await deployed();
  engine.cloud.update('orders-bab', engine.cloud.instance('orders-bab'), { instanceType: 'CLOUD_SQL_INSTANCE' });
  expect(engine.cloud.calls[0]).toBe('promote orders-bab');
  expect(engine.cloud.instance('orders-ada')).not.toMatchObject({ masterInstanceName: 'orders-bab' });
});

test('taken out of the program, a member is not deleted: it is protected', async () => {
  await deployed();
  const { bab: _, ...members } = cloudSql().members;
  const gone = await up({ ...cloudSql(), members }, { refresh: true });
  expect(gone.error).toBe('cannot delete orders-bab: it is protected');
  expect(engine.cloud.calls).not.toContain('delete orders-bab');
});

test('alerts and dashboard outlive a switchover: policies are turned on and off, none is made anew', async () => {
  const deploy = (topology: TopologyInput, how?: Up): Promise<Deployed> =>
    engine.up(() => {
      const database = new CloudSqlTopology('orders', { topology });
      new ReplicationAlerts('orders-alerts', { database });
      new ReplicationDashboard('orders-dashboard', { database });
    }, how);
  const before = withDr(cloudSql());
  await deploy(before);
  for (const each of [before, begin(before), finish(before), switchedOver(before)]) {
    const { error, steps } = await deploy(each, { refresh: true });
    expect({ error, others: steps.filter(({ op }) => op !== 'update') }).toStrictEqual({
      error: undefined,
      others: [],
    });
  }
  const enabled = (name: string): unknown =>
    engine.state.get(`gcp:monitoring/alertPolicy:AlertPolicy::orders-alerts-${name}`)?.outputs['enabled'];
  expect([enabled('ada'), enabled('bab')]).toStrictEqual([true, false]);
});
