import { StartDBInstanceCommand, StopDBInstanceCommand } from '@aws-sdk/client-rds';
import { HOME, refusalOf, setUp, tearDown, TRIO, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const ALONE = { region: HOME, id: 'alone' };
const stop = ({ rds }: Stage, id: string): Promise<unknown> =>
  rds.send(new StopDBInstanceCommand({ DBInstanceIdentifier: id }));
const start = ({ rds }: Stage, id: string): Promise<unknown> =>
  rds.send(new StartDBInstanceCommand({ DBInstanceIdentifier: id }));

test('an instance alone stops and starts', async () => {
  const stage = await setUp({ instances: [ALONE] });
  const statuses: unknown[] = [];
  const look = async (): Promise<void> => void statuses.push((await stage.describe('alone')).DBInstanceStatus);
  await stop(stage, 'alone');
  await look();
  stage.clock.advance(120);
  await look();
  await start(stage, 'alone');
  await look();
  stage.clock.advance(180);
  await look();
  expect(statuses).toEqual(['stopping', 'stopped', 'starting', 'available']);
});

test.each([
  ['orders-a', 'Cannot stop orders-a: it has read replicas.'],
  ['orders-b', 'Cannot stop the read replica orders-b.'],
])('%s cannot be stopped: that is no fence', async (id, message) => {
  expect(await refusalOf(stop(await setUp({ instances: TRIO }), id))).toEqual([
    'InvalidDBInstanceStateFault',
    message,
    400,
  ]);
});

test('only what runs can be stopped, only what is stopped can be started', async () => {
  const stage = await setUp({ instances: [ALONE] });
  const state = 'InvalidDBInstanceStateFault';
  expect(await refusalOf(start(stage, 'alone'))).toEqual([state, 'Instance alone is not in stopped state.', 400]);
  await stop(stage, 'alone');
  expect(await refusalOf(stop(stage, 'alone'))).toEqual([state, 'Instance alone is not in available state.', 400]);
});
