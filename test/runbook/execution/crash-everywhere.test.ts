import fc from 'fast-check';
import { PATIENCE, runs } from '../../_proofs/_helpers/runs';
import { endState, missingOn, type EndState } from './_world/end-state';
import { killedAt, noting, type Kill } from './_world/mishaps';
import { carried } from './_world/runner';
import { sceneOf, type SceneName } from './_world/scenes';
import type { World } from './_world/world';

const SCENES: readonly SceneName[] = ['switchover', 'partition', 'region lost'];

interface Usual {
  readonly calls: readonly string[];
  readonly end: EndState;
}

/** The run that nobody disturbs. */
async function usual(name: SceneName): Promise<Usual> {
  const { world, event } = await sceneOf(name);
  const calls: string[] = [];
  const { result } = await carried(world, event, () => ({ ports: noting(world.ports, calls) }));
  return { calls, end: await endState(world, result) };
}

/** Runners that are killed, one after the other, and one that is not. */
async function killed(
  name: SceneName,
  kills: readonly Kill[],
): Promise<{ readonly end: EndState; readonly world: World }> {
  const { world, event } = await sceneOf(name);
  const { result } = await carried(world, event, (invocation) => {
    const kill = kills[invocation - 1];
    return kill === undefined ? {} : { ports: killedAt(world.ports, kill) };
  });
  return { end: await endState(world, result), world };
}

/**
 * The one place where a crash changes the end: the journal says that the promotion is about to be called, and nobody can know
 * whether it was. It is not called again, and a person has to look. The old primary stays as it is.
 */
function unknowable({ end: { endpoints, ...end } }: Usual, before: Usual['end']): EndState {
  return {
    ...end,
    ...before,
    endpoints: before.endpoints,
    isFrozen: end.isFrozen,
    isFenced: end.isFenced,
    isOpen: false,
  };
}

async function unknowableEnd(name: SceneName, known: Usual): Promise<EndState> {
  const { world } = await sceneOf(name);
  const before = await endState(world, { outcome: 'NEEDS_OPERATOR' });
  const isStopped = known.end.isFrozen || known.end.isFenced;
  return { ...unknowable(known, before), writable: isStopped ? [] : before.writable };
}

function checkSafe(name: SceneName, world: World): void {
  expect(world.cloud.promotions.length).toBeLessThanOrEqual(1);
  // Of a Region that cannot be fenced a person has taken the risk.
  if (name !== 'region lost') expect(world.schisms).toStrictEqual([]);
  if (name === 'switchover') expect(missingOn(world, world.cloud.promotions[0] ?? 'ada')).toStrictEqual([]);
}

let points = 0;

afterAll(() => {
  process.stdout.write(`crash everywhere: ${points} points of three runs\n`);
});

test.each(SCENES)(
  'a crash before or after any call of a %s, and a resumption, ends as the run without',
  async (name) => {
    const known = await usual(name);
    const gone = await unknowableEnd(name, known);
    const promotion = known.calls.indexOf('promote.do promote');
    for (let at = 1; at <= known.calls.length; at += 1) {
      for (const when of ['before', 'after'] as const) {
        points += 1;
        const { end, world } = await killed(name, [{ at, when }]);
        const isBetween = (at === promotion && when === 'after') || (at === promotion + 1 && when === 'before');
        expect({ at, when, call: known.calls[at - 1], ...end }).toStrictEqual({
          ...{ at, when, call: known.calls[at - 1] },
          ...(isBetween ? gone : known.end),
        });
        checkSafe(name, world);
      }
    }
    expect(known.end.outcome).toBe(name === 'region lost' ? 'DEGRADED' : 'DONE');
    expect(promotion).toBeGreaterThan(20);
  },
  60_000,
);

test(
  'two crashes in one run end as one does, or as none',
  async () => {
    const all = await Promise.all(SCENES.map(async (name) => ({ name, known: await usual(name) })));
    const kill = fc.record({ at: fc.integer({ min: 1, max: 230 }), when: fc.constantFrom('before', 'after') });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), kill, kill, async ({ name, known }, first, second) => {
        const { end, world } = await killed(name, [first, second]);
        const gone = await unknowableEnd(name, known);
        const rows = await world.ledger.rows('R');
        const isJournaled = rows.some((row) => row.type === 'attempt' && row.procedure === 'promote');
        const isUnknowable = isJournaled && world.cloud.promotions.length === 0;
        expect(end).toStrictEqual(isUnknowable ? gone : known.end);
        checkSafe(name, world);
      }),
      runs(40),
    );
  },
  PATIENCE,
);
