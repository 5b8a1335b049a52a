import type { Seconds } from '../../topology';

const FIRST: Seconds = 0.1;

/**
 * How long until the next look, after so many that told nothing new: what is over in a moment is seen in a moment, and what
 * takes minutes is asked for five times more than by the longest wait alone.
 *
 * @param longest what is waited each time in the end
 */
export function growingWait(waits: number, longest: Seconds): Seconds {
  return Math.min(longest, FIRST * 2 ** Math.min(waits, 20));
}
