import '../_helpers/quiet-synthesis';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TopologyStacks } from '../../../lib/aws';
import { afterPromotion, define, type TopologyInput } from '../../../lib/topology';
import { nagFindings } from '../../_proofs/_helpers/nag-findings';
import { listOf, only, policyOf, settingsIn, topologyIn } from '../_helpers/runbook';
import { sdkActions } from '../_helpers/sdk-actions';

const GLOBAL: TopologyInput = {
  name: 'orders',
  kind: 'global',
  engine: { name: 'aurora-postgresql', version: '16.8' },
  primary: 'paris',
  objectives: { lag: '5s', dataLoss: '1m' },
  members: {
    paris: { region: 'eu-west-3', size: 'db.r7g.large', instances: { a: {}, b: {} } },
    dublin: {
      ...{ region: 'eu-west-1', size: 'db.r7g.large', replicaOf: 'paris', promotion: 1, key: 'create' },
      instances: { a: {} },
    },
    ohio: { region: 'us-east-2', replicaOf: 'paris', promotion: 'never', key: 'create', instances: {} },
  },
  aws: { runbook: {} },
};

const BINLOG: TopologyInput = {
  name: 'shop',
  kind: 'cluster',
  engine: { name: 'aurora-mysql', version: '8.0.mysql_aurora.3.08.2' },
  primary: 'main',
  objectives: { lag: '1m', dataLoss: '1h' },
  members: {
    main: { region: 'eu-west-3', size: 'db.r7g.large', instances: { a: {}, b: {} } },
    far: {
      ...{ region: 'eu-west-1', size: 'db.r7g.large', replicaOf: 'main', promotion: 1, key: 'create' },
      instances: { a: {} },
    },
  },
  aws: { parameters: { binlog_format: 'ROW' }, runbook: {} },
};

const MULTI_AZ: TopologyInput = {
  name: 'till',
  kind: 'multi-az-cluster',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'main',
  objectives: { lag: '30s' },
  members: {
    main: { region: 'eu-west-1', size: 'db.m6gd.large', storage: { gib: 100, type: 'io1', iops: 1000 } },
  },
  aws: { runbook: {} },
};

class World {
  readonly app = new App();
  readonly stacks: TopologyStacks;

  constructor(input: TopologyInput) {
    this.stacks = new TopologyStacks(this.app, input.name, { topology: define(input) });
  }

  stack(region: string): Stack {
    const stack = this.stacks.stacks.get(region);
    if (stack === undefined) throw new Error(`there is no stack in ${region}`);
    return stack;
  }

  allowed(region: string, role: string): readonly string[] {
    const actions = policyOf(this.stack(region), role).Statement.flatMap(({ Action }) => listOf(Action));
    return [...new Set(actions)].filter((action) => /^(rds|cloudwatch|kms):/.test(action)).toSorted();
  }
}

const orders = new World(GLOBAL);
const shop = new World(BINLOG);
const till = new World(MULTI_AZ);

it('is in each Region where a cluster can be promoted, or inside which its servers can', () => {
  expect([...orders.stacks.runbooks.keys()]).toStrictEqual(['eu-west-3', 'eu-west-1']);
  expect([...shop.stacks.runbooks.keys()]).toStrictEqual(['eu-west-3', 'eu-west-1']);
  expect([...till.stacks.runbooks.keys()]).toStrictEqual(['eu-west-1']);
});

it('is told of the clusters and of their servers', () => {
  const settings = settingsIn(orders.stack('eu-west-1'), 'understudy-orders-promote');
  expect(settings).toMatchObject({
    ...{ region: 'eu-west-1', isConnected: false, secret: 'understudy/orders/master' },
    endpoints: [{ kind: 'parameter', role: 'writer', name: '/understudy/orders/writer' }],
  });
  const { kind, primary, members } = topologyIn(settings);
  expect({ kind, primary }).toStrictEqual({ kind: 'global', primary: 'paris' });
  expect(members[0]).toMatchObject({
    aws: { identifier: 'orders-paris' },
    instances: [{ identifier: 'orders-paris-a' }, { identifier: 'orders-paris-b' }],
  });
});

