import type { Seconds } from '../../topology';

const FIRST: Seconds = 0.025;

/**
 * How long until the next look, after so many that told nothing new. The first wait is divided, each part twice the one before:
 * what is over in a moment is seen in a moment, every look of a plain wait is made when it would be, and what takes minutes costs
 * a handful of looks more.
 *
 * @param longest what is waited each time in the end
 */
export function growingWait(waits: number, longest: Seconds): Seconds {
  const part = FIRST * 2 ** Math.min(waits, 20);
  const left = longest - (part - FIRST);
  return left > 0 ? Math.min(part, left) : longest;
}
