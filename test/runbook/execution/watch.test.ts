import { UnderstudyError } from '../../../lib/topology';
import { USUAL_LIMITS, watch } from '../../../lib/runbook/execution';
import { intercepted } from './_world/intercepted';
import { invoke } from './_world/runner';
import { PAIR, sceneOf } from './_world/scenes';
import { DAWN, World } from './_world/world';

test('it remembers when who was alive, who answered, and where they are', async () => {
  const world = new World({ topology: PAIR });
  await world.clock.wait(10);
  const { members, stranded } = await watch(world.ports, PAIR);
  expect({ members, stranded }).toStrictEqual({
    members: [
      {
        ...{ id: 'ada', lastSeenAlive: DAWN + 10, lastReached: DAWN + 10 },
        address: { host: 'ada.eu-west-1.example', port: 5432 },
      },
      {
        ...{ id: 'bab', lastSeenAlive: DAWN + 10, lastReached: DAWN + 10 },
        address: { host: 'bab.eu-central-1.example', port: 5432 },
      },
    ],
    stranded: undefined,
  });
  expect(await world.history.read()).toStrictEqual(members);
});

test('of a primary that is silent it remembers what its replica last heard; its address stays', async () => {
  const world = new World({ topology: PAIR });
  await world.watched(1);
  await world.clock.wait(30);
  world.cutAll('eu-west-1');
  await world.clock.wait(20);
  await watch(world.ports, PAIR);
  const [ada] = await world.history.read();
  expect(ada).toStrictEqual({
    ...{ id: 'ada', lastSeenAlive: DAWN + 89, lastReached: DAWN },
    address: { host: 'ada.eu-west-1.example', port: 5432 },
  });
});

test('a frozen primary is not alive in the sense that counts: it could not take writes', async () => {
  const world = new World({ topology: PAIR });
  await world.watched(1);
  world.server('ada').isReadOnly = true;
  world.server('bab').isStreamCut = true;
  await world.clock.wait(100);
  await watch(world.ports, PAIR);
  const [ada] = await world.history.read();
  expect(ada?.lastReached).toBe(DAWN + 160);
  expect(ada?.lastSeenAlive).toBe(DAWN + 160);
});

test.each([
  [59, 0, false],
  [60, 1, true],
  [179, 1, true],
  [180, 0, true],
])('a run that nobody works on is told of: after %i s, %i times', async (seconds, times, isStranded) => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event, { life: 5 });
  await world.clock.wait(seconds);
  const { stranded } = await watch(world.ports, PAIR);
  expect(stranded).toBe(isStranded ? 'R' : undefined);
  expect(world.notices).toStrictEqual(
    Array.from({ length: times }, () => ({
      subject: 'orders: run R stands still',
      text: 'Nobody works on run R of orders, and it is not over: writes may stand still until it is. Go on with it, or stop it.',
    })),
  );
});

test('a run that somebody works on is not told of', async () => {
  const { world } = await sceneOf('switchover');
  await world.ledger.take({ runId: 'R', holder: 'dora', ttl: USUAL_LIMITS.leaseTtl, at: world.clock.now() });
  await world.clock.wait(USUAL_LIMITS.leaseTtl - 1);
  expect((await watch(world.ports, PAIR)).stranded).toBeUndefined();
  expect(world.notices).toStrictEqual([]);
});

test('nobody who can be told is no reason to stop watching', async () => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event, { life: 5 });
  await world.clock.wait(100);
  world.isMute = true;
  expect((await watch(world.ports, PAIR)).stranded).toBe('R');
});

test('what could not be kept is an error: nobody would know in time', async () => {
  const world = new World({ topology: PAIR });
  const ports = intercepted(world.ports, (call, go) =>
    call === 'history.record' ? Promise.reject(new UnderstudyError('denied', 'the table cannot be written')) : go(),
  );
  await expect(watch(ports, PAIR)).rejects.toThrow('the table cannot be written');
});

test('it looks at whoever is the primary since the last promotion', async () => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event);
  const { members } = await watch(world.ports, PAIR);
  expect(members.map(({ id }) => id)).toStrictEqual(['bab']);
});
