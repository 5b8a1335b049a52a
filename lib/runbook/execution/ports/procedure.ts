import type { Seconds } from '../../../topology';
import type { Instant, Position } from '../../decision';

/**
 * What became of a call that changes something.
 *
 * `asked`: no answer is in the journal, because the runner died before it came. `done`: the cloud took it.
 * `not-taken`: it certainly had no effect and may be made again (throttled). `refused`: it certainly had no effect.
 * `unclear`: it may have had its effect.
 */
export type AttemptOutcome = 'asked' | 'done' | 'not-taken' | 'refused' | 'unclear';

/** A call that this run has made, or was about to make when it was interrupted. */
export interface Attempt {
  readonly step: string;
  readonly at: Instant;
  readonly outcome: AttemptOutcome;
  /** Why it was refused, or is unclear. */
  readonly problem?: string;
}

/** One call that changes something. */
export interface CallStep {
  readonly kind: 'do';
  /** The same for the same call, in every run: the journal names it so. */
  readonly id: string;
  /** For a person who watches: what is being done. */
  readonly title: string;
  /**
   * Makes the call, once and without repeating it.
   *
   * @throws UnderstudyError of family `retryable` (no effect, may be made again), `refused` (no effect) or `unknown`
   * (may have had its effect). Anything else is a defect, and ends the runner.
   */
  call(): Promise<void>;
  /** The call after it, where another look would tell nothing more than that this one was taken. */
  readonly then?: CallStep;
}

/** What comes next. */
export type Step =
  | CallStep
  | {
      readonly kind: 'wait';
      /** What is waited for. */
      readonly title: string;
      /** How long until another look may tell something new. */
      readonly seconds: Seconds;
    }
  | {
      readonly kind: 'done';
      /** What was seen that shows it. */
      readonly proof: string;
      /** After a freeze: where the primary stands still. */
      readonly position?: Position;
      /** Where something is kept that would be lost else, in a sentence. */
      readonly kept?: string;
    }
  | {
      /** It cannot go on without a person. */
      readonly kind: 'stuck';
      readonly problem: string;
    };

/**
 * Something that takes several calls, and that can be left and taken up again anywhere.
 *
 * It keeps nothing between two looks: each time it looks at the cloud, and at what this run has attempted already, and says
 * what comes next. The execution holds the lease, journals, waits and gives up; the procedure only knows its cloud.
 */
export interface Procedure {
  /**
   * Looks. Changes nothing.
   *
   * @param attempts those that this run has made in this procedure, oldest first
   * @throws UnderstudyError of family `retryable` or `unknown` when looking failed: it is tried again until the phase's time
   * is over. Of family `refused`: it will not succeed.
   */
  next(attempts: readonly Attempt[]): Promise<Step>;
}
