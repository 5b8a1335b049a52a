import type { Instant } from './observation';

/** As a person reads it, and as the contract carries it. */
export function instantText(instant: Instant): string {
  return new Date(instant * 1000).toISOString();
}
