import { denyingFrom, failingAt, FAILURES, killedAt, noting, type Failure } from '../execution/_world/mishaps';
import {
  auroraScene,
  endOf,
  movesOf,
  placeNow,
  SCENES,
  type AuroraEnd,
  type AuroraSceneName,
} from './_aurora/aurora-scenes';

const IS_SOAK = process.env['SOAK'] !== undefined;

jest.setTimeout(IS_SOAK ? 3_600_000 : 120_000);

const NAMES = Object.keys(SCENES) as AuroraSceneName[];

/** At every how manyeth call something happens, and at the move itself: all of them under SOAK. */
const STRIDE = IS_SOAK ? 1 : 211;

/** A look that is denied from then on, however often. */
const FOR_GOOD = 'denied for good';

/** After these nobody knows whether the call has had its effect. */
const AMBIGUOUS: readonly Failure[] = ['lost on the way', 'answer lost'];

interface Undisturbed {
  readonly calls: readonly string[];
  readonly end: AuroraEnd;
  /** Which call is the move. */
  readonly move: number;
  /** The calls at which something happens. */
  readonly points: readonly number[];
}

const known = new Map<AuroraSceneName, Promise<Undisturbed>>();

/** Asked for by two tests, and the same each time. */
function usualRun(name: AuroraSceneName): Promise<Undisturbed> {
  const run = known.get(name) ?? undisturbed(name);
  known.set(name, run);
  return run;
}

/** The names of all calls of the run that nobody disturbs, and where the move is among them. */
async function undisturbed(name: AuroraSceneName): Promise<Undisturbed> {
  const calls: string[] = [];
  const { stage, mode, consent, after } = await auroraScene(name);
  const end = endOf(stage, await stage.carry(mode, consent, () => noting(stage.ports, calls)));
  expect(end).toMatchObject({ ...after, moves: 1 });
  const move = calls.findIndex((call) => call.startsWith('promote.do')) + 1;
  expect(move).toBeGreaterThan(10);
  const points = calls.map((_, index) => index + 1).filter((at) => at % STRIDE === 0 || at === move);
  return { calls, end, move, points };
}

test.each(NAMES)('a crash before or after a call of a %s, and a resumption, ends as the run without', async (name) => {
  const { calls, end: usual, move, points } = await usualRun(name);
  for (const at of points) {
    for (const when of ['before', 'after'] as const) {
      const { stage, mode, consent, before } = await auroraScene(name);
      const result = await stage.carry(mode, consent, (invocation) =>
        invocation === 1 ? killedAt(stage.ports, { at, when }) : stage.ports,
      );
      const end = endOf(stage, result);
      // The journal says that it is about to be called, and nobody can know whether it was: it is not called again.
      const isBetween = (at === move && when === 'before') || (at === move - 1 && when === 'after');
      const isUnknowable = isBetween && end.moves === 0;
      expect({ at, when, call: calls[at - 1], ...end }).toStrictEqual({
        ...{ at, when, call: calls[at - 1] },
        ...(isUnknowable ? { ...before, outcome: 'NEEDS_OPERATOR', moves: 0 } : usual),
      });
    }
  }
});

test.each(NAMES)('whichever call of a %s fails, the primary moves once or not at all', async (name) => {
  const { calls, points } = await usualRun(name);
  for (const at of points) {
    const call = calls[at - 1] ?? '';
    const once = IS_SOAK ? FAILURES : AMBIGUOUS;
    for (const failure of IS_SOAK && call.endsWith('.next') ? ([...once, FOR_GOOD] as const) : once) {
      const { stage, mode, consent, before, after } = await auroraScene(name);
      const ports = failure === FOR_GOOD ? denyingFrom(stage.ports, at) : failingAt(stage.ports, at, failure);
      const { outcome } = await stage.carry(mode, consent, (invocation) => (invocation === 1 ? ports : stage.ports));
      const { writer } = placeNow(stage);
      // What was called goes on, whoever looks.
      stage.cloud.clock.advance(600);
      const [moves, { primary }] = [movesOf(stage), placeNow(stage)];
      const isDone = ['DONE', 'DEGRADED'].includes(outcome);
      // Clients are never sent to who is not primary; and are sent there, where the run says that all is well.
      const places = [...(isDone ? [] : [before.writer]), ...(moves === 1 ? [after.writer] : [])];
      // Nobody is told that nothing was done after the call.
      const isTold = moves === 0 || isDone || outcome === 'NEEDS_OPERATOR';
      expect({ at, failure, call, moves, primary, isTold, isWell: places.includes(writer) }).toStrictEqual({
        ...{ at, failure, call, isTold: true, isWell: true },
        moves: isDone ? 1 : Math.min(moves, 1),
        primary: moves === 1 ? after.primary : before.primary,
      });
      if (failure !== 'denied' || moves === 0) continue;
      // A look that was denied once leaves no trace after the move.
      expect({ at, call, outcome: isDone }).toStrictEqual({ at, call, outcome: true });
    }
  }
});
