import {
  CopyDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  DescribeGlobalClustersCommand,
  FailoverDBClusterCommand,
  FailoverGlobalClusterCommand,
  ModifyDBClusterCommand,
  PromoteReadReplicaDBClusterCommand,
  RemoveFromGlobalClusterCommand,
  SwitchoverGlobalClusterCommand,
  type GlobalCluster,
} from '@aws-sdk/client-rds';
import { NO_CLUSTER_BACKEND } from '../../../lib/rehearsal/aurora/cluster-backend';
import { ABROAD, ACCOUNT, HOME, nameOf, refusalOf, setUp, tearDown, type Stage } from '../_helpers/stage';

const [PARIS, DUBLIN] = [HOME, ABROAD];
const CLUSTERS = {
  clusters: [
    {
      region: PARIS,
      id: 'orders-p',
      servers: [
        { id: 'p-a', tier: 0 },
        { id: 'p-b', tier: 1 },
      ],
    },
    {
      region: DUBLIN,
      id: 'orders-d',
      servers: [{ id: 'd-a', tier: 1 }],
      backupRetention: 1,
      deletionProtection: false,
    },
    { region: 'us-west-2', id: 'orders-o', servers: [] },
  ],
  global: { id: 'orders' },
};
const arn = (region: string, id: string): string => `arn:aws:rds:${region}:${ACCOUNT}:cluster:${id}`;
const TO_DUBLIN = { GlobalClusterIdentifier: 'orders', TargetDbClusterIdentifier: arn(DUBLIN, 'orders-d') };

let stage: Stage;
const isReached = { now: true };

beforeEach(async () => {
  isReached.now = true;
  const clusterBackend = { ...NO_CLUSTER_BACKEND, canReach: () => isReached.now };
  stage = await setUp({ instances: [], clusters: CLUSTERS, clusterBackend });
});
afterEach(tearDown);

const global = async (region = PARIS): Promise<GlobalCluster> => {
  const asked = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: 'orders' });
  return (await stage.client(region).send(asked)).GlobalClusters?.[0] ?? {};
};
/** Who follows how; the writer in capitals. */
const members = async (): Promise<readonly string[]> =>
  ((await global()).GlobalClusterMembers ?? []).map(({ DBClusterArn = '', IsWriter, SynchronizationStatus = '' }) =>
    IsWriter === true ? DBClusterArn.slice(-1).toUpperCase() : `${DBClusterArn.slice(-1)} ${SynchronizationStatus}`,
  );
const events = async (region: string): Promise<readonly (string | undefined)[]> =>
  ((await stage.client(region).send(new DescribeEventsCommand({ StartTime: new Date(0) }))).Events ?? []).map(
    ({ Message }) => Message,
  );
const failover = (): Promise<unknown> =>
  stage.client(DUBLIN).send(new FailoverGlobalClusterCommand({ ...TO_DUBLIN, AllowDataLoss: true }));

test('a cluster as it is told, with its servers', async () => {
  const { DBClusters } = await stage
    .client(PARIS)
    .send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'orders-p' }));
  expect(DBClusters).toMatchObject([
    {
      ...{ DBClusterIdentifier: 'orders-p', DBClusterArn: arn(PARIS, 'orders-p'), Status: 'available', Port: 5432 },
      ...{ BackupRetentionPeriod: 7, DeletionProtection: true },
      DBClusterMembers: [
        { DBInstanceIdentifier: 'p-a', IsClusterWriter: true, PromotionTier: 0 },
        { DBInstanceIdentifier: 'p-b', IsClusterWriter: false, PromotionTier: 1 },
      ],
    },
  ]);
  const Filters = [{ Name: 'db-cluster-id', Values: ['orders-p'] }];
  const { DBInstances } = await stage.client(PARIS).send(new DescribeDBInstancesCommand({ Filters }));
  expect(
    DBInstances?.map(({ DBInstanceIdentifier, DBInstanceStatus }) => [DBInstanceIdentifier, DBInstanceStatus]),
  ).toEqual([
    ['p-a', 'available'],
    ['p-b', 'available'],
  ]);
});

test('a secondary has readers alone, and one without servers none', async () => {
  const asked = new DescribeDBClustersCommand({ DBClusterIdentifier: 'orders-d' });
  const { DBClusters } = await stage.client(DUBLIN).send(asked);
  expect(DBClusters?.[0]?.DBClusterMembers).toMatchObject([{ DBInstanceIdentifier: 'd-a', IsClusterWriter: false }]);
  const headless = new DescribeDBClustersCommand({ DBClusterIdentifier: 'orders-o' });
  const found = await stage.client('us-west-2').send(headless);
  expect(found.DBClusters?.[0]?.DBClusterMembers ?? []).toEqual([]);
});

