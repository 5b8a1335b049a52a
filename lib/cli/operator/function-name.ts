import { createHash } from 'node:crypto';
import type { Mode } from '../../runbook/contract';

/** Lambda takes names of so many characters. */
const LONGEST = 64;

/**
 * The name that the construct PromotionRunbook gives the function that answers a mode: those that only look are asked of one that
 * can do no more. A test holds it against the construct's own, which no file of the command may import.
 */
export function functionName(topology: string, mode: Mode): string {
  const stem = `understudy-${topology}`;
  const suffix = mode === 'plan' || mode === 'status' ? '-plan' : '-promote';
  if (stem.length + suffix.length <= LONGEST) return `${stem}${suffix}`;
  const hash = createHash('sha256').update(stem).digest('hex').slice(0, 8);
  return `${stem.slice(0, LONGEST - suffix.length - 9)}-${hash}${suffix}`;
}
