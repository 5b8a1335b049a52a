import {
  DeleteDBInstanceCommand,
  ModifyDBInstanceCommand,
  PromoteReadReplicaCommand,
  RebootDBInstanceCommand,
  type DBInstance,
  type PromoteReadReplicaCommandInput,
} from '@aws-sdk/client-rds';
import { ABROAD, arnOf, HOME, nameOf, refusalOf, setUp, tearDown, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const promote = (stage: Stage, input: Partial<PromoteReadReplicaCommandInput> = {}): Promise<unknown> =>
  stage.rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'orders-b', ...input }));

const glance = (instance: DBInstance): readonly unknown[] => [
  instance.DBInstanceStatus,
  instance.ReadReplicaSourceDBInstanceIdentifier,
  instance.StatusInfos?.map(({ Status }) => Status).join() ?? '',
];

test('`available` lies, and the source is named to the end', async () => {
  const stage = await setUp();
  const seen: unknown[] = [];
  const look = async (): Promise<void> => void seen.push(glance(await stage.describe('orders-b')));

  await promote(stage);
  await look();
  // Linger, promotion, restart, first backup, and the source that is still named.
  for (const seconds of [44, 1, 135, 60, 60, 19, 1]) {
    stage.clock.advance(seconds);
    await look();
  }
  expect(seen).toEqual([
    ['available', 'orders-a', 'replicating'],
    ['available', 'orders-a', 'replicating'],
    ['modifying', 'orders-a', 'stopped'],
    ['rebooting', 'orders-a', ''],
    ['backing-up', 'orders-a', ''],
    ['available', 'orders-a', ''],
    ['available', 'orders-a', ''],
    ['available', undefined, ''],
  ]);
});

test('the source loses it, the endpoint and the groups stay, backups are on', async () => {
  const stage = await setUp();
  const before = await stage.describe('orders-b');
  await promote(stage);
  stage.clock.advance(1000);
  const after = await stage.describe('orders-b');

  expect((await stage.describe('orders-a')).ReadReplicaDBInstanceIdentifiers).toEqual([arnOf(ABROAD, 'orders-c')]);
  expect(after).toMatchObject({
    Endpoint: before.Endpoint,
    VpcSecurityGroups: before.VpcSecurityGroups,
    DBParameterGroups: before.DBParameterGroups,
    BackupRetentionPeriod: 1,
  });
});

test('what is asked for: retention and window', async () => {
  const stage = await setUp({ timetable: { firstBackup: 10 } });
  await promote(stage, { BackupRetentionPeriod: 14, PreferredBackupWindow: '03:00-03:30' });
  stage.clock.advance(1000);
  expect(await stage.describe('orders-b')).toMatchObject({
    BackupRetentionPeriod: 14,
    PreferredBackupWindow: '03:00-03:30',
  });
});

test('a replica that has backups keeps them and takes no first one', async () => {
  const stage = await setUp();
  stage.cloud.fleet.change(stage.cloud.fleet.instance(HOME, 'orders-b'), { backupRetention: 5 });
  await promote(stage);
  stage.clock.advance(45 + 135 + 60);
  expect(await stage.describe('orders-b')).toMatchObject({ DBInstanceStatus: 'available', BackupRetentionPeriod: 5 });
});

test('a promoted replica keeps its own replicas, and they their source', async () => {
  const instances = [
    { region: HOME, id: 'top' },
    { region: HOME, id: 'orders-b', replicaOf: 'top', backupRetention: 7 },
    { region: ABROAD, id: 'below', replicaOf: 'orders-b' },
  ];
  const stage = await setUp({ instances });
  await promote(stage);
  stage.clock.advance(1000);
  expect((await stage.describe('orders-b')).ReadReplicaDBInstanceIdentifiers).toEqual([arnOf(ABROAD, 'below')]);
  expect(glance(await stage.describe('below', ABROAD))).toEqual(['available', arnOf(HOME, 'orders-b'), 'replicating']);
});

