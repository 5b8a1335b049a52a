import type { Seconds } from '../../topology';

const FIRST: Seconds = 0.025;

/** How much longer each part is than the one before: what is over is seen when it is a quarter older, at the latest. */
const GROWTH = 1.25;

/**
 * How long until the next look, after so many that told nothing new. The first wait is divided, each part a quarter longer than
 * the one before: what is over in a moment is seen in a moment, every look of a plain wait is made when it would be, and what
 * takes minutes costs some twenty looks more.
 *
 * @param longest what is waited each time in the end
 */
export function growingWait(waits: number, longest: Seconds): Seconds {
  const part = FIRST * GROWTH ** Math.min(waits, 40);
  const before = (part - FIRST) / (GROWTH - 1);
  const left = longest - before;
  return left > 0 ? Math.min(part, left) : longest;
}
