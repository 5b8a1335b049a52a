import { DescribeDBInstancesCommand, paginateDescribeDBInstances } from '@aws-sdk/client-rds';
import { ABROAD, arnOf, HOME, refusalOf, setUp, tearDown } from '../../_helpers/stage';

afterEach(tearDown);

const find = (name: string, ...values: string[]): DescribeDBInstancesCommand =>
  new DescribeDBInstancesCommand({ Filters: [{ Name: name, Values: values }] });

test('a source, whole', async () => {
  const { describe } = await setUp();
  expect(await describe('orders-a')).toEqual({
    DBInstanceIdentifier: 'orders-a',
    DBInstanceArn: arnOf(HOME, 'orders-a'),
    DbiResourceId: 'db-00000000000000000000000001',
    DBInstanceClass: 'db.m7g.large',
    DBInstanceStatus: 'available',
    InstanceCreateTime: new Date('2030-01-01T00:00:00Z'),
    Engine: 'postgres',
    EngineVersion: '16.4',
    MasterUsername: 'understudy',
    Endpoint: {
      Address: 'orders-a.understudy.eu-west-1.rds.amazonaws.com',
      Port: 5432,
      HostedZoneId: 'Z00000000000000000000',
    },
    AllocatedStorage: 100,
    AvailabilityZone: 'eu-west-1a',
    DBSubnetGroup: { DBSubnetGroupName: 'default', SubnetGroupStatus: 'Complete' },
    BackupRetentionPeriod: 7,
    MultiAZ: false,
    DeletionProtection: false,
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-eu-west-1', Status: 'active' }],
    DBParameterGroups: [{ DBParameterGroupName: 'default.postgres16', ParameterApplyStatus: 'in-sync' }],
    ReadReplicaDBInstanceIdentifiers: ['orders-b', arnOf(ABROAD, 'orders-c')],
    StatusInfos: [],
    PendingModifiedValues: {},
    TagList: [],
  });
});

test('a replica names its source by id at home, by ARN abroad', async () => {
  const { describe } = await setUp();
  const StatusInfos = [{ StatusType: 'read replication', Normal: true, Status: 'replicating', Message: '' }];
  expect(await describe('orders-b')).toMatchObject({ ReadReplicaSourceDBInstanceIdentifier: 'orders-a', StatusInfos });
  expect(await describe('orders-c', ABROAD)).toMatchObject({
    ReadReplicaSourceDBInstanceIdentifier: arnOf(HOME, 'orders-a'),
    StatusInfos,
  });
});

test.each(['replicating', 'replication degraded', 'error', 'stopped', 'terminated'] as const)(
  'replication that is %s',
  async (status) => {
    const { describe, cloud } = await setUp();
    cloud.fleet.setReplication(HOME, 'orders-b', status, 'why <&>');
    const { StatusInfos } = await describe('orders-b');
    const Normal = status === 'replicating';
    expect(StatusInfos).toEqual([{ StatusType: 'read replication', Normal, Status: status, Message: 'why <&>' }]);
  },
);

test.each(['orders-a', 'ORDERS-A', arnOf(HOME, 'orders-a')])('%s is found', async (name) => {
  const { describe } = await setUp();
  expect(await describe(name)).toMatchObject({ DBInstanceIdentifier: 'orders-a' });
});

test.each([
  ['nobody', 'nobody'],
  ['orders-c', 'orders-c'],
  [arnOf(ABROAD, 'orders-c'), 'orders-c'],
])('%s is not there', async (name, id) => {
  const { describe } = await setUp();
  expect(await refusalOf(describe(name))).toEqual(['DBInstanceNotFoundFault', `DBInstance ${id} not found.`, 404]);
});

test.each([
  ['db-instance-id', ['orders-b', 'nobody'], ['orders-b']],
  ['db-instance-id', [arnOf(HOME, 'orders-a')], ['orders-a']],
  ['dbi-resource-id', ['db-00000000000000000000000002'], ['orders-b']],
  ['engine', ['mysql'], []],
  ['engine', ['postgres'], ['orders-a', 'orders-b']],
  ['db-cluster-id', ['orders'], []],
])('filter %s %p', async (name, values, ids) => {
  const { rds } = await setUp();
  const { DBInstances = [] } = await rds.send(find(name, ...values));
  expect(DBInstances.map((instance) => instance.DBInstanceIdentifier)).toEqual(ids);
});

test('pages: in order, each once, whatever is made or goes in between', async () => {
  const ids = Array.from({ length: 45 }, (_, at) => `member-${String(at).padStart(2, '0')}`);
  const instances = [...ids].reverse().map((id) => ({ region: HOME, id }));
  const { rds } = await setUp({ instances });
  const sizes: number[] = [];
  const seen: unknown[] = [];
  for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client: rds, pageSize: 20 }, {})) {
    sizes.push(DBInstances.length);
    seen.push(...DBInstances.map((instance) => instance.DBInstanceIdentifier));
  }
  expect(sizes).toEqual([20, 20, 5]);
  expect(seen).toEqual(ids);
});

test.each([
  [{ MaxRecords: 5 }, 'Invalid value 5 for MaxRecords. Must be between 20 and 100'],
  [{ MaxRecords: 101 }, 'Invalid value 101 for MaxRecords. Must be between 20 and 100'],
  [{ Marker: '???' }, 'The parameter Marker is not a valid marker.'],
  [{ Filters: [{ Name: 'colour', Values: ['blue'] }] }, 'Unrecognized filter name: colour'],
])('%p is refused', async (input, message) => {
  const { rds } = await setUp();
  expect(await refusalOf(rds.send(new DescribeDBInstancesCommand(input)))).toEqual([
    'InvalidParameterValue',
    message,
    400,
  ]);
});