it('its names lead to the cluster that takes writes, and to the one of the Region', () => {
  expect(only(orders.stack('eu-west-1'), 'Custom::UnderstudyNames')).toMatchObject({
    Writer: { Identifier: 'orders-paris', Region: 'eu-west-3', IsCluster: 'true' },
    Reader: { Identifier: 'orders-dublin', Region: 'eu-west-1', IsCluster: 'true' },
  });
});

describe('what the code calls is what the roles may do, no more and no less', () => {
  // Lags are read by what the fleets have in common; the key is for a copy of an encrypted snapshot.
  const calls = sdkActions('lib/runbook/adapters/aws/aurora');
  const reads = [...calls.reads, 'cloudwatch:GetMetricData'].toSorted();
  const roles = [
    [orders, 'eu-west-1'],
    [shop, 'eu-west-1'],
    [till, 'eu-west-1'],
  ] as const;
  const own = (actions: readonly string[]): readonly string[] =>
    actions.filter((action) => !/^kms:(Decrypt|Gen)/.test(action));
  const union = (role: string): readonly string[] => [
    ...new Set(roles.flatMap(([world, region]) => own(world.allowed(region, role)))),
  ];

  it('over all kinds of clusters', () => {
    expect(union('RunbookPlanRole').toSorted()).toStrictEqual(reads);
    expect(union('RunbookWatchRole').toSorted()).toStrictEqual(reads);
    expect(union('RunbookPromoteRole').toSorted()).toStrictEqual([...reads, ...calls.writes].toSorted());
  });

  it('of a cluster that is alone, nothing that moves a global database', () => {
    const allowed = [
      ...shop.allowed('eu-west-1', 'RunbookPromoteRole'),
      ...till.allowed('eu-west-1', 'RunbookPromoteRole'),
    ];
    expect(allowed.filter((action) => action.includes('Global') || action.includes('Snapshot'))).toStrictEqual([
      'rds:DescribeDBClusterSnapshots',
      'rds:DescribeDBClusterSnapshots',
    ]);
  });

  it('nothing is deleted, and only the clusters of the topology are changed', () => {
    const { Statement } = policyOf(orders.stack('eu-west-1'), 'RunbookPromoteRole');
    const all = Statement.flatMap(({ Action }) => listOf(Action));
    expect(all.filter((action) => /Delete|StopDB/.test(action))).toStrictEqual([]);
    const move = Statement.find(({ Action }) => listOf(Action).includes('rds:SwitchoverGlobalCluster'));
    expect([...listOf(move?.Resource ?? [])].toSorted()).toStrictEqual([
      'arn:aws:rds::123456789012:global-cluster:orders',
      'arn:aws:rds:eu-west-1:123456789012:cluster:orders-dublin',
      'arn:aws:rds:eu-west-3:123456789012:cluster:orders-paris',
      'arn:aws:rds:us-east-2:123456789012:cluster:orders-ohio',
    ]);
  });
});

it.each([
  ['global', orders],
  ['cluster', shop],
  ['multi-az-cluster', till],
])('AWS Solutions find nothing in a runbook of a %s', (_, { app }) => {
  expect(nagFindings(app)).toStrictEqual([]);
});

it('a switchover changes the settings of the runbooks, and no resource of them', () => {
  const after = new World(afterPromotion(GLOBAL, 'dublin'));
  const idsIn = (world: World): readonly string[] =>
    Object.keys(Template.fromStack(world.stack('eu-west-1')).toJSON()['Resources'] as object)
      .filter((id) => id.startsWith('Runbook'))
      .toSorted();
  expect(idsIn(after)).toStrictEqual(idsIn(orders));
  expect(idsIn(orders).length).toBeGreaterThan(10);
});

it('does not fail over by itself', () => {
  expect(() => define({ ...GLOBAL, aws: { runbook: { automatic: 'eu-west-1' } } })).toThrow(/automatic-unsuited/);
});