test('a cluster of another Region is not there', async () => {
  const asked = stage.client(DUBLIN).send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'orders-p' }));
  expect(await nameOf(asked)).toBe('DBClusterNotFoundFault');
});

test('a switchover: the fence first, then the writer, then the name', async () => {
  await stage.client(PARIS).send(new SwitchoverGlobalClusterCommand(TO_DUBLIN));
  expect((await global()).FailoverState).toEqual({
    ...{ Status: 'switching-over', IsDataLossAllowed: false },
    ...{ FromDbClusterArn: arn(PARIS, 'orders-p'), ToDbClusterArn: arn(DUBLIN, 'orders-d') },
  });
  stage.clock.advance(20);
  expect(await events(PARIS)).toEqual([
    `Attempt to block writes for DB cluster orders-p in Region ${PARIS} succeeded.`,
  ]);
  expect(await members()).toEqual(['P', 'd connected', 'o connected']);
  stage.clock.advance(40);
  expect(await members()).toEqual(['p connected', 'D', 'o connected']);
  expect(stage.cloud.clusters.global?.leadsTo).toBe('orders-p');
  stage.clock.advance(35);
  expect([(await global()).FailoverState, stage.cloud.clusters.global?.leadsTo]).toEqual([undefined, 'orders-d']);
  expect(await events(DUBLIN)).toEqual([
    'Aurora finished changing the DNS name that the global writer endpoint resolves to.',
  ]);
  expect(stage.cloud.clusters.snapshots).toEqual([]);
});

test('a failover: what the old primary has is kept before it is made anew, and a copy of that does not expire', async () => {
  await failover();
  stage.clock.advance(60);
  expect(await members()).toEqual(['p pending-resync', 'D', 'o connected']);
  stage.clock.advance(240);
  const asked = new DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: 'orders-p' });
  const { DBClusterSnapshots = [] } = await stage.client(PARIS).send(asked);
  expect(DBClusterSnapshots.map(({ DBClusterSnapshotIdentifier }) => DBClusterSnapshotIdentifier)).toEqual([
    'rds:unplanned-global-failover-orders-p-1',
  ]);
  const copy = new CopyDBClusterSnapshotCommand({
    SourceDBClusterSnapshotIdentifier: 'rds:unplanned-global-failover-orders-p-1',
    TargetDBClusterSnapshotIdentifier: 'kept',
  });
  await stage.client(PARIS).send(copy);
  expect(await nameOf(stage.client(PARIS).send(copy))).toBe('DBClusterSnapshotAlreadyExistsFault');
  stage.clock.advance(900);
  expect(await members()).toEqual(['p connected', 'D', 'o connected']);
});

test('a fence that times out is told where the old primary is, and one that reaches nobody where the new one is', async () => {
  stage.cloud.clusters.failFence();
  await failover();
  stage.clock.advance(2000);
  const timedOut = `Attempt to block writes for DB cluster orders-p in Region ${PARIS} timed out.`;
  expect((await events(PARIS))[0]).toBe(timedOut);
  isReached.now = false;
  const back = {
    GlobalClusterIdentifier: 'orders',
    TargetDbClusterIdentifier: arn(PARIS, 'orders-p'),
    AllowDataLoss: true,
  };
  await stage.client(PARIS).send(new FailoverGlobalClusterCommand(back));
  stage.clock.advance(3000);
  expect((await events(PARIS))[1]).toBe(
    `Attempt to block writes for DB cluster orders-d in Region ${DUBLIN} timed out.`,
  );
  // Nobody reaches it, so nobody makes it anew.
  expect(await members()).toEqual(['P', 'd pending-resync', 'o connected']);
  isReached.now = true;
  stage.clock.advance(1200);
  expect(await members()).toEqual(['P', 'd connected', 'o connected']);
});

test.each([
  ['to the primary itself', PARIS, { ...TO_DUBLIN, TargetDbClusterIdentifier: arn(PARIS, 'orders-p') }],
  ['to one without a server', PARIS, { ...TO_DUBLIN, TargetDbClusterIdentifier: arn('us-west-2', 'orders-o') }],
  ['called where the primary is not', DUBLIN, TO_DUBLIN],
])('a switchover %s is refused', async (_, region, input) => {
  expect(await refusalOf(stage.client(region).send(new SwitchoverGlobalClusterCommand(input)))).toEqual([
    'InvalidGlobalClusterStateFault',
    'The global cluster orders is in an invalid state for this action.',
    400,
  ]);
  expect(stage.cloud.clusters.global?.move).toBeUndefined();
});

