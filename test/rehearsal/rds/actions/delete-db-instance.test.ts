import { DeleteDBInstanceCommand, type DeleteDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { ABROAD, arnOf, HOME, nameOf, refusalOf, setUp, tearDown, TRIO, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const remove = ({ rds }: Stage, input: Partial<DeleteDBInstanceCommandInput> = {}): Promise<unknown> =>
  rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders-a', SkipFinalSnapshot: true, ...input }));

test('PostgreSQL: replicas at home are promoted, those abroad are terminated', async () => {
  const stage = await setUp();
  await remove(stage);
  expect((await stage.describe('orders-a')).DBInstanceStatus).toBe('deleting');
  stage.clock.advance(1000);

  expect(await nameOf(stage.describe('orders-a'))).toBe('DBInstanceNotFoundFault');
  expect((await stage.describe('orders-b')).ReadReplicaSourceDBInstanceIdentifier).toBeUndefined();
  expect(await stage.describe('orders-c', ABROAD)).toMatchObject({
    DBInstanceStatus: 'available',
    ReadReplicaSourceDBInstanceIdentifier: arnOf(HOME, 'orders-a'),
    StatusInfos: [{ Status: 'terminated', Normal: false, Message: 'The source DB instance was deleted.' }],
  });
});

test('MySQL: all of them are promoted', async () => {
  const instances = TRIO.map((seed) => ({ ...seed, engine: 'mysql', engineVersion: '8.4.7' }));
  const stage = await setUp({ instances });
  await remove(stage);
  stage.clock.advance(1000);
  expect(stage.cloud.fleet.instances.map(({ id, source }) => [id, source])).toEqual([
    ['orders-b', undefined],
    ['orders-c', undefined],
  ]);
});

test('a replica in the middle of something is promoted after that', async () => {
  const stage = await setUp();
  stage.cloud.fleet.backUp(HOME, 'orders-b', 200);
  await remove(stage);
  stage.clock.advance(150);
  expect((await stage.describe('orders-b')).DBInstanceStatus).toBe('backing-up');
  stage.clock.advance(1000);
  expect((await stage.describe('orders-b')).ReadReplicaSourceDBInstanceIdentifier).toBeUndefined();
});

test('a replica is deleted, and its source loses it', async () => {
  const stage = await setUp();
  await remove(stage, { DBInstanceIdentifier: 'orders-b', SkipFinalSnapshot: false });
  stage.clock.advance(120);
  expect((await stage.describe('orders-a')).ReadReplicaDBInstanceIdentifiers).toEqual([arnOf(ABROAD, 'orders-c')]);
});

const COMBINATION = 'InvalidParameterCombination';
test.each([
  [
    { SkipFinalSnapshot: false },
    [COMBINATION, 'FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.', 400],
  ],
  [
    { DBInstanceIdentifier: 'orders-b', FinalDBSnapshotIdentifier: 'last' },
    [COMBINATION, 'FinalDBSnapshotIdentifier can not be specified when deleting a replica instance', 400],
  ],
  [
    { DBInstanceIdentifier: 'kept' },
    [COMBINATION, 'Cannot delete protected DB Instance, please disable deletion protection and try again.', 400],
  ],
  [{ DBInstanceIdentifier: 'nobody' }, ['DBInstanceNotFoundFault', 'DBInstance nobody not found.', 404]],
])('%p is refused', async (input, expected) => {
  const stage = await setUp({ instances: [...TRIO, { region: HOME, id: 'kept', deletionProtection: true }] });
  expect(await refusalOf(remove(stage, input))).toEqual(expected);
});

test('a deletion that fails leaves everything where it is', async () => {
  const stage = await setUp({ faults: [{ mishap: { kind: 'fails', status: 'failed' } }] });
  await remove(stage);
  stage.clock.advance(1000);
  expect((await stage.describe('orders-a')).DBInstanceStatus).toBe('failed');
  expect((await stage.describe('orders-b')).ReadReplicaSourceDBInstanceIdentifier).toBe('orders-a');
});

test('once is enough', async () => {
  const stage = await setUp();
  await remove(stage);
  expect(await refusalOf(remove(stage))).toEqual([
    'InvalidDBInstanceStateFault',
    'Instance orders-a is already being deleted.',
    400,
  ]);
});
