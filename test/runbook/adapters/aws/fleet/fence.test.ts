import { tearDown } from '../../../../rehearsal/_helpers/stage';
import { mutationsOf, setUpFleet, SEEDS, tagsOf, TOPOLOGY, type Drive, type FleetStage } from '../_helpers/fleet-stage';
import type { Mishap } from '../../../../../lib/rehearsal';

afterEach(tearDown);

const fence = (stage: FleetStage, options?: Parameters<FleetStage['drive']>[1]): Promise<Drive> =>
  stage.drive((fleet) => fleet.fence(TOPOLOGY), options);
const unfence = (stage: FleetStage, options?: Parameters<FleetStage['drive']>[1]): Promise<Drive> =>
  stage.drive((fleet) => fleet.unfence(TOPOLOGY, 'ada'), options);

/** Reboots that really were. */
const reboots = ({ cloud }: FleetStage): number =>
  cloud.mutations.filter(({ action, effect }) => action === 'RebootDBInstance' && effect).length;

const CALLS = ['note-security-groups', 'quarantine', 'reboot'];
const DONE = {
  kind: 'done',
  proof:
    'orders-ada in eu-west-1 has security group sg-quarantine-eu-west-1 alone, which is active, and was rebooted since',
};
const QUARANTINE = { securityGroups: ['sg-quarantine-eu-west-1'], securityGroupStatus: 'active', status: 'available' };

test('groups are noted, swapped, and all sessions ended', async () => {
  const stage = await setUpFleet();
  const { end, calls, seconds } = await fence(stage, { isPunctual: true });
  expect(end).toEqual(DONE);
  expect(calls).toEqual(CALLS.map((step) => `${step} done`));
  expect(stage.find('orders-ada')).toMatchObject(QUARANTINE);
  expect(tagsOf(stage.find('orders-ada'))['understudy:unfenced-groups']).toBe('sg-eu-west-1');
  expect(mutationsOf(stage.cloud)).toEqual([
    'AddTagsToResource made ok',
    'ModifyDBInstance made ok',
    'RebootDBInstance made ok',
  ]);
  // 15 s until the group is active, 60 s of the reboot.
  expect(seconds).toBeGreaterThanOrEqual(75);
  expect(seconds).toBeLessThanOrEqual(79);
});

const MISHAPS: readonly Mishap[] = [
  { kind: 'throttle' },
  { kind: 'timeout', effect: 'before', seconds: 5 },
  { kind: 'timeout', effect: 'after', seconds: 5 },
  { kind: 'reset', effect: 'after' },
  { kind: 'error', code: 'InternalFailure', message: 'Oops.', httpStatus: 500 },
];
const ACTIONS = ['AddTagsToResource', 'ModifyDBInstance', 'RebootDBInstance'];

test.each(ACTIONS.flatMap((action) => MISHAPS.map((mishap) => [action, mishap] as const)))(
  '%s meets %p: it comes to the same end',
  async (action, mishap) => {
    const stage = await setUpFleet({ faults: [{ action, mishap }] });
    expect((await fence(stage)).end).toEqual(DONE);
    expect(stage.find('orders-ada')).toMatchObject(QUARANTINE);
    expect(tagsOf(stage.find('orders-ada'))['understudy:unfenced-groups']).toBe('sg-eu-west-1');
    expect(reboots(stage)).toBeGreaterThan(0);
  },
);

test.each([0, 1, 2].flatMap((call) => [true, false].map((isMade) => ({ call, isMade }))))(
  'a runner that died (%p): the next one comes to the same end',
  async (crash) => {
    const stage = await setUpFleet();
    expect((await fence(stage, { crash })).end).toEqual(DONE);
    expect(stage.find('orders-ada')).toMatchObject(QUARANTINE);
    expect(reboots(stage)).toBeGreaterThan(0);
  },
);

test('another run finds it in quarantine: it only ends its sessions again', async () => {
  const stage = await setUpFleet();
  await fence(stage);
  expect((await fence(stage)).calls).toEqual(['reboot done']);
  expect(tagsOf(stage.find('orders-ada'))['understudy:unfenced-groups']).toBe('sg-eu-west-1');
});

test.each([
  ['stopped', "orders-ada in eu-west-1 is stopped, by RDS's own word"],
  [undefined, 'RDS has no orders-ada in eu-west-1 any more'],
])('%s: nothing is to be done', async (status, proof) => {
  const [ada] = SEEDS;
  const stage = await setUpFleet({ instances: ada && status !== undefined ? [{ ...ada, status }] : [] });
  expect(await fence(stage)).toMatchObject({ end: { kind: 'done', proof }, calls: [] });
});

