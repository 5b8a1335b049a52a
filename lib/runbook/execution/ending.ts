import type { Phase } from '../contract';
import type { SignalOf } from '../decision';
import type { Run } from './run';

/** How a phase ended, and why. */
export interface Ending<P extends Phase> {
  readonly signal: SignalOf<P>;
  readonly detail?: string;
}

/** Carries out one phase. Repeating one that was interrupted must end as if it had not been. */
export type PhaseWork<P extends Phase> = (run: Run) => Promise<Ending<P>>;
