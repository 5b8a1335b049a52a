import type { Phase } from '../../contract';
import type { Position } from '../../decision';
import { askNow } from '../look-around';
import type { Run } from '../run';
import { hasReached } from './catching-up';

/**
 * Of a planned run, what its old primary did after it stood still. A session that insists can write on a frozen primary: then
 * nobody must be left to believe that nothing was lost, nor when that cannot be told.
 *
 * Once the rebuilding has begun it may be out of reach because this run has put it away: that it does not answer says nothing
 * then. Before, a silence is told.
 */
export async function lateWrites(run: Run, phase: Phase): Promise<readonly string[]> {
  const { primary } = run.topology;
  const frozen = run.last('frozen')?.position;
  if (frozen === undefined) return [];
  const { position } = await askNow(run, primary);
  if (position === undefined && run.attemptsIn('rebuild').length > 0) return [];
  const problem =
    position === undefined
      ? `${primary} does not say whether it was written to after it was frozen`
      : `${primary} was written to after it was frozen: what is after ${frozen.token ?? 'its last position'} is only there`;
  const isKnown = run.rows.some((row) => row.type === 'shortfall' && row.phase !== phase && row.problem === problem);
  return isKnown || (position !== undefined && stoodStill(frozen, position)) ? [] : [problem];
}

/** A log may grow although nobody writes: where the server tells its writes apart, only those count. */
function stoodStill(frozen: Position, now: Position): boolean {
  if (frozen.written !== undefined && now.written !== undefined) return frozen.written === now.written;
  return hasReached(frozen, now);
}
