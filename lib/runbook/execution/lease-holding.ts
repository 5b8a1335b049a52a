import { isUnderstudyError } from '../../topology';
import type { RunbookEvent, RunbookResult } from '../contract';
import { isInterruption } from './interruption';
import { last, phaseOf, report } from './report';
import { Run } from './run';
import type { JournalRow, Lease, Taking, TakingRequest } from './ports';
import type { Stage } from './run-runbook';

export type Set = Required<Pick<Stage, 'limits'>> & Stage;

/** Takes the lease for a run; from one that died before it changed anything, too. */
export async function takeLease(runId: string, set: Set): Promise<Taking> {
  const { ports, host, limits } = set;
  const request = { runId, holder: host.holder, ttl: limits.leaseTtl };
  const at = ports.clock.now();
  const taking = await ports.ledger.take({ ...request, at });
  if (taking.kind === 'ours' || taking.by.runId === runId || taking.by.until > at) return taking;
  return insteadOf(taking.by, request, set);
}

/**
 * Takes the lease of the dead run itself first. Its runner may be slow, not dead: from then on it can write nothing, so what
 * the journal says now is all that it has done. A run that is replaced is closed, and nobody goes on with it later.
 */
async function insteadOf(dead: Lease, request: Omit<TakingRequest, 'at'>, set: Set): Promise<Taking> {
  const { ledger, clock } = set.ports;
  const theirs = await ledger.take({ ...request, runId: dead.runId, at: clock.now() });
  if (theirs.kind === 'held') return theirs;
  const run = runWith(theirs.lease, await ledger.rows(dead.runId), set);
  if (run.rows.length > 0 && !hasChangedAnything(run.rows)) {
    const detail = `run ${request.runId} took its place: nobody worked on it, and it had changed nothing`;
    const outcome = run.begun.kind === 'unfence' ? 'NEEDS_OPERATOR' : 'REFUSED';
    try {
      await run.append({ type: 'ended', outcome, detail });
    } catch (error) {
      // Its runner woke up, or a third one was faster: what is there now is told.
      if (!isInterruption(error)) throw error;
    }
    return ledger.take({ ...request, at: clock.now() });
  }
  await run.leave();
  const at = clock.now();
  if (run.rows.length === 0) return ledger.take({ ...request, at, replaces: theirs.lease });
  return { kind: 'held', by: { ...theirs.lease, holder: dead.holder, until: Math.min(at, dead.until) } };
}

/** What fails right after the lease was taken leaves it again: nobody has to wait for its end. */
export async function orLeave<T>(lease: Lease, set: Set, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isUnderstudyError(error)) await runWith(lease, [], set).leave();
    throw error;
  }
}

/** Whether a run has made, or may have made, a call that changes something. Letting a member write again can be repeated. */
function hasChangedAnything(rows: readonly JournalRow[]): boolean {
  return rows.some((row) => row.type === 'attempt') && rows[0]?.type === 'begun' && rows[0].kind !== 'unfence';
}

export function runWith(lease: Lease, rows: readonly JournalRow[], { ports, host, limits }: Set): Run {
  return new Run({ ports, host, limits, lease, rows });
}

/** What whoever comes second is told. */
export async function heldBy(event: RunbookEvent, runId: string, by: Lease, set: Set): Promise<RunbookResult> {
  const { ports, host } = set;
  const rows = await ports.ledger.rows(by.runId);
  const left = Math.max(0, by.until - ports.clock.now());
  if (by.runId === runId) {
    const told = report(rows, host);
    const next = [`${by.holder} works on it.`, ...told.next];
    return { ...told, runId, outcome: 'IN_PROGRESS', next, resumeAfter: Math.ceil(left) };
  }
  const kind = last(rows, 'begun')?.kind ?? 'run';
  const state = left > 0 ? `${by.holder} works on it` : `nobody works on it`;
  const problem = `run ${by.runId} holds the lease: a ${kind} in phase ${phaseOf(rows)}; ${state}`;
  const begun = rows[0]?.type === 'begun' ? rows[0].event : undefined;
  const goOn =
    begun &&
    host.command({
      mode: begun.mode,
      reason: begun.reason,
      target: begun.mode === 'unfence' ? begun.target : undefined,
      runId: begun.mode === 'unfence' ? undefined : by.runId,
    });
  const abort = host.command({ mode: 'abort', runId: by.runId, reason: 'why it has to stop' });
  return {
    runId,
    outcome: 'REFUSED',
    phase: 'start',
    findings: [
      {
        id: 'lease-held',
        severity: 'block',
        acceptance: 'none',
        accepted: false,
        problem,
        fix: left > 0 ? 'wait for it, or stop it' : 'go on with it, or stop it',
      },
    ],
    candidates: [],
    timings: [],
    next: [
      `Nothing was changed: ${problem}.`,
      ...(goOn === undefined ? [] : [`To go on with it: ${goOn}`]),
      `To stop it: ${abort}`,
      ...(event.mode === 'plan' ? [] : [`To look at it: ${host.command({ mode: 'status', runId: by.runId })}`]),
    ],
  };
}
