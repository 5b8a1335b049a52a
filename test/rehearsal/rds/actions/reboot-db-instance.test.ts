import { RebootDBInstanceCommand, type RebootDBInstanceCommandInput } from '@aws-sdk/client-rds';
import { HOME, nameOf, refusalOf, setUp, tearDown, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const reboot = ({ rds }: Stage, input: Partial<RebootDBInstanceCommandInput> = {}): Promise<unknown> =>
  rds.send(new RebootDBInstanceCommand({ DBInstanceIdentifier: 'orders-a', ...input }));

test('a restart, after which waiting parameters are in effect', async () => {
  const stage = await setUp();
  stage.cloud.fleet.change(stage.cloud.fleet.instance(HOME, 'orders-a'), { parameterStatus: 'pending-reboot' });
  await reboot(stage);
  expect(await stage.describe('orders-a')).toMatchObject({ DBInstanceStatus: 'rebooting' });
  stage.clock.advance(60);
  expect(await stage.describe('orders-a')).toMatchObject({
    DBInstanceStatus: 'available',
    DBParameterGroups: [{ ParameterApplyStatus: 'in-sync' }],
  });
});

test('one at a time', async () => {
  const stage = await setUp();
  await reboot(stage);
  expect(await refusalOf(reboot(stage))).toEqual([
    'InvalidDBInstanceStateFault',
    'Instance orders-a is not in available state.',
    400,
  ]);
});

test('with failover only where there is a standby', async () => {
  const stage = await setUp({
    instances: [
      { region: HOME, id: 'orders-a' },
      { region: HOME, id: 'ha', multiAz: true },
    ],
  });
  expect(await refusalOf(reboot(stage, { ForceFailover: true }))).toEqual([
    'InvalidParameterCombination',
    'ForceFailover cannot be specified since the instance is not configured for either MultiAZ or High Availability.',
    400,
  ]);
  expect(await nameOf(reboot(stage, { DBInstanceIdentifier: 'ha', ForceFailover: true }))).toBe('ok');
});
