import { ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import type { InstanceSeed } from '../../../../../lib/rehearsal';
import type { FleetSighting } from '../../../../../lib/runbook/execution/ports';
import { HOME, tearDown } from '../../../../rehearsal/_helpers/stage';
import { SEEDS, setUpFleet, TOPOLOGY, type FleetStage } from '../_helpers/fleet-stage';

afterEach(tearDown);

const look = (stage: FleetStage): Promise<FleetSighting> => stage.fleet().look(TOPOLOGY);

/** Changes of single instances of the scene where all is well. */
const withChanges = (changes: Readonly<Record<string, Partial<InstanceSeed>>>): readonly InstanceSeed[] =>
  SEEDS.map((seed) => ({ ...seed, ...changes[seed.id] }));

const OBSTACLES: readonly (readonly [string, Readonly<Record<string, Partial<InstanceSeed>>>, string, string])[] = [
  [
    'no-quarantine',
    { 'orders-ada': { tags: [] } },
    'orders-ada in eu-west-1 has no tag understudy:quarantine, so an unplanned run cannot fence it',
    "tag it with the id of a security group that lets nobody in, or deploy the runbook's constructs",
  ],
  [
    'freeze-left',
    {
      'orders-ada': {
        tags: [
          { key: 'understudy:quarantine', value: 'sg' },
          { key: 'understudy:thawed-group', value: 'orders' },
        ],
      },
    },
    'a freeze of orders-ada in eu-west-1 was not taken back: its parameter group was orders',
    'resume the run that froze it, or unfence it',
  ],
  [
    'backup-window-near',
    { 'orders-bab': { backupRetention: 7, carried: { PreferredBackupWindow: '00:20-00:50' } } },
    'the backup window of orders-bab in eu-west-1 (00:20-00:50 UTC) opens in 20m, and RDS promotes nobody while it backs up',
    'promote before or after it, or move the window',
  ],
  [
    'backup-window-near',
    { 'orders-bab': { backupRetention: 7, carried: { PreferredBackupWindow: '23:50-00:20' } } },
    'the backup window of orders-bab in eu-west-1 (23:50-00:20 UTC) is open, and RDS promotes nobody while it backs up',
    'promote before or after it, or move the window',
  ],
  [
    'older-engine',
    { 'orders-bab': { engineVersion: '16.3' } },
    'orders-bab in eu-west-1 runs version 16.3, and the primary 16.4',
    'upgrade it first',
  ],
  [
    'storage-full',
    { 'orders-bab': { status: 'storage-full' } },
    'the storage of orders-bab in eu-west-1 is full',
    'give it more storage',
  ],
];

test.each(OBSTACLES)('%s', async (id, changes, problem, fix) => {
  const stage = await setUpFleet({ instances: withChanges(changes) });
  expect((await look(stage)).obstacles).toEqual([{ id, severity: 'warn', acceptance: 'none', problem, fix }]);
});

test('a window that is far, or without backups, is nothing to tell', async () => {
  const carried = { PreferredBackupWindow: '00:20-00:50' };
  const stage = await setUpFleet({
    instances: withChanges({
      'orders-bab': { backupRetention: 0, carried },
      'orders-cyd': { backupRetention: 7, carried: { PreferredBackupWindow: '00:31-01:01' } },
    }),
  });
  expect((await look(stage)).obstacles).toEqual([]);
});

test('what waits, and what is smaller, is told', async () => {
  const stage = await setUpFleet({ instances: withChanges({}) });
  const input = { DBInstanceIdentifier: 'orders-bab' };
  await stage.rds.send(
    new ModifyDBInstanceCommand({ ...input, DBInstanceClass: 'db.m7g.medium', ApplyImmediately: true }),
  );
  stage.clock.advance(60);
  await stage.rds.send(
    new ModifyDBInstanceCommand({ ...input, MultiAZ: true, DBParameterGroupName: 'default.postgres17' }),
  );
  stage.clock.advance(60);
  const { obstacles } = await look(stage);
  expect(obstacles.map(({ id, problem }) => [id, problem])).toEqual([
    ['pending-maintenance', 'changes of orders-bab in eu-west-1 wait for its maintenance window: MultiAZ'],
    ['smaller-class', "orders-bab in eu-west-1 is a db.m7g.medium, smaller than the primary's db.m7g.large"],
    [
      'settings-wait-for-reboot',
      'changes of default.postgres17 wait for a reboot of orders-bab in eu-west-1, which a promotion brings',
    ],
  ]);
});

test('a candidate with followers and without backups is told', async () => {
  const stage = await setUpFleet({
    instances: [...withChanges({}), { region: HOME, id: 'orders-dot', replicaOf: 'orders-bab' }],
  });
  expect((await look(stage)).obstacles.map(({ id, problem }) => [id, problem])).toEqual([
    ['backups-off', 'orders-bab in eu-west-1 keeps no backups, and orders-dot follow it'],
  ]);
});
