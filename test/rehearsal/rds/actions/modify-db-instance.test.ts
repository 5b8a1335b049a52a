import { ModifyDBInstanceCommand, type ModifyDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { HOME, refusalOf, setUp, tearDown, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const modify = ({ rds }: Stage, input: Partial<ModifyDBInstanceCommandInput>): Promise<unknown> =>
  rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: 'orders-a', ...input }));

async function statuses({ describe, clock }: Stage, waits: readonly number[], id = 'orders-a'): Promise<unknown[]> {
  const seen = [(await describe(id)).DBInstanceStatus];
  for (const seconds of waits) {
    clock.advance(seconds);
    seen.push((await describe(id)).DBInstanceStatus);
  }
  return seen;
}

test('security groups: at once, without a status, active after a while', async () => {
  const stage = await setUp();
  await modify(stage, { VpcSecurityGroupIds: ['sg-quarantine'] });
  const groups = async (): Promise<unknown> => (await stage.describe('orders-a')).VpcSecurityGroups;

  expect(await groups()).toEqual([{ VpcSecurityGroupId: 'sg-quarantine', Status: 'adding' }]);
  expect((await stage.describe('orders-a')).DBInstanceStatus).toBe('available');
  stage.clock.advance(15);
  expect(await groups()).toEqual([{ VpcSecurityGroupId: 'sg-quarantine', Status: 'active' }]);
});

test('deletion protection and what is only told back: at once', async () => {
  const stage = await setUp();
  await modify(stage, { DeletionProtection: true, CopyTagsToSnapshot: true });
  expect(await stage.describe('orders-a')).toMatchObject({ DeletionProtection: true, CopyTagsToSnapshot: true });
});

test('Multi-AZ waits for the window, or not', async () => {
  const stage = await setUp();
  await modify(stage, { MultiAZ: true });
  stage.clock.advance(10_000);
  expect(await stage.describe('orders-a')).toMatchObject({ MultiAZ: false, PendingModifiedValues: { MultiAZ: true } });

  // Whatever waits is applied with the next thing that does not.
  await modify(stage, { ApplyImmediately: true });
  expect(await statuses(stage, [5, 600])).toEqual(['available', 'modifying', 'available']);
  expect(await stage.describe('orders-a')).toMatchObject({ MultiAZ: true, PendingModifiedValues: {} });
});

test('what waits is forgotten when it is taken back', async () => {
  const stage = await setUp();
  await modify(stage, { MultiAZ: true });
  await modify(stage, { MultiAZ: false });
  expect((await stage.describe('orders-a')).PendingModifiedValues).toEqual({});
});

test('retention from days to days waits for nothing', async () => {
  const stage = await setUp();
  await modify(stage, { BackupRetentionPeriod: 14 });
  expect(await statuses(stage, [5, 30])).toEqual(['available', 'modifying', 'available']);
  expect((await stage.describe('orders-a')).BackupRetentionPeriod).toBe(14);
});

test('turning backups on makes the first one', async () => {
  const stage = await setUp();
  await modify(stage, { DBInstanceIdentifier: 'orders-b', BackupRetentionPeriod: 7, ApplyImmediately: true });
  const seen = await statuses(stage, [5, 30, 60], 'orders-b');
  expect(seen).toEqual(['available', 'modifying', 'backing-up', 'available']);
  expect((await stage.describe('orders-b')).BackupRetentionPeriod).toBe(7);
});

test('a parameter group is in effect after a restart', async () => {
  const stage = await setUp();
  const changed = new Map();
  stage.cloud.fleet.parameterGroups.put({
    region: HOME,
    name: 'frozen',
    family: 'postgres16',
    description: '',
    changed,
  });
  await modify(stage, { DBParameterGroupName: 'frozen' });
  const group = async (): Promise<unknown> => (await stage.describe('orders-a')).DBParameterGroups;

  expect(await group()).toEqual([{ DBParameterGroupName: 'frozen', ParameterApplyStatus: 'applying' }]);
  stage.clock.advance(15);
  expect(await group()).toEqual([{ DBParameterGroupName: 'frozen', ParameterApplyStatus: 'pending-reboot' }]);
});

test('what changes nothing does nothing', async () => {
  const stage = await setUp();
  const before = stage.cloud.fleet.instances;
  await modify(stage, { MultiAZ: false, BackupRetentionPeriod: 7, ApplyImmediately: true });
  expect(stage.cloud.fleet.instances).toEqual(before);
});

test.each([
  [
    { BackupRetentionPeriod: 0 },
    'InvalidParameterCombination',
    'Backup retention period cannot be 0 for a DB instance with read replicas.',
    400,
  ],
  [{ DBParameterGroupName: 'none' }, 'DBParameterGroupNotFoundFault', 'DBParameterGroup not found: none', 404],
  [{ DBInstanceIdentifier: 'nobody' }, 'DBInstanceNotFoundFault', 'DBInstance nobody not found.', 404],
  [
    { NewDBInstanceIdentifier: 'orders-z' },
    'NotImplemented',
    'The embedded cloud does not play NewDBInstanceIdentifier of ModifyDBInstance.',
    501,
  ],
])('%p is refused', async (input, ...expected) => {
  const stage = await setUp();
  const before = stage.cloud.fleet.instances;
  expect(await refusalOf(modify(stage, { DeletionProtection: true, ...input }))).toEqual(expected);
  expect(stage.cloud.fleet.instances).toEqual(before);
});

test('nothing is modified while something goes on', async () => {
  const stage = await setUp();
  stage.cloud.fleet.backUp(HOME, 'orders-a', 60);
  expect(await refusalOf(modify(stage, { DeletionProtection: true }))).toEqual([
    'InvalidDBInstanceStateFault',
    'Database instance is not in available state.',
    400,
  ]);
});

test('old replicas of PostgreSQL keep no backups', async () => {
  const instances = [
    { region: HOME, id: 'top', engineVersion: '13.9' },
    { region: HOME, id: 'orders-a', replicaOf: 'top' },
  ];
  expect(await refusalOf(modify(await setUp({ instances }), { BackupRetentionPeriod: 1 }))).toEqual([
    'InvalidDBInstanceStateFault',
    'DB Backups not supported on a read replica for engine postgres',
    400,
  ]);
});
