import type { InstanceSeed, Mishap } from '../../../../../lib/rehearsal';
import { ABROAD, arnOf, HOME, tearDown } from '../../../../rehearsal/_helpers/stage';
import { HOW, SEEDS, setUpFleet, tagsOf, TOPOLOGY, type Drive, type FleetStage } from '../_helpers/fleet-stage';

afterEach(tearDown);

/** cyd was promoted, in the other Region; ada is as a fence leaves it. */
const AFTER: readonly InstanceSeed[] = [
  {
    ...{ region: HOME, id: 'orders-ada', deletionProtection: true, securityGroups: ['sg-quarantine-eu-west-1'] },
    tags: [
      { key: 'understudy:quarantine', value: 'sg-quarantine-eu-west-1' },
      { key: 'understudy:unfenced-groups', value: 'sg-eu-west-1' },
    ],
  },
  { region: HOME, id: 'orders-bab', replicaOf: 'orders-ada' },
  { region: ABROAD, id: 'orders-cyd', tags: [{ key: 'understudy:quarantine', value: 'sg-quarantine-us-east-1' }] },
];

const rebuild = (stage: FleetStage, options?: Parameters<FleetStage['drive']>[1]): Promise<Drive> =>
  stage.drive((fleet) => fleet.rebuild(TOPOLOGY, 'cyd', HOW), options);
const DONE = { kind: 'done', proof: 'orders-cyd-2 in eu-west-1 replicates from orders-cyd in us-east-1' };
const CREATIONS = ({ cloud }: FleetStage): number =>
  cloud.mutations.filter(({ action, effect }) => action === 'CreateDBInstanceReadReplica' && effect).length;

test('a replica in the Region of the old primary, which is marked as to be kept', async () => {
  const stage = await setUpFleet({ instances: AFTER });
  const { end, calls, seconds } = await rebuild(stage, { isPunctual: true });
  expect(end).toEqual(DONE);
  expect(calls).toEqual(['create-replica done', 'hold done']);
  const replica = stage.find('orders-cyd-2');
  expect(replica).toMatchObject({
    ...{ source: arnOf(ABROAD, 'orders-cyd'), instanceClass: 'db.m7g.large', subnetGroup: 'default' },
    ...{ securityGroups: ['sg-eu-west-1'], deletionProtection: true },
  });
  expect(tagsOf(replica)).toEqual({
    'understudy:topology': 'orders',
    'understudy:member': 'cyd-2',
    'understudy:quarantine': 'sg-quarantine-eu-west-1',
  });
  expect(tagsOf(stage.find('orders-ada'))['understudy:forensic-hold']).toBe('2030-01-01T00:00:00.000Z');
  // 900 s of creation.
  expect(seconds).toBeGreaterThanOrEqual(900);
  expect(seconds).toBeLessThanOrEqual(915);
});

test('an old primary that was only frozen goes into quarantine', async () => {
  const [ada, bab, cyd] = SEEDS;
  const stage = await setUpFleet({ instances: [ada, bab, { ...cyd, replicaOf: undefined }] as InstanceSeed[] });
  expect(await rebuild(stage)).toMatchObject({
    end: DONE,
    calls: ['create-replica done', 'hold done', 'note-security-groups done', 'quarantine done'],
  });
  expect(stage.find('orders-ada').securityGroups).toEqual(['sg-quarantine-eu-west-1']);
  expect(tagsOf(stage.find('orders-ada'))['understudy:unfenced-groups']).toBe('sg-eu-west-1');
  expect(stage.find('orders-cyd-2').securityGroups).toEqual(['sg-eu-west-1']);
});

describe('whose fence was never proven', () => {
  const unproven = (stage: FleetStage): Promise<Drive> =>
    stage.drive((fleet) => fleet.rebuild(TOPOLOGY, 'cyd', { ...HOW, isFenced: false }));
  const [ada, bab, cyd] = SEEDS;
  const back = [ada, bab, { ...cyd, replicaOf: undefined }] as InstanceSeed[];

  test('an old primary that has come back loses its sessions, too', async () => {
    const stage = await setUpFleet({ instances: back });
    const { end, calls } = await unproven(stage);
    expect(end).toEqual(DONE);
    expect(calls).toEqual([
      ...['create-replica done', 'hold done', 'note-security-groups done', 'quarantine done', 'end-sessions done'],
    ]);
    const reboots = stage.cloud.mutations.filter(({ action }) => action === 'RebootDBInstance');
    expect(reboots.map(({ resource }) => resource)).toEqual(['orders-ada']);
  });

  test('one that is in quarantine, too: whoever put it there may not have ended them', async () => {
    const { calls } = await unproven(await setUpFleet({ instances: AFTER }));
    expect(calls).toEqual(['create-replica done', 'hold done', 'end-sessions done']);
  });

  test('a reboot that is refused is told', async () => {
    const stage = await setUpFleet({
      instances: AFTER,
      faults: [{ action: 'RebootDBInstance', mishap: { kind: 'access-denied' }, times: 9 }],
    });
    const { end } = await unproven(stage);
    expect(end).toEqual({
      kind: 'stuck',
      problem:
        'orders-cyd-2 replicates; but who had a session on orders-ada in eu-west-1 may still write there (available); reboot it',
    });
  });
});

test('who follows the new primary already is enough', async () => {
  const stage = await setUpFleet({
    instances: [...AFTER, { region: ABROAD, id: 'orders-dot', replicaOf: 'orders-cyd' }],
  });
  expect(await rebuild(stage)).toMatchObject({
    end: { kind: 'done', proof: 'orders-dot in us-east-1 replicates from orders-cyd in us-east-1' },
    calls: ['hold done'],
  });
});

