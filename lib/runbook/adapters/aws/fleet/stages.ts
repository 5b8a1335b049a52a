import type { Seconds } from '../../../../topology';
import type { Instant } from '../../../decision';
import type { Attempt, CallStep, Step } from '../../../execution/ports';
import type { RestartWatch } from './rebooted';

/** One call on the way to something, and how to see that it had its effect. */
export interface Stage {
  /** Of the step, the same in every run. */
  readonly id: string;
  readonly title: string;
  /** What was looked at shows its effect already. */
  readonly isMet: boolean;
  readonly call: () => Promise<void>;
  /** It needs of the stage before no more than that its call was taken. */
  readonly isNextAtOnce?: boolean;
}

/**
 * How long the effect of a call may stay invisible: `available` lingers, tags and groups come late. AWS names no bound; a
 * minute is guessed, and never tried live. Every call that is made again after it is one that may be made twice.
 */
export const SETTLING: Seconds = 60;

export interface Progress {
  readonly attempts: readonly Attempt[];
  /** When the look began. */
  readonly now: Instant;
  /** Of this procedure, in this process. */
  readonly restarts?: RestartWatch;
}

/** The newest attempt at a step, unless it certainly had no effect. */
export function madeOf(attempts: readonly Attempt[], id: string): Attempt | undefined {
  const last = attempts.findLast(({ step }) => step === id);
  return last?.outcome === 'not-taken' || last?.outcome === 'refused' ? undefined : last;
}

/**
 * The first stage whose effect is not seen: its call, or waiting for what an earlier one did. Undefined: all are met. With the call
 * come those of the stages after it that need no look between.
 */
export function firstUnmet(stages: readonly Stage[], { attempts, now }: Progress): Step | undefined {
  const unmet = stages.filter(({ isMet }) => !isMet);
  const isDue = ({ id }: Stage): boolean => {
    const made = madeOf(attempts, id);
    return made === undefined || now - made.at >= SETTLING;
  };
  const [first] = unmet;
  if (first === undefined) return undefined;
  if (!isDue(first)) return wait(`${first.title}: to be seen`, { attempts, now });
  const stop = unmet.findIndex((stage, index) => index > 0 && !(stage.isNextAtOnce === true && isDue(stage)));
  return inARow(unmet.slice(0, stop === -1 ? undefined : stop));
}

function inARow([first, ...others]: readonly Stage[]): CallStep | undefined {
  if (first === undefined) return undefined;
  const { id, title, call } = first;
  const then = inARow(others);
  return { kind: 'do', id, title, call, ...(then === undefined ? {} : { then }) };
}

/** Often at first, when something is due any moment; never so seldom that it costs a run much. */
export function wait(title: string, { attempts, now }: Progress, longest: Seconds = 5): Step {
  const since = now - (attempts.at(-1)?.at ?? now);
  return { kind: 'wait', title, seconds: Math.min(longest, Math.max(2, Math.floor(since / 30))) };
}

export const stuck = (problem: string): Step => ({ kind: 'stuck', problem });
