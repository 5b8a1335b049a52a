import type { RunbookEvent, RunbookResult } from '../contract';
import { lastKnownTopology } from './current-topology';
import type { Set } from './lease-holding';
import { refusal } from './refusal';
import { report } from './report';

/** How a run stands: that one, the open one, or the newest. Looks at the journal, and changes nothing. */
export async function statusOf(
  { runId: wanted }: RunbookEvent,
  { ports, host, topology }: Set,
): Promise<RunbookResult> {
  const standing = await ports.ledger.standing();
  const { open, lastRun } = standing;
  const runId = wanted ?? open?.runId ?? lastRun;
  const rows = runId === undefined ? [] : await ports.ledger.rows(runId);
  const { primary } = await lastKnownTopology(ports, topology, standing);
  if (runId === undefined || rows.length === 0) {
    if (wanted !== undefined)
      return refusal(wanted, 'no-such-run', `there is no run ${wanted}`, 'leave runId out for the newest');
    const next = [`${primary} is the primary. No run was ever begun.`];
    return { runId: 'none', outcome: 'DONE', phase: 'start', findings: [], candidates: [], timings: [], next };
  }
  const told = report(rows, host);
  const next = [`${primary} is the primary.`, ...told.next];
  if (open?.runId !== runId) return { ...told, next };
  const left = open.until - ports.clock.now();
  const runner = left > 0 ? `${open.holder} works on run ${runId}.` : `Nobody works on run ${runId}.`;
  return {
    ...told,
    next: [runner, ...next],
    resumeAfter: Math.max(0, Math.ceil(left)),
    ...(left > 0 && open.waitingFor !== undefined ? { waitingFor: open.waitingFor } : {}),
  };
}
