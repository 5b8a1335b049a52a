import { isUnderstudyError, UnderstudyError, type Seconds } from '../../../topology';
import type { Clock } from '../../execution/ports';

/** How often, and how. */
export interface Patience {
  readonly clock: Clock;
  /** Looks in all, where they take longer than `atLeast`. @default 8 */
  readonly attempts?: number;
  /** It does not give up before so much time has passed: who is throttled is answered at once. @default 0 */
  readonly atLeast?: Seconds;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
}

const FIRST_WAIT: Seconds = 0.05;
const LONGEST_WAIT: Seconds = 2;

/**
 * Looks and writes until one of them was in between: `undefined` says that somebody else was faster, or that it cannot be told.
 * Each try looks anew, so that a call of before which had its effect is seen by it.
 *
 * @throws what a try threw: at once, if that is neither `retryable` nor `unknown`
 */
export async function repeatWhileBusy<T>(
  { clock, attempts = 8, atLeast = 0, random = Math.random }: Patience,
  what: string,
  attempt: () => Promise<{ readonly told: T } | undefined>,
): Promise<T> {
  const began = clock.now();
  let last: UnderstudyError | undefined;
  let count = 1;
  for (; ; count += 1) {
    try {
      const answer = await attempt();
      if (answer !== undefined) return answer.told;
    } catch (error) {
      if (!isUnderstudyError(error) || error.family === 'refused') throw error;
      last = error;
    }
    if (count >= attempts && clock.now() - began >= atLeast) break;
    await clock.wait(random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** count));
  }
  if (last !== undefined) throw last;
  throw new UnderstudyError('ledger-busy', `${what}, and somebody else was faster ${count} times`, {
    family: 'retryable',
  });
}
