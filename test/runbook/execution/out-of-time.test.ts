import fc from 'fast-check';
import { PATIENCE, runs } from '../../_proofs/_helpers/runs';
import { endState, type EndState } from './_world/end-state';
import { carried, invoke } from './_world/runner';
import { sceneOf, type SceneName } from './_world/scenes';

async function usual(name: SceneName): Promise<EndState> {
  const { world, event } = await sceneOf(name);
  const { result } = await carried(world, event);
  return endState(world, result);
}

test('a host with a few seconds to live says that the run is on its way, where, and that it can be called at once', async () => {
  const { world, event } = await sceneOf('switchover');
  const { outcome, phase, runId, next, resumeAfter } = await invoke(world, event, { life: 5 });
  expect({ outcome, phase, runId, next, resumeAfter }).toStrictEqual({
    ...{ outcome: 'IN_PROGRESS', phase: 'fence', runId: 'R', resumeAfter: 0 },
    next: [
      "Interrupted in fence: the host's time is over.",
      'The run is not over. To go on with it: {"mode":"switchover","reason":"a test","runId":"R"}',
      'To stop it before the promotion: {"mode":"abort","runId":"R","reason":"why it has to stop"}',
    ],
  });
  const { open } = await world.ledger.standing();
  expect(open?.until).toBe(world.clock.now());
});

test.each<SceneName>(['switchover', 'partition'])(
  'called again and again by hosts of a few seconds, a %s ends as by one that lives on',
  async (name) => {
    const wanted = await usual(name);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 3, max: 60 }), { minLength: 1, maxLength: 20 }), async (lives) => {
        const { world, event } = await sceneOf(name);
        const { result, invocations } = await carried(world, event, (invocation) => ({
          life: lives[invocation % lives.length] ?? 3,
        }));
        expect(await endState(world, result)).toStrictEqual(wanted);
        expect(invocations).toBeGreaterThan(1);
        expect(world.schisms).toStrictEqual([]);
      }),
      runs(15),
    );
  },
  PATIENCE,
);

test('a plan that is not finished cannot be gone on with: it is made anew', async () => {
  const { world } = await sceneOf('partition');
  const answer = await invoke(world, { mode: 'plan', target: 'bab', acceptDataLoss: 3600 }, { life: 1 });
  expect({ outcome: answer.outcome, next: answer.next }).toStrictEqual({
    outcome: 'IN_PROGRESS',
    next: [
      "Interrupted in observe: the host's time is over.",
      'The plan was not finished. To make it anew: {"mode":"plan","target":"bab","acceptDataLoss":3600}',
    ],
  });
  expect(await world.ledger.standing()).toStrictEqual({});
});
