import { tearDown } from '../../../../rehearsal/_helpers/stage';
import {
  HOW,
  INPUT,
  mutationsOf,
  SEEDS,
  setUpFleet,
  TOPOLOGY,
  type Drive,
  type FleetStage,
} from '../_helpers/fleet-stage';
import type { Mishap } from '../../../../../lib/rehearsal';
import { normalise } from '../../../../../lib/topology/normalise';

afterEach(tearDown);

const PROMOTED = [{ region: 'eu-west-1', id: 'orders-bab', backupRetention: 7 }];
const restore = (stage: FleetStage, options?: Parameters<FleetStage['drive']>[1]): Promise<Drive> =>
  stage.drive((fleet) => fleet.restore(TOPOLOGY, 'bab'), options);
const DONE = {
  kind: 'done',
  proof: 'orders-bab in eu-west-1 keeps backups for 7 days, is protected from deletion, is being given a standby',
};

test('protection and the standby in one call; the standby is not waited for', async () => {
  const stage = await setUpFleet({ instances: PROMOTED });
  const { end, calls, seconds } = await restore(stage);
  expect(end).toEqual(DONE);
  expect(calls).toEqual(['restore done']);
  expect(seconds).toBe(0);
  expect(stage.cloud.mutations[0]?.parameters).toEqual({
    ...{ DBInstanceIdentifier: 'orders-bab', ApplyImmediately: 'true' },
    ...{ DeletionProtection: 'true', MultiAZ: 'true' },
  });
  stage.clock.advance(1000);
  expect(stage.find('orders-bab')).toMatchObject({ multiAz: true, deletionProtection: true });
  expect((await restore(stage)).end).toEqual({
    kind: 'done',
    proof: 'orders-bab in eu-west-1 keeps backups for 7 days, is protected from deletion, has a standby',
  });
});

test('backups that are missing come first', async () => {
  const stage = await setUpFleet({ instances: [{ region: 'eu-west-1', id: 'orders-bab', backupRetention: 0 }] });
  const { end, calls } = await restore(stage);
  expect(end).toEqual(DONE);
  expect(calls).toEqual(['restore-backups done', 'restore done']);
  expect(stage.find('orders-bab').backupRetention).toBe(7);
});

test('what the topology does not want is not asked for', async () => {
  const { ada, bab } = INPUT.members;
  const plain = normalise({
    ...INPUT,
    members: { ...(ada && { ada: { ...ada, standby: 'none' } }), ...(bab && { bab: { ...bab, retention: '0d' } }) },
    aws: { deletionProtection: false },
  });
  const stage = await setUpFleet({ instances: [{ region: 'eu-west-1', id: 'orders-bab', backupRetention: 14 }] });
  expect(await stage.drive((fleet) => fleet.restore(plain, 'bab'))).toMatchObject({
    // Its own retention is none, so the old primary's counts.
    end: { kind: 'done', proof: 'orders-bab in eu-west-1 keeps backups for 14 days' },
    calls: [],
  });
  const other = await setUpFleet({ instances: PROMOTED });
  expect((await other.drive((fleet) => fleet.restore(plain, 'bab'))).end).toEqual({
    kind: 'done',
    proof: 'orders-bab in eu-west-1 keeps backups for 14 days',
  });
});

test.each<readonly [Mishap, readonly string[]]>([
  [{ kind: 'throttle' }, ['restore not-taken', 'restore done']],
  [{ kind: 'timeout', effect: 'before', seconds: 5 }, ['restore unclear', 'restore done']],
  [{ kind: 'timeout', effect: 'after', seconds: 5 }, ['restore unclear']],
  [{ kind: 'reset', effect: 'after' }, ['restore unclear']],
])('the call meets %p: it comes to the same end', async (mishap, calls) => {
  const stage = await setUpFleet({ instances: PROMOTED, faults: [{ action: 'ModifyDBInstance', mishap }] });
  const drive = await restore(stage);
  expect(drive.end.kind).toBe('done');
  expect(drive.calls).toEqual(calls);
  stage.clock.advance(1000);
  expect(stage.find('orders-bab')).toMatchObject({ multiAz: true, deletionProtection: true });
  expect(stage.cloud.mutations.filter(({ effect }) => effect)).toHaveLength(1);
});

test.each([true, false])('a runner that died in the call (made: %p): the next one restores', async (isMade) => {
  const stage = await setUpFleet({ instances: PROMOTED });
  expect((await restore(stage, { crash: { call: 0, isMade } })).end.kind).toBe('done');
  stage.clock.advance(1000);
  expect(stage.find('orders-bab')).toMatchObject({ multiAz: true, deletionProtection: true });
});

test('what is busy is waited for, what is broken is told', async () => {
  const stage = await setUpFleet({ instances: PROMOTED });
  stage.cloud.fleet.backUp('eu-west-1', 'orders-bab', 30);
  expect((await restore(stage)).end).toEqual(DONE);
  const broken = await setUpFleet({ instances: [{ region: 'eu-west-1', id: 'orders-bab', status: 'storage-full' }] });
  expect((await restore(broken)).end).toEqual({
    kind: 'stuck',
    problem: 'orders-bab is storage-full, which does not end by itself; give it more storage, and run again',
  });
});

test('after a whole promotion, only protection and standby are missing', async () => {
  const stage = await setUpFleet({ instances: SEEDS });
  await stage.drive((fleet) => fleet.promote(TOPOLOGY, 'bab', HOW));
  await restore(stage);
  expect(mutationsOf(stage.cloud)).toEqual(['PromoteReadReplica made ok', 'ModifyDBInstance made ok']);
});
