import fc from 'fast-check';
import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import { isUnderstudyError } from '../../../lib/topology';
import { PATIENCE, runs } from '../../_proofs/_helpers/runs';
import { late, scheduled, sleeping, type Seen } from '../execution/_world/scheduled';
import { auroraScene, movesOf, placeNow, type AuroraSceneName } from './_aurora/aurora-scenes';

type Scene = Awaited<ReturnType<typeof auroraScene>>;

interface Telling {
  readonly name: AuroraSceneName;
  readonly scheduler: fc.Scheduler;
  readonly runIds: readonly string[];
  /** All runners sleep for longer than a lease lives: after so many turns of somebody, and so many more. */
  readonly sleeps: readonly number[];
  /** How often a runner asks that is told to come again. */
  readonly patience: number;
}

interface Story {
  readonly scene: Scene;
  readonly event: RunbookEvent;
  readonly seen: readonly Seen[];
  /** One for each runner; undefined: the cloud could not be looked at. */
  readonly answers: readonly (RunbookResult | undefined)[];
}

/** Runners at once, each with its own run or all with the same. */
async function told({ name, scheduler, runIds, sleeps, patience }: Telling): Promise<Story> {
  const scene = await auroraScene(name);
  const { stage, mode, consent } = scene;
  const { planHash: approve = '' } = await stage.ask({ mode: 'plan', ...consent });
  const event: RunbookEvent = { mode, reason: 'a test', approve, ...consent };
  const seen: Seen[] = [];
  const { clock } = stage.cloud;
  const advanceTo = (instant: number): void => clock.advance(Math.max(0, instant - clock.now() / 1000));
  const shared = { ports: stage.ports, advanceTo };
  const answers = runIds.map(async (runId, index) => {
    const runner = `runner ${index + 1}`;
    for (let asked = 1; ; asked += 1) {
      const ports = scheduled(scheduler, shared, runner, seen);
      const answer = await orUndefined(stage.ask({ ...event, runId }, { holder: `${runner}, call ${asked}` }, ports));
      if ((answer !== undefined && answer.outcome !== 'IN_PROGRESS') || asked >= patience) return answer;
      await ports.clock.wait(answer?.resumeAfter ?? 15);
    }
  });
  const [all] = await scheduler.waitFor(Promise.all([Promise.all(answers), sleeping(scheduler, shared, sleeps)]));
  return { scene, event, seen, answers: all };
}

/** A cluster whose writer moves has none for a moment, and whoever looks then is told to come again. */
async function orUndefined(answer: Promise<RunbookResult>): Promise<RunbookResult | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!isUnderstudyError(error) || error.family !== 'retryable') throw error;
    return undefined;
  }
}

/** Whoever is left goes on, until no run is open. */
async function finished({ scene: { stage }, event }: Story): Promise<RunbookResult | undefined> {
  let last: RunbookResult | undefined;
  for (let invocation = 1; invocation <= 60; invocation += 1) {
    const { open } = await stage.ports.ledger.standing();
    if (open === undefined) return last;
    last = await orUndefined(stage.ask({ ...event, runId: open.runId }, { holder: `later ${invocation}` }));
    await stage.ports.clock.wait(last?.resumeAfter ?? 15);
  }
  throw new Error('after 60 invocations a run is still open');
}

/** Aurora is asked at most once, and clients are sent nowhere but to who is primary. */
function checkSafe({ scene: { stage, before, after }, seen }: Story): void {
  const moves = movesOf(stage);
  expect(moves).toBeLessThanOrEqual(1);
  const { writer } = placeNow(stage);
  expect(moves === 0 ? [before.writer] : [before.writer, after.writer]).toContain(writer);
  for (const runner of ['runner 1', 'runner 2', 'runner 3']) expect(late(seen, runner).length).toBeLessThanOrEqual(1);
  // What was asked goes on, whoever looks.
  stage.cloud.clock.advance(600);
  expect(placeNow(stage).primary).toBe(moves === 0 ? before.primary : after.primary);
}

const scene = fc.constantFrom<AuroraSceneName>('switchover', 'failover', 'move inside');
const naps = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });

test(
  'of two runners with one run on Aurora one works, and the other says who does',
  async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.scheduler(), async (name, scheduler) => {
        const story = await told({ name, scheduler, runIds: ['R', 'R'], sleeps: [], patience: 1 });
        const outcomes = story.answers.map((answer) => answer?.outcome);
        expect(outcomes.some((outcome) => outcome === 'DONE' || outcome === 'DEGRADED')).toBe(true);
        const held = story.answers.flatMap((answer) =>
          answer?.outcome === 'IN_PROGRESS' ? [answer.next[0] ?? ''] : [],
        );
        expect(held.filter((said) => !/^runner \d, call 1 works on it\.$/.test(said))).toStrictEqual([]);
        expect(movesOf(story.scene.stage)).toBe(1);
        expect(placeNow(story.scene.stage)).toStrictEqual(story.scene.after);
        checkSafe(story);
      }),
      runs(2),
    );
  },
  PATIENCE,
);

test(
  'whose lease is lost in the middle of a move of Aurora changes nothing more, and the move is asked for once',
  async () => {
    let takenOver = 0;
    await fc.assert(
      fc.asyncProperty(scene, fc.scheduler(), naps, async (name, scheduler, sleeps) => {
        const story = await told({ name, scheduler, runIds: ['R', 'R', 'R'], sleeps, patience: 5 });
        takenOver += story.seen.filter(({ call }) => call === 'took the lease').length > 1 ? 1 : 0;
        await finished(story);
        checkSafe(story);
      }),
      runs(4),
    );
    expect(takenOver).toBeGreaterThan(0);
  },
  PATIENCE,
);

test(
  'of two runs on Aurora one moves the primary, whoever sleeps meanwhile, and neither is in the way of the next',
  async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.scheduler(), fc.oneof(fc.constant([]), naps), async (name, scheduler, sleeps) => {
        const story = await told({ name, scheduler, runIds: ['R', 'S'], sleeps, patience: 5 });
        await finished(story);
        checkSafe(story);
        if (sleeps.length > 0) return;
        const outcomes = story.answers.map((answer) => answer?.outcome ?? 'not looked at');
        expect(movesOf(story.scene.stage)).toBe(1);
        expect(outcomes.filter((outcome) => outcome === 'DONE' || outcome === 'DEGRADED')).toHaveLength(1);
        expect(outcomes).toContain('REFUSED');
      }),
      runs(3),
    );
  },
  PATIENCE,
);
