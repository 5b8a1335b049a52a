import type { FenceOutcome, SplitBrainRisk } from '../contract';
import type { MemberObservation } from './observation';
import type { Kind, Signal } from './signals';

/** Whether a run may pass its fence. */
export interface FenceVerdict {
  readonly signal: Extract<Signal, 'ok' | 'risk accepted' | 'not proven'>;
  readonly fence: FenceOutcome;
}

/**
 * Whether a run may go on after it tried to fence.
 *
 * Only a proof lets a planned run pass: it promises to lose nothing. In an unplanned one a person can take the risk of what is
 * not known. What is known is no risk: nobody can accept a primary that is seen to take writes after the fence.
 */
export function fenceVerdict(
  kind: Kind,
  { outcome, reason }: Pick<FenceOutcome, 'outcome' | 'reason'>,
  { id, acceptsWrites }: Pick<MemberObservation, 'id' | 'acceptsWrites'>,
  risk: SplitBrainRisk | undefined,
): FenceVerdict {
  if (acceptsWrites === 'yes') {
    return {
      signal: 'not proven',
      fence: { outcome: 'attempted', reason: `${id} takes writes after the fence (${outcome}: ${reason})` },
    };
  }
  if (outcome === 'proven') return { signal: 'ok', fence: { outcome, reason } };
  const isNamed = risk !== undefined && risk.by.trim() !== '' && risk.reason.trim() !== '';
  if (kind === 'switchover' || !isNamed) return { signal: 'not proven', fence: { outcome, reason } };
  return { signal: 'risk accepted', fence: { outcome, reason, accepted: risk } };
}
