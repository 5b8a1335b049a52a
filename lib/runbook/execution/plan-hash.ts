import { createHash } from 'node:crypto';
import type { Plan } from '../contract';
import { fingerprint } from '../decision';

/** SHA-256 of what a person approves, in hexadecimal digits. */
export function planHash(plan: Plan): string {
  return createHash('sha256').update(fingerprint(plan)).digest('hex');
}
