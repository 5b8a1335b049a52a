import type { Seconds } from '../../../topology';

/** How long a call may take. A Region that is lost does not refuse: it is silent. */
export interface Bounds {
  readonly connect: Seconds;
  /** With all that is done for it: credentials, repetitions, the reading of the answer. */
  readonly whole: Seconds;
}

export const USUAL_BOUNDS: Bounds = { connect: 2, whole: 10 };
