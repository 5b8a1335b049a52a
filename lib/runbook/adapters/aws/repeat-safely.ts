import { isUnderstudyError, type Seconds, type UnderstudyError } from '../../../topology';
import type { Clock } from '../../execution/ports';
import { isAwsCallError } from './aws-call-error';

/** How often, and how. */
export interface Patience {
  readonly clock: Clock;
  /** Calls in all, where they take longer than `atLeast`. @default 5 */
  readonly attempts?: number;
  /** It does not give up before so much time has passed: who is throttled is answered at once. @default 0 */
  readonly atLeast?: Seconds;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
}

const FIRST_WAIT: Seconds = 0.1;
const LONGEST_WAIT: Seconds = 2;

/**
 * Makes a call that may be made twice with the effect of once, until it is answered.
 *
 * Waits a random part of a time that doubles: many who were throttled together come back one by one. If it gives up and one of the
 * calls may have had its effect, it says so, whatever became of the last one.
 *
 * @throws what the call threw: at once, if that is neither `retryable` nor `unknown`
 */
export async function repeatSafely<T>(patience: Patience, call: () => Promise<T>): Promise<T> {
  const { clock, attempts = 5, atLeast = 0, random = Math.random } = patience;
  const began = clock.now();
  let unclear: UnderstudyError | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isUnderstudyError(error)) throw error;
      // AWS refuses this one call and says nothing of the one before. What we refuse ourselves, we have looked at.
      if (error.family === 'refused') throw isAwsCallError(error) ? (unclear ?? error) : error;
      if (error.family === 'unknown') unclear = error;
      if (attempt >= attempts && clock.now() - began >= atLeast) throw unclear ?? error;
      await clock.wait(random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt));
    }
  }
}
