import { PHASES, type Phase } from '../contract';

/**
 * Where a run goes on that was interrupted in `phase`.
 *
 * Before `fence` nothing was changed and what was seen is old by now: it looks again, and the approval is held against what
 * it sees. From `fence` on it repeats the phase, each of which looks before it acts. But a promotion is called once:
 * when the journal says that the call may have been made, only looking can tell what it did.
 */
export function resumeAt(phase: Phase, wasPromotionCalled: boolean): Phase {
  if (phase === 'promote' && wasPromotionCalled) return 'confirm';
  if (phase === 'start') return 'start';
  return PHASES.indexOf(phase) < PHASES.indexOf('fence') ? 'observe' : phase;
}