test('without a tag nobody knows the quarantine group', async () => {
  const stage = await setUpFleet({ instances: SEEDS.map((seed) => ({ ...seed, tags: [] })) });
  expect((await fence(stage)).end).toEqual({
    kind: 'stuck',
    problem:
      'orders-ada in eu-west-1 has no tag understudy:quarantine; allowed: the id of a security group of its VPC that lets nobody in; ' +
      "fix: deploy the runbook's constructs, or make such a group and tag the instance with its id",
  });
});

test('a status in which RDS changes nothing is told', async () => {
  const stage = await setUpFleet();
  stage.cloud.fleet.setStatus('eu-west-1', 'orders-ada', 'failed');
  expect((await fence(stage)).end).toEqual({
    kind: 'stuck',
    problem:
      'orders-ada is failed, which does not end by itself; restore it from a backup: RDS cannot recover it; it cannot be fenced',
  });
});

test('what is busy is waited for', async () => {
  const stage = await setUpFleet();
  stage.cloud.fleet.backUp('eu-west-1', 'orders-ada', 100);
  expect(await stage.fleet().fence(TOPOLOGY).next([])).toEqual({
    kind: 'wait',
    title: 'orders-ada in eu-west-1 to take calls (backing-up)',
    seconds: 2,
  });
  expect((await fence(stage)).end).toEqual(DONE);
});

test('a Region that is silent is an error of the look, in bounded time', async () => {
  const stage = await setUpFleet({}, 0.3);
  stage.cloud.cut('eu-west-1');
  const began = Date.now();
  expect((await fence(stage)).end).toEqual({
    kind: 'failed',
    problem:
      'rds:DescribeDBInstances of orders-ada in eu-west-1 was not answered as it should be (TimeoutError: no answer within 0.3 s)',
  });
  expect(Date.now() - began).toBeLessThan(5000);
});

const RELEASED = {
  kind: 'done',
  proof:
    'orders-ada in eu-west-1 has its security groups sg-eu-west-1; orders-ada in eu-west-1 has its parameter group default.postgres16, ' +
    'and no freeze is noted on it',
};

test('unfencing gives the groups back, and forgets them', async () => {
  const stage = await setUpFleet();
  await fence(stage);
  const { end, calls } = await unfence(stage);
  expect(end).toEqual(RELEASED);
  expect(calls).toEqual(['release done', 'forget-security-groups done']);
  expect(stage.find('orders-ada')).toMatchObject({ securityGroups: ['sg-eu-west-1'], securityGroupStatus: 'active' });
  expect(tagsOf(stage.find('orders-ada'))).toEqual({ 'understudy:quarantine': 'sg-quarantine-eu-west-1' });
});

test.each([0, 1].flatMap((call) => [true, false].map((isMade) => ({ call, isMade }))))(
  'unfencing goes on after a runner died (%p)',
  async (crash) => {
    const stage = await setUpFleet();
    await fence(stage);
    expect((await unfence(stage, { crash })).end).toEqual(RELEASED);
  },
);

test('unfencing takes back a fence that was interrupted', async () => {
  const stage = await setUpFleet();
  await fence(stage, { limit: 3 });
  expect(tagsOf(stage.find('orders-ada'))['understudy:unfenced-groups']).toBe('sg-eu-west-1');
  expect((await unfence(stage)).end).toEqual(RELEASED);
});

test('unfencing takes back a freeze, too', async () => {
  const stage = await setUpFleet();
  await stage.drive((fleet) => fleet.freeze(TOPOLOGY));
  await fence(stage);
  expect((await unfence(stage)).end).toEqual(RELEASED);
  expect(stage.find('orders-ada')).toMatchObject({ parameterGroup: 'default.postgres16', parameterStatus: 'in-sync' });
});

test('what was never fenced is unfenced already; without the note nobody knows the groups', async () => {
  const stage = await setUpFleet();
  expect(await unfence(stage)).toMatchObject({ end: RELEASED, calls: [] });
  const [ada] = SEEDS;
  const other = await setUpFleet({
    instances: ada ? [{ ...ada, securityGroups: ['sg-quarantine-eu-west-1'] }] : [],
  });
  expect((await unfence(other)).end).toEqual({
    kind: 'stuck',
    problem:
      'orders-ada in eu-west-1 is in quarantine (sg-quarantine-eu-west-1), and nothing says which security groups it had before; ' +
      'give it those by hand',
  });
});