test('a Region that is lost: the replica beside the new primary; what is missing is told at the end', async () => {
  const stage = await setUpFleet({ instances: AFTER });
  stage.cloud.cut(HOME, 'reset');
  const { end, calls } = await rebuild(stage);
  expect(calls).toEqual(['create-replica done']);
  expect(end).toEqual({
    kind: 'stuck',
    problem:
      'orders-cyd-2 replicates; but orders-ada in eu-west-1 could not be marked as to be kept (rds:DescribeDBInstances of orders-ada in ' +
      'eu-west-1 was not answered as it should be (ECONNRESET: read ECONNRESET)); when its Region answers, tag it with ' +
      'understudy:forensic-hold, and see that nobody reaches it',
  });
  expect(stage.find('orders-cyd-2', ABROAD)).toMatchObject({
    source: arnOf(ABROAD, 'orders-cyd'),
    securityGroups: ['sg-us-east-1'],
  });
  expect(tagsOf(stage.find('orders-cyd-2', ABROAD))['understudy:quarantine']).toBe('sg-quarantine-us-east-1');
});

test('an old primary that is gone cannot be kept', async () => {
  const stage = await setUpFleet({ instances: AFTER.slice(2) });
  expect((await rebuild(stage)).end).toEqual({
    kind: 'done',
    proof: 'orders-cyd-2 in us-east-1 replicates from orders-cyd in us-east-1',
  });
});

test('encrypted: with the key of the Region; MySQL: with the group of before its freeze', async () => {
  const stage = await setUpFleet({
    instances: [
      {
        ...AFTER[0],
        ...{
          region: HOME,
          id: 'orders-ada',
          engine: 'mysql',
          engineVersion: '8.4.7',
          parameterGroup: 'orders-ada-freeze',
        },
        tags: [...(AFTER[0]?.tags ?? []), { key: 'understudy:thawed-group', value: 'default.mysql8.4' }],
        carried: { StorageEncrypted: 'true', KmsKeyId: 'key-of-eu-west-1' },
      },
      {
        ...{ region: ABROAD, id: 'orders-cyd', engine: 'mysql', engineVersion: '8.4.7' },
        carried: { StorageEncrypted: 'true', KmsKeyId: 'key-of-us-east-1' },
      },
    ],
  });
  const topology = { ...TOPOLOGY, engine: { name: 'mysql', version: '8.4.7' } } as const;
  expect((await stage.drive((fleet) => fleet.rebuild(topology, 'cyd', HOW))).end).toEqual(DONE);
  expect(stage.find('orders-cyd-2')).toMatchObject({ parameterGroup: 'default.mysql8.4' });
  expect(stage.find('orders-cyd-2').carried['KmsKeyId']).toBe('key-of-eu-west-1');
});

test('a name that is taken by somebody else is passed over', async () => {
  const stage = await setUpFleet({ instances: [...AFTER, { region: HOME, id: 'orders-cyd-2' }] });
  expect((await rebuild(stage)).end).toEqual({
    kind: 'done',
    proof: 'orders-cyd-3 in eu-west-1 replicates from orders-cyd in us-east-1',
  });
});

test.each<Mishap>([
  { kind: 'throttle' },
  { kind: 'timeout', effect: 'before', seconds: 5 },
  { kind: 'timeout', effect: 'after', seconds: 5 },
  { kind: 'reset', effect: 'after' },
])('the creation meets %p: one replica is made', async (mishap) => {
  const stage = await setUpFleet({ instances: AFTER, faults: [{ action: 'CreateDBInstanceReadReplica', mishap }] });
  expect((await rebuild(stage)).end).toEqual(DONE);
  expect(CREATIONS(stage)).toBe(1);
});

test.each([0, 1].flatMap((call) => [true, false].map((isMade) => ({ call, isMade }))))(
  'a runner that died (%p): the next one makes one replica, and marks',
  async (crash) => {
    const stage = await setUpFleet({ instances: AFTER });
    expect((await rebuild(stage, { crash })).end).toEqual(DONE);
    expect(CREATIONS(stage)).toBe(1);
    expect(tagsOf(stage.find('orders-ada'))).toHaveProperty('understudy:forensic-hold');
  },
);

test('marks that are refused do not stop the replica', async () => {
  const stage = await setUpFleet({
    instances: AFTER,
    faults: [{ action: 'AddTagsToResource', mishap: { kind: 'access-denied' }, times: 9 }],
  });
  const { end, calls } = await rebuild(stage);
  expect(calls).toEqual(['create-replica done', 'hold refused']);
  expect(end).toEqual({
    kind: 'stuck',
    problem:
      'orders-cyd-2 replicates; but orders-ada in eu-west-1 has no tag understudy:forensic-hold; add it, and nobody deletes what only it has',
  });
});

test('a replica that fails is told', async () => {
  const stage = await setUpFleet({
    instances: AFTER,
    faults: [{ action: 'CreateDBInstanceReadReplica', mishap: { kind: 'fails', status: 'failed' } }],
  });
  expect((await rebuild(stage)).end).toEqual({
    kind: 'stuck',
    problem:
      'nobody replicates from the new primary: orders-cyd-2 is failed, which does not end by itself; restore it from a backup: RDS cannot recover it',
  });
});

test('a new primary that is busy is waited for; without backups it has no replicas', async () => {
  const stage = await setUpFleet({ instances: AFTER });
  stage.cloud.fleet.backUp(ABROAD, 'orders-cyd', 60);
  expect((await rebuild(stage)).end).toEqual(DONE);
  const bare = await setUpFleet({ instances: [{ region: ABROAD, id: 'orders-cyd', backupRetention: 0 }] });
  expect((await rebuild(bare)).end).toEqual({
    kind: 'stuck',
    problem: 'orders-cyd in us-east-1 keeps no backups, so RDS makes no replica of it; turn them on, and run again',
  });
});
