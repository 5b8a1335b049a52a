import type { Figure } from './figure';

/** How many times as many rounds are measured, where it is in doubt whether a figure passes. */
const IN_DOUBT = 3;

/**
 * Measures round after round, and reckons the figures from all of them. When one of the figures is above its limit there are more
 * rounds, and all of them count: where a processor is shared, its speed changes while they are measured.
 */
export function inRounds(rounds: number, round: () => void, figures: () => readonly Figure[]): readonly Figure[] {
  for (let count = 1; ; count += 1) {
    round();
    if (count % rounds === 0 && (count >= rounds * IN_DOUBT || figures().every(({ value, limit }) => value <= limit)))
      return figures();
  }
}
