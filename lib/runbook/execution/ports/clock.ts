import type { Seconds } from '../../../topology';
import type { Instant } from '../../decision';

/** The runbook's only source of time and of waiting. */
export interface Clock {
  now(): Instant;
  /** @param seconds 0 or more */
  wait(seconds: Seconds): Promise<void>;
}
