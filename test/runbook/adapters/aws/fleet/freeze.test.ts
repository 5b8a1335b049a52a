import {
  DescribeDBParametersCommand,
  ModifyDBParameterGroupCommand,
  CreateDBParameterGroupCommand,
} from '@aws-sdk/client-rds';
import { tearDown } from '../../../../rehearsal/_helpers/stage';
import { INPUT, setUpFleet, SEEDS, tagsOf, TOPOLOGY, type Drive, type FleetStage } from '../_helpers/fleet-stage';
import type { Mishap } from '../../../../../lib/rehearsal';
import { normalise } from '../../../../../lib/topology/normalise';

afterEach(tearDown);

const freeze = (stage: FleetStage, options?: Parameters<FleetStage['drive']>[1]): Promise<Drive> =>
  stage.drive((fleet) => fleet.freeze(TOPOLOGY), options);
const unfreeze = (stage: FleetStage, options?: Parameters<FleetStage['drive']>[1]): Promise<Drive> =>
  stage.drive((fleet) => fleet.unfreeze(TOPOLOGY, 'ada'), options);

const STEPS = ['note-group', 'copy-group', 'set-read-only', 'give-group', 'reboot'];
const BACK = ['give-group', 'reboot', 'forget-group'];
const FROZEN = {
  kind: 'done',
  proof:
    'orders-ada in eu-west-1 was rebooted with parameter group orders-ada-freeze, in which default_transaction_read_only is 1',
};
const THAWED = {
  kind: 'done',
  proof: 'orders-ada in eu-west-1 has its parameter group default.postgres16, and no freeze is noted on it',
};
const IN_FREEZE = { parameterGroup: 'orders-ada-freeze', parameterStatus: 'in-sync', status: 'available' };
const AS_BEFORE = { parameterGroup: 'default.postgres16', parameterStatus: 'in-sync', status: 'available' };

test('a group of its own, read-only, and a reboot; nobody else has it', async () => {
  const stage = await setUpFleet();
  const { end, calls, seconds } = await freeze(stage, { isPunctual: true });
  expect(end).toEqual(FROZEN);
  expect(calls).toEqual(STEPS.map((step) => `${step} done`));
  expect(stage.find('orders-ada')).toMatchObject(IN_FREEZE);
  expect(tagsOf(stage.find('orders-ada'))['understudy:thawed-group']).toBe('default.postgres16');
  expect(stage.find('orders-bab').parameterGroup).toBe('default.postgres16');
  // 15 s until the group waits for its reboot, 60 s of that.
  expect(seconds).toBeGreaterThanOrEqual(75);
  expect(seconds).toBeLessThanOrEqual(79);
});

test('what the members share stays as it was, and is in the copy', async () => {
  const stage = await setUpFleet({ instances: SEEDS.map((seed) => ({ ...seed, parameterGroup: 'orders' })) });
  const shared = { DBParameterGroupName: 'orders' };
  const family = { DBParameterGroupFamily: 'postgres16', Description: 'Ours' };
  await stage.rds.send(new CreateDBParameterGroupCommand({ ...shared, ...family }));
  const Parameters = [{ ParameterName: 'work_mem', ParameterValue: '64', ApplyMethod: 'immediate' as const }];
  await stage.rds.send(new ModifyDBParameterGroupCommand({ ...shared, Parameters }));
  stage.clock.advance(60);

  expect((await freeze(stage)).end).toEqual(FROZEN);
  const valuesOf = async (DBParameterGroupName: string): Promise<unknown> => {
    const answer = await stage.rds.send(new DescribeDBParametersCommand({ DBParameterGroupName }));
    return answer.Parameters?.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]);
  };
  expect(await valuesOf('orders')).toEqual([['work_mem', '64']]);
  expect(await valuesOf('orders-ada-freeze')).toEqual([
    ['work_mem', '64'],
    ['default_transaction_read_only', '1'],
  ]);
  await unfreeze(stage);
  expect(stage.find('orders-ada').parameterGroup).toBe('orders');
});

test('MySQL and MariaDB are read_only; the others cannot be frozen', async () => {
  const mysql = await setUpFleet({
    instances: SEEDS.map((seed) => ({ ...seed, engine: 'mysql', engineVersion: '8.4.7' })),
  });
  const topology = normalise({ ...INPUT, engine: { name: 'mysql', version: '8.4.7' } });
  expect((await mysql.drive((fleet) => fleet.freeze(topology))).end).toEqual({
    kind: 'done',
    proof: 'orders-ada in eu-west-1 was rebooted with parameter group orders-ada-freeze, in which read_only is 1',
  });
  const oracle = { ...TOPOLOGY, engine: { name: 'oracle', edition: 'ee' } } as const;
  expect((await mysql.drive((fleet) => fleet.freeze(oracle))).end).toEqual({
    kind: 'stuck',
    problem:
      'ada runs oracle, which no parameter makes read-only; allowed: postgres, mysql, mariadb; stop its clients by hand, and use failover',
  });
});

