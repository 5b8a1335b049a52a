import fc from 'fast-check';
import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import { PATIENCE, runs } from '../../_proofs/_helpers/runs';
import { missingOn } from './_world/end-state';
import { carried, invoke } from './_world/runner';
import { sceneOf, type SceneName } from './_world/scenes';
import { late, scheduled, sleeping, type Seen } from './_world/scheduled';
import type { World } from './_world/world';

interface Story {
  readonly world: World;
  /** What each runner did, in the order in which it happened. */
  readonly seen: Seen[];
  /** One answer for each runner. */
  readonly answers: readonly RunbookResult[];
}

interface Telling {
  readonly name: SceneName;
  readonly scheduler: fc.Scheduler;
  readonly runIds: readonly string[];
  /** All runners sleep for longer than a lease lives: after so many turns of somebody, and so many more. */
  readonly sleeps: readonly number[];
  /** How often a runner asks that is told to come again. */
  readonly patience: number;
}

/** Runners at once, each with its own run or all with the same. */
async function told({ name, scheduler, runIds, sleeps, patience }: Telling): Promise<Story> {
  const { world, event } = await sceneOf(name);
  const seen: Seen[] = [];
  const shared = { ports: world.ports, advanceTo: (instant: number) => world.clock.advanceTo(instant) };
  const answers = runIds.map(async (runId, index) => {
    const runner = `runner ${index + 1}`;
    for (let asked = 1; ; asked += 1) {
      const ports = scheduled(scheduler, shared, runner, seen);
      const answer = await invoke(world, { ...event, runId }, { holder: `${runner}, call ${asked}`, ports });
      if (answer.outcome !== 'IN_PROGRESS' || asked >= patience) return answer;
      await ports.clock.wait(answer.resumeAfter ?? 0);
    }
  });
  const [all] = await scheduler.waitFor(Promise.all([Promise.all(answers), sleeping(scheduler, shared, sleeps)]));
  return { world, seen, answers: all };
}

const naps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
const scene = fc.constantFrom<SceneName>('switchover', 'partition');

function checkSafe(name: SceneName, { world }: Story): void {
  expect(world.schisms).toStrictEqual([]);
  expect(world.cloud.promotions.length).toBeLessThanOrEqual(1);
  if (name === 'switchover') expect(missingOn(world, world.cloud.promotions[0] ?? 'ada')).toStrictEqual([]);
}

const RESUMED: RunbookEvent = { mode: 'failover', reason: 'a test', runId: 'R' };

test(
  'of two runners with one run one works, and the other says who does',
  async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.scheduler(), async (name, scheduler) => {
        const story = await told({ name, scheduler, runIds: ['R', 'R'], sleeps: [], patience: 1 });
        checkSafe(name, story);
        expect(story.world.cloud.promotions).toStrictEqual(['bab']);
        const [winner, other] = story.answers.toSorted(
          (a, b) => Number(b.outcome === 'DONE') - Number(a.outcome === 'DONE'),
        );
        expect(winner?.outcome).toBe('DONE');
        // Whoever asks when it is over hears of the end.
        const isHeld =
          other?.outcome === 'IN_PROGRESS' && /^runner \d, call 1 works on it\.$/.test(other.next[0] ?? '');
        expect(isHeld || other?.outcome === 'DONE').toBe(true);
        expect((await story.world.ledger.standing()).open).toBeUndefined();
      }),
      runs(20),
    );
  },
  PATIENCE,
);

test(
  'after its lease was taken a runner changes nothing more, but for the one call that it had journaled',
  async () => {
    let takenOver = 0;
    await fc.assert(
      fc.asyncProperty(scene, fc.scheduler(), naps, async (name, scheduler, sleeps) => {
        const story = await told({ name, scheduler, runIds: ['R', 'R', 'R'], sleeps, patience: 5 });
        checkSafe(name, story);
        const takers = story.seen.filter(({ call }) => call === 'took the lease');
        takenOver += takers.length > 1 ? 1 : 0;
        for (const runner of ['runner 1', 'runner 2', 'runner 3']) {
          expect(late(story.seen, runner).length).toBeLessThanOrEqual(1);
        }
        const { event } = await sceneOf(name);
        const { result } = await carried(story.world, event);
        checkSafe(name, story);
        // Who slept until the time for the promotion was over gives up what nobody has called for.
        const ends =
          story.world.cloud.promotions.length === 0 ? ['ABORTED', 'NEEDS_OPERATOR'] : ['DONE', 'NEEDS_OPERATOR'];
        expect(ends).toContain(result.outcome);
        expect((await story.world.ledger.standing()).open).toBeUndefined();
      }),
      runs(25),
    );
    expect(takenOver).toBeGreaterThan(10);
  },
  PATIENCE,
);

test(
  'of two runs one promotes, and the other changes nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.scheduler(), async (name, scheduler) => {
        const story = await told({ name, scheduler, runIds: ['R', 'S'], sleeps: [], patience: 1 });
        checkSafe(name, story);
        expect(story.world.cloud.promotions).toStrictEqual(['bab']);
        expect(story.answers.map(({ outcome }) => outcome).toSorted()).toStrictEqual(['DONE', 'REFUSED']);
        const refused = story.answers.find(({ outcome }) => outcome === 'REFUSED');
        const [winner] = story.answers.filter(({ outcome }) => outcome === 'DONE');
        const held = refused?.findings.find(({ id }) => id === 'lease-held');
        // Whoever comes when it is over is refused by what it sees.
        const isCooling = refused?.findings.some(({ id }) => id === 'cooling-down' || id === 'no-candidate') === true;
        const isHeld = held?.problem.startsWith(`run ${winner?.runId ?? ''} holds the lease: a `) === true;
        expect(isHeld || isCooling).toBe(true);
      }),
      runs(20),
    );
  },
  PATIENCE,
);

test(
  'of two runs whose runners sleep at most one promotes, and neither is in the way of the next',
  async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.scheduler(), naps, async (name, scheduler, sleeps) => {
        const story = await told({ name, scheduler, runIds: ['R', 'S'], sleeps, patience: 5 });
        const { world } = story;
        checkSafe(name, story);
        for (const runner of ['runner 1', 'runner 2']) expect(late(story.seen, runner).length).toBeLessThanOrEqual(1);
        const { open } = await world.ledger.standing();
        if (open !== undefined)
          await carried(world, { ...RESUMED, mode: name === 'switchover' ? name : 'failover', runId: open.runId });
        checkSafe(name, story);
        expect((await world.ledger.standing()).open).toBeUndefined();
      }),
      runs(25),
    );
  },
  PATIENCE,
);