const STATE = 'InvalidDBInstanceStateFault';
const BUSY = [STATE, 'DB Instance is not in an available state.', 400];

test('what is no replica cannot be promoted', async () => {
  const refusal = await refusalOf(promote(await setUp(), { DBInstanceIdentifier: 'orders-a' }));
  expect(refusal).toEqual([STATE, 'DB Instance is not a read replica.', 400]);
});

test.each(['backing-up', 'storage-full', 'rebooting', 'inaccessible-encryption-credentials'])(
  'nor what is %s',
  async (status) => {
    const stage = await setUp();
    stage.cloud.fleet.setStatus(HOME, 'orders-b', status);
    expect(await refusalOf(promote(stage))).toEqual(BUSY);
    expect((await stage.describe('orders-b')).DBInstanceStatus).toBe(status);
  },
);

test('a backup that is over is no obstacle', async () => {
  const stage = await setUp();
  stage.cloud.fleet.backUp(HOME, 'orders-b', 100);
  expect(await refusalOf(promote(stage))).toEqual(BUSY);
  stage.clock.advance(100);
  expect(await nameOf(promote(stage))).toBe('ok');
});

test('a second call is refused, and so is everything else, while `available` lies', async () => {
  const stage = await setUp();
  await promote(stage);
  const id = { DBInstanceIdentifier: 'orders-b' };
  expect(await refusalOf(promote(stage))).toEqual(BUSY);
  expect(await nameOf(stage.rds.send(new RebootDBInstanceCommand(id)))).toBe(STATE);
  expect(await nameOf(stage.rds.send(new ModifyDBInstanceCommand({ ...id, MultiAZ: true })))).toBe(STATE);
  stage.clock.advance(1000);
  expect(await refusalOf(promote(stage))).toEqual([STATE, 'DB Instance is not a read replica.', 400]);
});

test('without backups it cannot be a source', async () => {
  const instances = [
    { region: HOME, id: 'top' },
    { region: HOME, id: 'orders-b', replicaOf: 'top', backupRetention: 7 },
    { region: HOME, id: 'below', replicaOf: 'orders-b' },
  ];
  expect(await refusalOf(promote(await setUp({ instances }), { BackupRetentionPeriod: 0 }))).toEqual([
    'InvalidParameterCombination',
    'Backup retention period cannot be 0 for a DB instance with read replicas.',
    400,
  ]);
});

test('a promotion that is stuck', async () => {
  const stage = await setUp({ faults: [{ action: 'PromoteReadReplica', mishap: { kind: 'stuck' } }] });
  await promote(stage);
  stage.clock.advance(1_000_000);
  expect(glance(await stage.describe('orders-b'))).toEqual(['modifying', 'orders-a', 'stopped']);
});

test('stuck in a status of choice, and freed', async () => {
  const stage = await setUp({ faults: [{ mishap: { kind: 'stuck', status: 'rebooting' } }] });
  await promote(stage);
  stage.clock.advance(1_000_000);
  expect(glance(await stage.describe('orders-b'))).toEqual(['rebooting', 'orders-a', '']);
  stage.cloud.fleet.setStatus(HOME, 'orders-b', 'available');
  expect(glance(await stage.describe('orders-b'))).toEqual(['available', 'orders-a', '']);
});

test('a promotion that fails', async () => {
  const stage = await setUp({ faults: [{ mishap: { kind: 'fails', status: 'incompatible-network' } }] });
  await promote(stage);
  stage.clock.advance(45 + 135);
  expect(glance(await stage.describe('orders-b'))).toEqual(['incompatible-network', 'orders-a', 'stopped']);
});

test('a replica may be deleted while it is promoted', async () => {
  const stage = await setUp();
  await promote(stage);
  await stage.rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders-b', SkipFinalSnapshot: true }));
  stage.clock.advance(1000);
  expect(await nameOf(stage.describe('orders-b'))).toBe('DBInstanceNotFoundFault');
});
