import type { RunbookEvent } from '../../../lib/runbook/contract';
import { USUAL_LIMITS } from '../../../lib/runbook/execution';
import { endState } from './_world/end-state';
import { intercepted } from './_world/intercepted';
import { killedAt, noting } from './_world/mishaps';
import { carried, invoke, isCrash } from './_world/runner';
import { sceneOf, type Scene, type SceneName } from './_world/scenes';

const STOP: RunbookEvent = { mode: 'abort', runId: 'R', reason: 'a mistake' };

/** The scene with a run whose runner was killed before the n-th call of that name. */
async function killedBefore(name: SceneName, call: string): Promise<Scene> {
  const whole = await sceneOf(name);
  const calls: string[] = [];
  await invoke(whole.world, whole.event, { ports: noting(whole.world.ports, calls) });
  const scene = await sceneOf(name);
  const ports = killedAt(scene.world.ports, { at: calls.indexOf(call) + 1, when: 'before' });
  await invoke(scene.world, scene.event, { holder: 'carl', ports }).catch((error: unknown) => {
    if (!isCrash(error)) throw error;
  });
  return scene;
}

const NOTHING = { writable: ['ada'], promotions: [], isFrozen: false, isFenced: false };

/** Where its runner was killed, and what becomes of it when somebody stops it. */
const STOPS: readonly (readonly [SceneName, string, object])[] = [
  ['switchover', 'history.record', { outcome: 'REFUSED', ...NOTHING }],
  ['switchover', 'freeze.next', { outcome: 'ABORTED', ...NOTHING }],
  ['switchover', 'freeze.do set-read-only', { outcome: 'ABORTED', ...NOTHING }],
  ['switchover', 'freeze.do restart', { outcome: 'ABORTED', ...NOTHING }],
  ['switchover', 'promote.next', { outcome: 'ABORTED', ...NOTHING }],
  ['switchover', 'ledger.append answer', { outcome: 'ABORTED', ...NOTHING }],
  ['switchover', 'ledger.append promoted', { outcome: 'DONE', writable: ['bab'], promotions: ['bab'] }],
  ['switchover', 'writer.point.do write', { outcome: 'DONE', writable: ['bab'], promotions: ['bab'] }],
  ['switchover', 'notifier.tell', { outcome: 'DONE', writable: ['bab'], promotions: ['bab'] }],
  ['partition', 'history.record', { outcome: 'REFUSED', ...NOTHING }],
  ['partition', 'fence.do quarantine', { outcome: 'NEEDS_OPERATOR', writable: ['ada'], promotions: [] }],
  ['partition', 'promote.next', { outcome: 'NEEDS_OPERATOR', writable: [], promotions: [], isFenced: true }],
  ['partition', 'restore.next', { outcome: 'DONE', writable: ['bab'], promotions: ['bab'] }],
];

test.each(STOPS)('a dead %s that stands before %s is brought to its end', async (name, call, end) => {
  const { world } = await killedBefore(name, call);
  await world.clock.wait(USUAL_LIMITS.leaseTtl);
  const result = await invoke(world, STOP, { holder: 'dora' });
  expect({ ...(await endState(world, result)) }).toMatchObject({ ...end, isOpen: false });
  expect(world.schisms).toStrictEqual([]);
});

test.each(STOPS)('a %s whose runner hears of it before %s ends the same', async (name, call, end) => {
  const { world, event } = await sceneOf(name);
  const answers: unknown[] = [];
  const ports = intercepted(world.ports, async (each, go) => {
    if (each === call && answers.length === 0) {
      answers.push(undefined);
      answers.push((await invoke(world, STOP, { holder: 'dora' })).next[0]);
    }
    return go();
  });
  const { result } = await carried(world, event, () => ({ ports }));
  expect(await endState(world, result)).toMatchObject({ ...end, isOpen: false });
  expect(answers[1]).toMatch(/^(anna|runner \d+) was told to stop run R\.$/);
  expect(world.schisms).toStrictEqual([]);
});

