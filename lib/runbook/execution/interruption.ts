import { isUnderstudyError, UnderstudyError } from '../../topology';

/** What stops a runner in the middle of a phase. */
export type InterruptionSignal = 'lease lost' | 'out of time' | 'abort asked';

/** Thrown where a phase cannot go on here; caught by whoever runs the phases. */
export class Interruption extends UnderstudyError {
  readonly signal: InterruptionSignal;

  constructor(signal: InterruptionSignal, why: string) {
    super('interrupted', why, { family: 'retryable' });
    this.signal = signal;
  }
}

export function isInterruption(error: unknown): error is Interruption {
  return isUnderstudyError(error) && error.code === 'interrupted' && 'signal' in error;
}
