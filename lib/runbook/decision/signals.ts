import type { Phase } from '../contract';

/** A planned run moves a primary that is alive; an unplanned one replaces one that is lost. */
export type Kind = 'switchover' | 'failover';

export const KINDS: readonly Kind[] = ['switchover', 'failover'];

/** What can end any phase: the run itself is not over then. */
const ALWAYS = ['lease lost', 'out of time'] as const;

/**
 * What each phase can end with. Written down apart from the table that answers: a test holds the two against each other.
 *
 * - `unclear`: the answer of a call was lost. `refused`: the call was not taken, and a look has confirmed that it had no effect.
 * - `changed`: what was approved is not what is seen now, for example the candidate is not ready any more.
 * - `risk accepted`: the fence is not proven, and a person named in the event takes the risk.
 * - `left to the cloud`: nothing was silenced, because the call that promotes does it. What became of that, `confirm` finds out.
 * - `incomplete`: some of it is done, and what is not is written down.
 * - `lease lost`: another runner has the run. `out of time`: the host ends before the phase does.
 */
export const SIGNALS = {
  start: ['ok', 'held', 'out of time'],
  observe: ['ok', 'unclear', 'abort asked', ...ALWAYS],
  preflight: ['ok', 'blocked', 'abort asked', ...ALWAYS],
  choose: ['ok', 'nobody', 'abort asked', ...ALWAYS],
  approve: ['ok', 'plan only', 'not approved', 'abort asked', ...ALWAYS],
  fence: ['ok', 'left to the cloud', 'risk accepted', 'not proven', 'timed out', 'abort asked', ...ALWAYS],
  'catch-up': ['ok', 'timed out', 'failed', 'abort asked', ...ALWAYS],
  promote: ['ok', 'unclear', 'refused', 'changed', 'abort asked', ...ALWAYS],
  confirm: ['ok', 'risk accepted', 'not proven', 'timed out', 'failed', ...ALWAYS],
  restore: ['ok', 'incomplete', ...ALWAYS],
  repoint: ['ok', 'incomplete', ...ALWAYS],
  rebuild: ['ok', 'incomplete', ...ALWAYS],
  report: ['ok', 'incomplete', ...ALWAYS],
  undo: ['ok', 'incomplete', 'timed out', ...ALWAYS],
} as const satisfies Readonly<Record<Phase, readonly string[]>>;

/** What one phase can end with. */
export type SignalOf<P extends Phase> = (typeof SIGNALS)[P][number];

/** What a phase can end with. */
export type Signal = SignalOf<Phase>;

/** Phases that only a planned run has: an unplanned one has nothing to wait for, and opens no fence by itself. */
const PLANNED_ONLY: readonly Phase[] = ['catch-up', 'undo'];

/** The kinds of run that can end a phase so: in a planned one no risk is accepted, because it promises to lose nothing. */
export function kindsOf(phase: Phase, signal: Signal): readonly Kind[] {
  if (PLANNED_ONLY.includes(phase)) return ['switchover'];
  return signal === 'risk accepted' ? ['failover'] : KINDS;
}
