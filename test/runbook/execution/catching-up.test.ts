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
