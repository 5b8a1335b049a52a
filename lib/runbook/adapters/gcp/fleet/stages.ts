import type { Seconds } from '../../../../topology';
import type { Instant } from '../../../decision';
import type { Attempt, Step } from '../../../execution/ports';
import type { Operation } from './operation';

/** One call on the way to something, and how to see that it had its effect. */
export interface Stage {
  /** Of the step, the same in every run. */
  readonly id: string;
  readonly title: string;
  /** What was looked at shows its effect already. */
  readonly isMet: boolean;
  /** What Cloud SQL calls the work that it begins. */
  readonly operation: string;
  readonly call: () => Promise<void>;
}

/** What is known of an instance's work when a procedure looks. */
export interface Progress {
  readonly attempts: readonly Attempt[];
  /** When the look began. */
  readonly now: Instant;
  /** Of the instance, newest first. */
  readonly operations: readonly Operation[];
}

/**
 * How long a call that was taken may leave no trace among the operations. [I] The answer names its operation, so that it is there
 * by then; a minute is for answers that were lost.
 */
const SETTLING: Seconds = 60;

/** Most that Google's clock and ours may differ. */
const SKEW: Seconds = 5;

/** So often work may fail before a person has to look. */
const MOST_FAILURES = 2;

/** The newest attempt at a step, unless it certainly had no effect. */
export function madeOf(attempts: readonly Attempt[], id: string): Attempt | undefined {
  const last = attempts.findLast(({ step }) => step === id);
  return last?.outcome === 'not-taken' || last?.outcome === 'refused' ? undefined : last;
}

/** The work that an attempt began, as far as it can be told: the newest of its kind since then. */
export function begunBy(
  { at }: Attempt,
  kinds: readonly string[],
  operations: readonly Operation[],
): Operation | undefined {
  return operations.find(({ type, insertedAt }) => kinds.includes(type) && insertedAt >= at - SKEW);
}

/** Cloud SQL does one thing at a time with an instance. */
export function underWay({ operations }: Pick<Progress, 'operations'>): Operation | undefined {
  return operations.find(({ isOver }) => !isOver);
}

/**
 * The first stage whose effect is not seen: its call, or waiting for what an earlier one began. Work that failed is begun once
 * more; then somebody has to look. Undefined: all are met.
 */
export function firstUnmet(stages: readonly Stage[], progress: Progress): Step | undefined {
  const running = underWay(progress);
  const stage = stages.find(({ isMet }) => !isMet);
  if (stage === undefined) return undefined;
  if (running !== undefined) return wait(`${stage.title}: Cloud SQL is busy (${running.type})`, progress);
  const { attempts, operations, now } = progress;
  const { id, title, call } = stage;
  const made = madeOf(attempts, id);
  const begun = made && begunBy(made, [stage.operation], operations);
  if (begun?.problem !== undefined) {
    const failures = attempts.filter(
      ({ step, outcome }) => step === id && outcome !== 'refused' && outcome !== 'not-taken',
    );
    if (failures.length >= MOST_FAILURES) {
      return stuck(`${title}: Cloud SQL began it ${failures.length} times, and failed (${begun.problem})`);
    }
  } else if (made !== undefined && now - made.at < SETTLING) {
    return wait(`${title}: to be seen`, progress);
  }
  return { kind: 'do', id, title, call };
}

/** Often at first, when something is due any moment; never so seldom that it costs a run much. */
export function wait(title: string, { attempts, now }: Pick<Progress, 'attempts' | 'now'>, longest: Seconds = 5): Step {
  const since = now - (attempts.at(-1)?.at ?? now);
  return { kind: 'wait', title, seconds: Math.min(longest, Math.max(2, Math.floor(since / 30))) };
}

export const stuck = (problem: string): Step => ({ kind: 'stuck', problem });
