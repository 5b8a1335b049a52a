import { isUnderstudyError } from '../../topology';
import type { RunbookEvent, RunbookResult } from '../contract';
import { resumed } from './begin-run';
import { heldBy, orLeave, runWith, takeLease, type Set } from './lease-holding';
import { refusal } from './refusal';
import { last, report } from './report';

/**
 * Stops a run before its promotion: its runner hears of it at its next step; when nobody works on it, this one takes it and
 * brings it to its end. After the promotion that is the end that it would have had.
 */
export async function aborted({ mode, runId = '', reason = '' }: RunbookEvent, set: Set): Promise<RunbookResult> {
  const { ports, host } = set;
  const rows = await ports.ledger.rows(runId);
  const missing = refusal(runId, 'no-such-run', `there is no run ${runId}`, 'name the run that is to stop');
  if (rows.length === 0) return missing;
  if (last(rows, 'ended') !== undefined) return report(rows, host);
  if (rows[0]?.type === 'begun' && rows[0].kind === 'unfence') {
    return refusal(
      runId,
      'cannot-stop',
      `run ${runId} lets a member take writes again`,
      'fence that member by a failover',
    );
  }
  try {
    await ports.ledger.askAbort(runId, { type: 'abort asked', by: host.holder, reason }, ports.clock.now());
  } catch (error) {
    if (!isUnderstudyError(error) || error.code !== 'no-such-run') throw error;
    return report(await ports.ledger.rows(runId), host);
  }
  const taking = await takeLease(runId, set);
  if (taking.kind === 'ours') {
    const written = await orLeave(taking.lease, set, () => ports.ledger.rows(runId));
    return resumed(runWith(taking.lease, written, set));
  }
  const held = await heldBy({ mode }, runId, taking.by, set);
  return { ...held, next: [`${taking.by.holder} was told to stop run ${runId}.`, ...held.next] };
}