test('who works on it is told to stop; it says so, and why it ended', async () => {
  const { world, event } = await sceneOf('switchover');
  const told: unknown[] = [];
  const ports = intercepted(world.ports, async (call, go) => {
    if (call === 'promote.next') {
      const { outcome, next, resumeAfter } = await invoke(world, STOP, { holder: 'dora' });
      told.push({ outcome, next, resumeAfter });
    }
    return go();
  });
  const { outcome, next } = await invoke(world, event, { holder: 'carl', ports });
  expect(told).toStrictEqual([
    {
      outcome: 'IN_PROGRESS',
      next: [
        'carl was told to stop run R.',
        'carl works on it.',
        'The run is not over. To go on with it: {"mode":"switchover","reason":"a test","runId":"R"}',
        'To stop it before the promotion: {"mode":"abort","runId":"R","reason":"why it has to stop"}',
      ],
      resumeAfter: USUAL_LIMITS.leaseTtl,
    },
  ]);
  expect({ outcome, next }).toStrictEqual({
    outcome: 'ABORTED',
    next: ['An operator asked to stop.', 'ada takes writes again. Nothing was promoted.'],
  });
  // The end is the answer to who asks again.
  expect(await invoke(world, STOP)).toMatchObject({ outcome: 'ABORTED' });
});

test('refused: a run that nobody knows', async () => {
  const { world } = await sceneOf('switchover');
  const { outcome, findings, next } = await invoke(world, { ...STOP, runId: 'Q' });
  expect({ outcome, findings, next }).toStrictEqual({
    outcome: 'REFUSED',
    findings: [
      {
        ...{ id: 'no-such-run', severity: 'block', acceptance: 'none', accepted: false },
        problem: 'there is no run Q',
        fix: 'name the run that is to stop',
      },
    ],
    next: ['Nothing was changed: there is no run Q. To do: name the run that is to stop.'],
  });
});

test('refused: a run that lets a member write again', async () => {
  const { world } = await sceneOf('switchover');
  const ports = intercepted(world.ports, (call, go) =>
    call === 'unfence.next' ? Promise.reject(new Error('the runner was killed')) : go(),
  );
  const event: RunbookEvent = { mode: 'unfence', target: 'ada', reason: 'a test' };
  await expect(invoke(world, event, { ports, host: { newRunId: () => 'U' } })).rejects.toThrow('killed');
  const { findings } = await invoke(world, { ...STOP, runId: 'U' });
  expect(findings.map(({ id, problem, fix }) => ({ id, problem, fix }))).toStrictEqual([
    {
      ...{ id: 'cannot-stop', problem: 'run U lets a member take writes again' },
      fix: 'fence that member by a failover',
    },
  ]);
});

test('a run that ended while it was asked to stop tells its end', async () => {
  const { world, event } = await killedBefore('switchover', 'ledger.append ended');
  await world.clock.wait(USUAL_LIMITS.leaseTtl);
  const ports = intercepted(world.ports, async (call, go) => {
    if (call === 'ledger.askAbort') await invoke(world, event, { holder: 'emil' });
    return go();
  });
  expect(await invoke(world, STOP, { ports, holder: 'dora' })).toMatchObject({ outcome: 'DONE' });
});

test('a promoted target forbids to take anything back: two would take writes', async () => {
  const { world } = await killedBefore('switchover', 'promote.next');
  await world.clock.wait(USUAL_LIMITS.leaseTtl);
  // Somebody else, by hand.
  await world.cloud.promote('bab', 7);
  await world.clock.wait(60);
  const result = await invoke(world, STOP, { holder: 'dora' });
  expect(await endState(world, result)).toMatchObject({
    ...{ outcome: 'NEEDS_OPERATOR', writable: ['bab'], isFrozen: true },
  });
  expect(result.next).toStrictEqual([
    'An operator asked to stop.',
    'bab takes writes, and this run did not promote it: ada stays frozen.',
    'ada may still be frozen. This run promoted nobody. To let it take writes again: {"mode":"unfence","target":"ada","reason":"why it may write again"}',
  ]);
  expect(world.schisms).toStrictEqual([]);
});
