import type { Seconds } from '../../topology';

/** In milliseconds. */
const FIRST = 25;

/** How much longer each part is than the one before: what is over is seen when it is a quarter older, at the latest. */
const GROWTH = 1.25;

/**
 * How long until the next look, after so many that told nothing new. The first wait is divided, each part a quarter longer than
 * the one before: what is over in a moment is seen in a moment, every look of a plain wait is made when it would be, and what
 * takes minutes costs some twenty looks more.
 *
 * Parts are whole milliseconds, as clocks tell them: else the last of them ended a little before its time, and what is over
 * then was seen one whole wait later.
 *
 * @param longest what is waited each time in the end
 */
export function growingWait(waits: number, longest: Seconds): Seconds {
  let [part, left] = [FIRST, longest * 1000];
  for (let wait = 0; wait < waits && left > 0; wait += 1) {
    left -= Math.round(part);
    part *= GROWTH;
  }
  return left > 0 ? Math.min(Math.round(part), left) / 1000 : longest;
}
