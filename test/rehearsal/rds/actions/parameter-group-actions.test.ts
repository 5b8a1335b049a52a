import {
  CopyDBParameterGroupCommand,
  CreateDBParameterGroupCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  ModifyDBParameterGroupCommand,
  type Parameter,
} from '@aws-sdk/client-rds';
import { ABROAD, HOME, nameOf, refusalOf, setUp, tearDown, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const DBParameterGroupName = 'orders';
const READ_ONLY = { ParameterName: 'default_transaction_read_only', ParameterValue: '1' };
const create = ({ rds }: Stage): Promise<unknown> =>
  rds.send(
    new CreateDBParameterGroupCommand({
      DBParameterGroupName,
      DBParameterGroupFamily: 'postgres16',
      Description: 'Ours',
    }),
  );
const modify = ({ rds }: Stage, Parameters: Parameter[], name = DBParameterGroupName): Promise<unknown> =>
  rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName: name, Parameters }));

test('a group is made once, in its Region', async () => {
  const stage = await setUp();
  await create(stage);
  const { DBParameterGroups } = await stage.rds.send(new DescribeDBParameterGroupsCommand({}));
  expect(DBParameterGroups).toEqual([
    {
      DBParameterGroupName,
      DBParameterGroupFamily: 'postgres16',
      Description: 'Ours',
      DBParameterGroupArn: 'arn:aws:rds:eu-west-1:123456789012:pg:orders',
    },
  ]);
  expect(await refusalOf(create(stage))).toEqual([
    'DBParameterGroupAlreadyExistsFault',
    'Parameter group orders already exists',
    400,
  ]);
  const elsewhere = stage.client(ABROAD).send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName }));
  expect(await refusalOf(elsewhere)).toEqual([
    'DBParameterGroupNotFoundFault',
    'DBParameterGroup not found: orders',
    404,
  ]);
});

test.each([
  ['immediate', 'in-sync'],
  ['pending-reboot', 'pending-reboot'],
] as const)('a parameter that is %s: its users are applying, then %s', async (ApplyMethod, expected) => {
  const users = { region: HOME, parameterGroup: DBParameterGroupName };
  const stage = await setUp({
    instances: [
      { ...users, id: 'orders-a' },
      { region: HOME, id: 'other' },
    ],
  });
  await create(stage);
  await modify(stage, [{ ...READ_ONLY, ApplyMethod }]);
  const status = async (id: string): Promise<unknown> =>
    (await stage.describe(id)).DBParameterGroups?.[0]?.ParameterApplyStatus;

  expect([await status('orders-a'), await status('other')]).toEqual(['applying', 'in-sync']);
  stage.clock.advance(15);
  expect(await status('orders-a')).toBe(expected);
  const { Parameters } = await stage.rds.send(new DescribeDBParametersCommand({ DBParameterGroupName }));
  expect(Parameters).toEqual([{ ...READ_ONLY, ApplyMethod, Source: 'user' }]);
});

test('a default group is there and cannot be changed', async () => {
  const stage = await setUp();
  const name = 'default.postgres16';
  const look = new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name });
  expect((await stage.rds.send(look)).DBParameterGroups).toMatchObject([{ DBParameterGroupFamily: 'postgres16' }]);
  expect(await nameOf(modify(stage, [READ_ONLY], name))).toBe('InvalidParameterValue');
});

test.each([0, 21])('%p parameters at once are refused', async (count) => {
  const stage = await setUp();
  await create(stage);
  const many = Array.from({ length: count }, (_, at) => ({ ParameterName: `p${at}`, ParameterValue: '1' }));
  expect(await refusalOf(modify(stage, many))).toEqual([
    'InvalidParameterValue',
    'Between 1 and 20 parameters can be modified at once.',
    400,
  ]);
});

const copy = ({ rds }: Stage, from: string, to: string): Promise<unknown> =>
  rds.send(
    new CopyDBParameterGroupCommand({
      SourceDBParameterGroupIdentifier: from,
      TargetDBParameterGroupIdentifier: to,
      TargetDBParameterGroupDescription: 'A copy',
    }),
  );

test('a copy has the parameters of its source, and its own from then on', async () => {
  const stage = await setUp();
  await create(stage);
  await modify(stage, [READ_ONLY]);
  await copy(stage, 'orders', 'orders-copy');
  await modify(stage, [{ ParameterName: 'work_mem', ParameterValue: '1' }]);
  const { Parameters } = await stage.rds.send(
    new DescribeDBParametersCommand({ DBParameterGroupName: 'orders-copy', Source: 'user' }),
  );
  expect(Parameters).toEqual([{ ...READ_ONLY, ApplyMethod: 'pending-reboot', Source: 'user' }]);
  expect(await refusalOf(copy(stage, 'orders', 'orders-copy'))).toEqual([
    'DBParameterGroupAlreadyExistsFault',
    'Parameter group orders-copy already exists',
    400,
  ]);
});

test('what is not there, or a default group, is not copied', async () => {
  const stage = await setUp();
  expect(await nameOf(copy(stage, 'nothing', 'orders-copy'))).toBe('DBParameterGroupNotFoundFault');
  expect(await refusalOf(copy(stage, 'default.postgres16', 'orders-copy'))).toEqual([
    'InvalidParameterValue',
    'Cannot copy default parameter group: default.postgres16',
    400,
  ]);
});