const MISHAPS: readonly Mishap[] = [
  { kind: 'throttle' },
  { kind: 'timeout', effect: 'before', seconds: 5 },
  { kind: 'timeout', effect: 'after', seconds: 5 },
  { kind: 'reset', effect: 'after' },
];
const ACTIONS = [
  ...['AddTagsToResource', 'CreateDBParameterGroup', 'ModifyDBParameterGroup', 'ModifyDBInstance', 'RebootDBInstance'],
];

test.each(ACTIONS.flatMap((action) => MISHAPS.map((mishap) => [action, mishap] as const)))(
  '%s meets %p: it comes to the same end, and back',
  async (action, mishap) => {
    const stage = await setUpFleet({ faults: [{ action, mishap }] });
    expect((await freeze(stage)).end).toEqual(FROZEN);
    expect(stage.find('orders-ada')).toMatchObject(IN_FREEZE);
    stage.cloud.inject({ action, mishap });
    expect((await unfreeze(stage)).end).toEqual(THAWED);
    expect(stage.find('orders-ada')).toMatchObject(AS_BEFORE);
  },
);

const deaths = (steps: readonly string[]): readonly { call: number; isMade: boolean }[] =>
  steps.flatMap((_, call) => [true, false].map((isMade) => ({ call, isMade })));

test.each(deaths(STEPS))('a runner that died (%p): the next one freezes', async (crash) => {
  const stage = await setUpFleet();
  expect((await freeze(stage, { crash })).end).toEqual(FROZEN);
  expect(stage.find('orders-ada')).toMatchObject(IN_FREEZE);
});

test.each(deaths(BACK))('a runner that died (%p): the next one unfreezes', async (crash) => {
  const stage = await setUpFleet();
  await freeze(stage);
  expect((await unfreeze(stage, { crash })).end).toEqual(THAWED);
  expect(stage.find('orders-ada')).toMatchObject(AS_BEFORE);
});

test.each([0, 1, 3, 8, 16, 20, 40])('a freeze that was given up after %p s is taken back', async (limit) => {
  const stage = await setUpFleet();
  await freeze(stage, { limit });
  expect((await unfreeze(stage)).end).toEqual(THAWED);
  expect(stage.find('orders-ada')).toMatchObject(AS_BEFORE);
  expect(tagsOf(stage.find('orders-ada'))).toEqual({ 'understudy:quarantine': 'sg-quarantine-eu-west-1' });
});

test('unfreezing: the group of before, a reboot, and nothing is left to know', async () => {
  const stage = await setUpFleet();
  await freeze(stage);
  const { end, calls } = await unfreeze(stage);
  expect(end).toEqual(THAWED);
  expect(calls).toEqual(BACK.map((step) => `${step} done`));
});

test('what was never frozen is thawed already', async () => {
  const stage = await setUpFleet();
  expect(await unfreeze(stage)).toMatchObject({ end: THAWED, calls: [], seconds: 0 });
});

test('without the note, nobody knows the group of before', async () => {
  const stage = await setUpFleet({
    instances: SEEDS.map((seed) => ({ ...seed, parameterGroup: 'orders-ada-freeze' })),
  });
  expect((await unfreeze(stage)).end).toEqual({
    kind: 'stuck',
    problem:
      'orders-ada in eu-west-1 has parameter group orders-ada-freeze, and nothing says which it had before; give it that one by hand, and reboot it',
  });
});

test('a full disk is told', async () => {
  const stage = await setUpFleet();
  stage.cloud.fleet.setStatus('eu-west-1', 'orders-ada', 'storage-full');
  expect((await freeze(stage)).end).toEqual({
    kind: 'stuck',
    problem: 'orders-ada is storage-full, which does not end by itself; give it more storage, and run again',
  });
});

test('denied: no effect, and it ends before anything was changed', async () => {
  const stage = await setUpFleet({
    faults: [{ action: 'AddTagsToResource', mishap: { kind: 'access-denied' }, times: 9 }],
  });
  expect(await freeze(stage)).toMatchObject({
    end: { kind: 'failed', problem: 'note-group was refused twice' },
    calls: ['note-group refused', 'note-group refused'],
  });
});
