import { USUAL_LIMITS } from '../../../lib/runbook/execution';
import { noting } from './_world/mishaps';
import { carried, invoke } from './_world/runner';
import { sceneOf } from './_world/scenes';

test('before any run the program says who is the primary', async () => {
  const { world } = await sceneOf('switchover');
  const calls: string[] = [];
  expect(await invoke(world, { mode: 'status' }, { ports: noting(world.ports, calls) })).toStrictEqual({
    ...{ runId: 'none', outcome: 'DONE', phase: 'start', findings: [], candidates: [], timings: [] },
    next: ['ada is the primary. No run was ever begun.'],
  });
  expect(calls).toStrictEqual(['ledger.standing']);
});

test('of the run that is open it tells who works on it, and for how long at least', async () => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event, { life: 5, holder: 'carl' });
  const left = await invoke(world, { mode: 'status' });
  expect({ next: left.next.slice(0, 2), resumeAfter: left.resumeAfter, runId: left.runId }).toStrictEqual({
    next: ['Nobody works on run R.', 'ada is the primary.'],
    ...{ resumeAfter: 0, runId: 'R' },
  });
  await world.ledger.take({ runId: 'R', holder: 'dora', ttl: USUAL_LIMITS.leaseTtl, at: world.clock.now() });
  const held = await invoke(world, { mode: 'status', runId: 'R' });
  expect({ next: held.next.slice(0, 2), resumeAfter: held.resumeAfter, phase: held.phase }).toStrictEqual({
    next: ['dora works on run R.', 'ada is the primary.'],
    ...{ resumeAfter: USUAL_LIMITS.leaseTtl, phase: 'fence' },
  });
});

test('of a run that somebody works on it tells what is waited for, and how far that is', async () => {
  const { world, event } = await sceneOf('switchover', { delays: { bab: 30 } });
  const told: (string | undefined)[] = [];
  let looks: Promise<unknown> = Promise.resolve();
  const onWait = (): void => {
    looks = looks.then(async () => told.push((await invoke(world, { mode: 'status' })).waitingFor));
  };
  const { result } = await carried(world, event, () => ({ host: { onWait } }));
  await looks;
  expect(result).not.toHaveProperty('waitingFor');
  expect(told).toContainEqual(expect.stringMatching(/^bab to apply everything: [1-9]\d* bytes behind$/));
  expect((await invoke(world, { mode: 'status' })).waitingFor).toBeUndefined();
});

test('of a run that is over it tells the same as the run did, and who is the primary now', async () => {
  const { world, event } = await sceneOf('switchover');
  const told = await invoke(world, event);
  const status = await invoke(world, { mode: 'status' });
  expect(status).toStrictEqual({ ...told, next: ['bab is the primary.', ...told.next] });
  expect(await invoke(world, { mode: 'status', runId: 'R' })).toStrictEqual(status);
});

test('refused: a run that nobody knows', async () => {
  const { world } = await sceneOf('switchover');
  const { outcome, next } = await invoke(world, { mode: 'status', runId: 'Q' });
  expect({ outcome, next }).toStrictEqual({
    outcome: 'REFUSED',
    next: ['Nothing was changed: there is no run Q. To do: leave runId out for the newest.'],
  });
});
