import { USUAL_BOUNDS, type Bounds } from '../../runbook/adapters/sql';
import type { ScaledClock } from '../scaled-clock';

/** The usual bounds of a call as the faster clock has them, and no shorter than a busy machine needs. */
export const boundsAt = ({ scale }: ScaledClock): Bounds => ({
  connect: Math.max(1, USUAL_BOUNDS.connect / scale),
  whole: Math.max(2, USUAL_BOUNDS.whole / scale),
});
