import { OUTCOMES, type Outcome } from '../contract';
import type { Transition } from './phase-table';

/** How far a run that promoted somebody is from being as it should be. */
const WORSE: readonly Outcome[] = ['DONE', 'DEGRADED', 'NEEDS_OPERATOR'];

/**
 * How a run ended that went through these rows: as its last row says, and no better than any row on the way allows.
 * Undefined while the last row leads to another phase.
 *
 * `REFUSED`, `ABORTED` and `IN_PROGRESS` stand for themselves: nothing was promoted, or nothing has ended.
 */
export function outcomeOf(rows: readonly Transition[]): Outcome | undefined {
  const last = rows.at(-1)?.next;
  const end = OUTCOMES.find((outcome) => outcome === last);
  if (end === undefined || !WORSE.includes(end)) return end;
  const bounds = rows.map(({ noBetterThan }) => WORSE.indexOf(noBetterThan ?? 'DONE'));
  return WORSE[Math.max(WORSE.indexOf(end), ...bounds)];
}
