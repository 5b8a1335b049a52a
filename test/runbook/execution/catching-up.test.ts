import { intercepted } from './_world/intercepted';
import { carried } from './_world/runner';
import { sceneOf } from './_world/scenes';

test('who waits for the last writes is told how many are missing', async () => {
  const { world, event } = await sceneOf('switchover', { delays: { bab: 30 } });
  const waits: string[] = [];
  const host = { onWait: (title: string) => void waits.push(title) };
  const { result } = await carried(world, event, () => ({ host }));
  expect(result.outcome).toBe('DONE');
  expect(waits).toContainEqual(expect.stringMatching(/^bab to apply everything: [1-9]\d* bytes behind$/));
});

/** A switchover whose target is cut off from the moment that the primary is being frozen, and how long nobody could write. */
async function cutOff(seconds: number) {
  const { world, event } = await sceneOf('switchover');
  const bab = world.server('bab');
  let [silent, cutAt] = [0, Infinity];
  world.clock.everySecond((now) => {
    if (world.writable.length === 0) silent += 1;
    if (now >= cutAt + seconds) bab.isStreamCut = false;
  });
  const ports = intercepted(world.ports, async (call, go) => {
    if (call === 'freeze.do set-read-only') {
      [bab.isStreamCut, cutAt] = [true, world.clock.now()];
      // Clients write on, and it gets nothing of that.
      await world.clock.wait(3);
    }
    return go();
  });
  const { result } = await carried(world, event, () => ({ ports }));
  return { world, result, silent };
}

test('who waits for a target that nothing comes to gives up after 90 s, and the primary takes writes again', async () => {
  const { world, result, silent } = await cutOff(Infinity);
  expect({ outcome: result.outcome, writable: world.writable, silent }).toStrictEqual({
    ...{ outcome: 'ABORTED', writable: ['ada'], silent: 102 },
  });
  expect(result.next).toStrictEqual([
    'For 90 s bab has been connected to nobody, and has applied nothing: what ada has does not come.',
    'ada takes writes again. Nothing was promoted.',
  ]);
});

test('a target that is connected again within a minute is waited for', async () => {
  const { world, result, silent } = await cutOff(70);
  expect({ outcome: result.outcome, writable: world.writable, silent }).toStrictEqual({
    ...{ outcome: 'DONE', writable: ['bab'], silent: 110 },
  });
});

test('what the target had while the primary was seen to stand still is not asked for again until the promotion', async () => {
  const { world, event } = await sceneOf('switchover');
  const calls: string[] = [];
  const ports = intercepted(world.ports, (call, go) => {
    calls.push(call);
    return go();
  });
  const { result } = await carried(world, event, () => ({ ports }));
  expect(result.outcome).toBe('DONE');
  const between = calls.slice(calls.lastIndexOf('freeze.next'), calls.indexOf('promote.next'));
  // The primary, the target meanwhile, the primary again; then both.
  expect(between.filter((call) => call === 'probe.ask')).toHaveLength(5);
});
