import {
  CreateDBParameterGroupCommand,
  DescribeDBParametersCommand,
  ModifyDBParameterGroupCommand,
  ResetDBParameterGroupCommand,
  type ResetDBParameterGroupCommandInput,
} from '@aws-sdk/client-rds';
import { HOME, refusalOf, setUp, tearDown, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const DBParameterGroupName = 'orders';
const parameter = (ParameterName: string) =>
  ({ ParameterName, ParameterValue: '1', ApplyMethod: 'immediate' }) as const;

/** A group with two parameters that were changed, and an instance that uses it. */
async function prepare(): Promise<Stage> {
  const stage = await setUp({ instances: [{ region: HOME, id: 'a', parameterGroup: DBParameterGroupName }] });
  const made = { DBParameterGroupName, DBParameterGroupFamily: 'postgres16', Description: 'Ours' };
  await stage.rds.send(new CreateDBParameterGroupCommand(made));
  const Parameters = [parameter('one'), parameter('two')];
  await stage.rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
  stage.clock.advance(60);
  return stage;
}

const reset = ({ rds }: Stage, input: Partial<ResetDBParameterGroupCommandInput>): Promise<unknown> =>
  rds.send(new ResetDBParameterGroupCommand({ DBParameterGroupName, ...input }));

async function left({ rds }: Stage, Source?: string): Promise<unknown> {
  const { Parameters = [] } = await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName, Source }));
  return Parameters.map(({ ParameterName }) => ParameterName);
}

test.each([
  [{ Parameters: [parameter('one')] }, ['two'], 'in-sync'],
  [{ Parameters: [{ ...parameter('one'), ApplyMethod: 'pending-reboot' as const }] }, ['two'], 'pending-reboot'],
  [{ ResetAllParameters: true }, [], 'pending-reboot'],
])('%j', async (input, names, status) => {
  const stage = await prepare();
  await reset(stage, input);
  expect(await left(stage)).toEqual(names);
  expect(stage.cloud.fleet.instance(HOME, 'a').parameterStatus).toBe('applying');
  stage.clock.advance(15);
  expect(stage.cloud.fleet.instance(HOME, 'a').parameterStatus).toBe(status);
});

test('parameters that nobody changed are none that a user has', async () => {
  const stage = await prepare();
  expect([await left(stage, 'user'), await left(stage, 'engine-default')]).toEqual([['one', 'two'], []]);
});

test.each<[Partial<ResetDBParameterGroupCommandInput>, readonly [string, string, number]]>([
  [
    { ResetAllParameters: true, Parameters: [parameter('one')] },
    ['InvalidParameterCombination', 'Parameters cannot be named where all of them are reset.', 400],
  ],
  [{ ResetAllParameters: false }, ['InvalidParameterValue', 'Between 1 and 20 parameters can be reset at once.', 400]],
  [{ DBParameterGroupName: 'nobodys' }, ['DBParameterGroupNotFoundFault', 'DBParameterGroup not found: nobodys', 404]],
  [
    { DBParameterGroupName: 'default.postgres16' },
    [
      'InvalidParameterValue',
      'The parameter DBParameterGroupName is not a valid identifier. default.postgres16 cannot be modified',
      400,
    ],
  ],
])('%j is refused', async (input, expected) => {
  const stage = await prepare();
  expect(await refusalOf(reset(stage, input))).toEqual(expected);
  expect(await left(stage)).toEqual(['one', 'two']);
});
