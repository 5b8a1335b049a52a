import fc from 'fast-check';
import { PATIENCE, runs } from '../../_proofs/_helpers/runs';
import { UnderstudyError } from '../../../lib/topology';
import type { RunbookEvent } from '../../../lib/runbook/contract';
import { endState } from './_world/end-state';
import { intercepted, isMutating } from './_world/intercepted';
import { failingAt, FAILURES, noting } from './_world/mishaps';
import { invoke } from './_world/runner';
import { ORDERS, RISK, sceneOf, type SceneName } from './_world/scenes';

const WISHES: readonly Partial<RunbookEvent>[] = [
  {},
  { target: 'cyd' },
  { target: 'zoe', expectedPrimary: 'bab' },
  { acceptDataLoss: 3600 },
  { acceptDataLoss: 3600, acceptSplitBrainRisk: RISK },
  { override: ['primary-unknown'] },
];

const scene = fc.constantFrom<SceneName>('switchover', 'partition', 'region lost');

test(
  'a plan makes no call that leaves anything behind, whatever it is asked and whatever fails',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        scene,
        fc.constantFrom(...WISHES),
        fc.constantFrom(...FAILURES),
        fc.integer({ min: 1, max: 40 }),
        async (name, wishes, failure, at) => {
          const { world } = await sceneOf(name, { topology: ORDERS });
          const calls: string[] = [];
          const before = [await endState(world, { outcome: 'DONE' }), await world.history.read()];
          const ports = noting(failingAt(world.ports, at, failure), calls);
          await invoke(world, { mode: 'plan', ...wishes }, { ports }).catch((error: unknown) => {
            if ((error as UnderstudyError).code !== 'mishap') throw error;
          });
          expect(calls.filter(isMutating)).toStrictEqual([]);
          expect(calls).toContain('ledger.standing');
          expect([await endState(world, { outcome: 'DONE' }), await world.history.read()]).toStrictEqual(before);
          expect(await world.ledger.standing()).toStrictEqual({});
          expect(world.notices).toStrictEqual([]);
        },
      ),
      runs(40),
    );
  },
  PATIENCE,
);

test('a plan can be asked for while a run is on its way, and tells what to type to do it', async () => {
  const { world } = await sceneOf('switchover');
  await world.ledger.take({ runId: 'R', holder: 'dora', ttl: 120, at: world.clock.now() });
  const { outcome, planHash = '', plan, next } = await invoke(world, { mode: 'plan', target: 'bab' });
  expect({ outcome, mode: plan?.mode, next }).toStrictEqual({
    ...{ outcome: 'DONE', mode: 'switchover' },
    next: [
      `Nothing was changed. To do it: {"target":"bab","mode":"switchover","reason":"why it has to be","approve":"${planHash}"}`,
    ],
  });
});

test.each<[SceneName, Partial<RunbookEvent>, string]>([
  ['switchover', {}, 'switchover'],
  ['switchover', { acceptDataLoss: 1 }, 'failover'],
  ['partition', {}, 'failover'],
  ['region lost', { acceptSplitBrainRisk: RISK }, 'failover'],
])('of a %s, asked with %j, the plan is one for a %s', async (name, wishes, mode) => {
  const { world } = await sceneOf(name);
  expect((await invoke(world, { mode: 'plan', ...wishes })).plan?.mode).toBe(mode);
});

test('a plan that cannot look is no answer at all', async () => {
  const { world } = await sceneOf('switchover');
  const ports = intercepted(world.ports, (call, go) =>
    call === 'fleet.look' ? Promise.reject(new UnderstudyError('denied', 'nobody may look')) : go(),
  );
  await expect(invoke(world, { mode: 'plan' }, { ports })).rejects.toThrow('nobody may look');
});
