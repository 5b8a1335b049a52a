import { UnderstudyError } from '../../../lib/topology';
import { carried, invoke } from './_world/runner';
import { ORDERS, sceneOf } from './_world/scenes';
import type { World } from './_world/world';

/** Whom the readers' name means after a switchover to bab, whom dot follows. @param looks what becomes of a look at dot alone */
async function readerAfter(
  prepare: (world: World) => void,
  { looks, delays = {} }: { looks?: () => never; delays?: Readonly<Record<string, number>> } = {},
): Promise<string> {
  const { world, event } = await sceneOf('switchover', { topology: ORDERS, delays });
  prepare(world);
  const { fleet } = world.ports;
  const look = fleet.look.bind(fleet);
  jest
    .spyOn(fleet, 'look')
    .mockImplementation((topology) =>
      looks !== undefined && topology.members.map(({ id }) => id).join() === 'dot' ? looks() : look(topology),
    );
  await carried(world, event);
  const { value } = world.endpoints.reader;
  return ORDERS.members.find(({ id }) => world.server(id).host === value)?.id ?? value;
}

test('readers are sent to who follows the new primary', async () => {
  expect(await readerAfter(() => undefined)).toBe('dot');
});

test('unless its replication is stopped: then the new primary has what they want', async () => {
  expect(await readerAfter((world) => (world.server('dot').isStreamCut = true))).toBe('bab');
});

test('or it is behind: readers would see what was before the promotion', async () => {
  expect(await readerAfter(() => undefined, { delays: { dot: 90 } })).toBe('bab');
});

test('nobody is held back because that cannot be told', async () => {
  const denied = (): never => {
    throw new UnderstudyError('aws-denied', 'nobody may look');
  };
  expect(await readerAfter(() => undefined, { looks: denied })).toBe('dot');
});

test('a host whose time ends while readers wait for a late follower leaves the rest to the next', async () => {
  const late = { topology: ORDERS, delays: { dot: 90 } };
  const first = await sceneOf('switchover', late);
  const { timings } = (await carried(first.world, first.event)).result;
  const before = timings.slice(
    0,
    timings.findIndex(({ phase }) => phase === 'repoint'),
  );
  const life = before.reduce((sum, { seconds }) => sum + seconds, 0) + 5;
  const { world, event } = await sceneOf('switchover', late);
  const { outcome, phase } = await invoke(world, event, { life });
  expect({ outcome, phase }).toStrictEqual({ outcome: 'IN_PROGRESS', phase: 'repoint' });
  expect((await carried(world, event)).result.outcome).toBe('DONE');
});
