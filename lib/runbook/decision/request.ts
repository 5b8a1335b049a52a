import type { RunbookEvent } from '../contract';
import { seenPrimary, type Observation } from './observation';
import { moveOf } from './move';
import type { Kind } from './signals';

/** What was asked, as far as it decides. */
export type Request = { readonly kind: Kind } & Readonly<
  Pick<RunbookEvent, 'target' | 'expectedPrimary' | 'acceptDataLoss' | 'acceptSplitBrainRisk' | 'override'>
>;

/**
 * The request that an event makes. Undefined for the modes that promote nobody.
 *
 * A plan does not say which kind it is for: one that accepts a loss or a split brain is for a failover; else it is for a
 * switchover as long as the primary answers, and may take writes.
 */
export function requestOf(event: RunbookEvent, observation: Observation): Request | undefined {
  const { mode, target, expectedPrimary, acceptDataLoss, acceptSplitBrainRisk, override } = event;
  if (mode !== 'plan' && mode !== 'switchover' && mode !== 'failover') return undefined;
  const accepts = acceptDataLoss !== undefined || acceptSplitBrainRisk !== undefined;
  const likely = !accepts && canMoveOnPurpose(observation) ? 'switchover' : 'failover';
  return {
    kind: mode === 'plan' ? likely : mode,
    target,
    expectedPrimary,
    acceptDataLoss,
    acceptSplitBrainRisk,
    override,
  };
}

/** Where the cloud moves the primary, its own word that this one is well has to do: nobody may be able to ask the database. */
function canMoveOnPurpose(observation: Observation): boolean {
  const { controlPlane, isReady, dataPlane, acceptsWrites } = seenPrimary(observation);
  if (moveOf(observation.topology) === 'stepwise') return dataPlane === 'reachable' && acceptsWrites !== 'no';
  return controlPlane === 'reachable' && isReady && dataPlane !== 'unreachable';
}
