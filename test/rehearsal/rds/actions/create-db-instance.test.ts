import { CreateDBInstanceCommand, type CreateDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { HOME, refusalOf, setUp, tearDown, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const create = ({ rds }: Stage, input: Partial<CreateDBInstanceCommandInput> = {}): Promise<unknown> =>
  rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'New-1',
      Engine: 'mysql',
      DBInstanceClass: 'db.m7g.large',
      ...input,
    }),
  );

test('creating, backing up, available', async () => {
  const stage = await setUp();
  await create(stage, {
    EngineVersion: '8.4.7',
    DBName: 'orders',
    MasterUsername: 'root',
    MasterUserPassword: 'secret',
  });
  const statuses: unknown[] = [(await stage.describe('new-1')).DBInstanceStatus];
  for (const seconds of [300, 60]) {
    stage.clock.advance(seconds);
    statuses.push((await stage.describe('new-1')).DBInstanceStatus);
  }
  expect(statuses).toEqual(['creating', 'backing-up', 'available']);
  expect(await stage.describe('new-1')).toMatchObject({
    Endpoint: { Port: 3306 },
    DBName: 'orders',
    MasterUsername: 'root',
    BackupRetentionPeriod: 1,
    DBParameterGroups: [{ DBParameterGroupName: 'default.mysql8.4' }],
  });
});

test('without backups there is no first one', async () => {
  const stage = await setUp();
  await create(stage, { BackupRetentionPeriod: 0 });
  stage.clock.advance(300);
  expect((await stage.describe('new-1')).DBInstanceStatus).toBe('available');
});

test('the same id may be in another Region', async () => {
  const stage = await setUp();
  await create(stage, { DBInstanceIdentifier: 'orders-c' });
  expect(stage.cloud.fleet.instances.filter(({ id }) => id === 'orders-c')).toHaveLength(2);
});

test.each([
  [{ DBInstanceIdentifier: 'orders-a' }, ['DBInstanceAlreadyExistsFault', 'DB instance already exists', 400]],
  [{ Engine: '' }, ['MissingParameter', 'The request must contain the parameter Engine', 400]],
  [
    { BackupRetentionPeriod: 36 },
    ['InvalidParameterValue', 'Invalid value 36 for BackupRetentionPeriod. Must be between 0 and 35', 400],
  ],
])('%p is refused', async (input, expected) => {
  const stage = await setUp();
  expect(await refusalOf(create(stage, input))).toEqual(expected);
  expect(stage.cloud.fleet.find(HOME, 'new-1')).toBeUndefined();
});