test('a failover is asked for where the target is, with the word that data may be lost; and not twice', async () => {
  const { client } = stage;
  const bold = { ...TO_DUBLIN, AllowDataLoss: true };
  for (const [region, input] of [
    [PARIS, bold],
    [DUBLIN, TO_DUBLIN],
  ] as const) {
    const refused = await nameOf(client(region).send(new FailoverGlobalClusterCommand(input)));
    expect(refused).toBe('InvalidGlobalClusterStateFault');
  }
  await failover();
  expect(await nameOf(failover())).toBe('InvalidGlobalClusterStateFault');
});

test('a server is given to a cluster that had none, and it can take over then', async () => {
  stage.cloud.clusters.addServer('orders-o', 'o-a');
  stage.clock.advance(300);
  const target = { GlobalClusterIdentifier: 'orders', TargetDbClusterIdentifier: arn('us-west-2', 'orders-o') };
  await stage.client(PARIS).send(new SwitchoverGlobalClusterCommand(target));
  stage.clock.advance(60);
  expect(await members()).toEqual(['p connected', 'd connected', 'O']);
});

test('inside a cluster: failing over, then rebooting, then as before', async () => {
  const { clusters } = stage.cloud;
  const input = { DBClusterIdentifier: 'orders-p', TargetDBInstanceIdentifier: 'p-b' };
  await stage.client(PARIS).send(new FailoverDBClusterCommand(input));
  const again = stage.client(PARIS).send(new FailoverDBClusterCommand(input));
  expect(await nameOf(again)).toBe('InvalidDBClusterStateFault');
  const states: unknown[] = [];
  for (const seconds of [0, 15, 10, 60]) {
    stage.clock.advance(seconds);
    const { status, writer, servers } = clusters.cluster('orders-p');
    states.push([status, writer, ...servers.map((server) => server.status)]);
  }
  expect(states).toEqual([
    ['failing-over', 'p-a', 'available', 'available'],
    ['failing-over', 'p-b', 'rebooting', 'available'],
    ['available', 'p-b', 'rebooting', 'available'],
    ['available', 'p-b', 'available', 'available'],
  ]);
});

test('a cluster is changed at once, and is detached in a while', async () => {
  const { client, cloud } = stage;
  const change = {
    DBClusterIdentifier: 'orders-d',
    BackupRetentionPeriod: 7,
    DeletionProtection: true,
    ApplyImmediately: true,
  };
  await client(DUBLIN).send(new ModifyDBClusterCommand(change));
  expect(cloud.clusters.cluster('orders-d')).toMatchObject({ backupRetention: 7, deletionProtection: true });
  const detach = { GlobalClusterIdentifier: 'orders', DbClusterIdentifier: arn(DUBLIN, 'orders-d') };
  await client(DUBLIN).send(new RemoveFromGlobalClusterCommand(detach));
  expect(await nameOf(client(DUBLIN).send(new ModifyDBClusterCommand(change)))).toBe('InvalidDBClusterStateFault');
  stage.clock.advance(60);
  expect([await members(), cloud.clusters.cluster('orders-d').status]).toEqual([['P', 'o connected'], 'available']);
});

test('a cluster that follows another by binary log is promoted once, and follows nobody then', async () => {
  const [first, second] = CLUSTERS.clusters;
  if (first === undefined || second === undefined) throw new Error('no clusters');
  const { client, clock, cloud } = await setUp({
    instances: [],
    clusters: { clusters: [first, { ...second, follows: first.id }] },
  });
  const named = { DBClusterIdentifier: 'orders-d' };
  const look = async () => (await client(DUBLIN).send(new DescribeDBClustersCommand(named))).DBClusters?.[0];
  const promote = (id = 'orders-d', region = DUBLIN) =>
    client(region).send(new PromoteReadReplicaDBClusterCommand({ DBClusterIdentifier: id }));
  expect(await look()).toMatchObject({
    Status: 'available',
    ReplicationSourceIdentifier: arn(PARIS, 'orders-p'),
  });
  expect(await nameOf(promote('orders-p', PARIS))).toBe('InvalidDBClusterStateFault');
  await promote();
  expect(await look()).toMatchObject({ Status: 'promoting', ReplicationSourceIdentifier: arn(PARIS, 'orders-p') });
  expect(await nameOf(promote())).toBe('InvalidDBClusterStateFault');
  clock.advance(600);
  expect((await look())?.Status).toBe('available');
  expect(cloud.clusters.cluster('orders-d').source).toBeUndefined();
  expect(await nameOf(promote())).toBe('InvalidDBClusterStateFault');
});
