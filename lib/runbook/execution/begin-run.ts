import { UnderstudyError } from '../../topology';
import type { RunbookEvent, RunbookResult } from '../contract';
import { currentTopology, declaredIn } from './current-topology';
import { effectiveTopology } from './effective-topology';
import { isInterruption } from './interruption';
import { heldBy, orLeave, runWith, takeLease, type Set } from './lease-holding';
import { last, phaseOf, report } from './report';
import type { Standing } from './ports';
import type { Run } from './run';
import { work } from './work';

/** Begins a run, or goes on with the one of that id. */
export async function beginRun(event: RunbookEvent, set: Set): Promise<RunbookResult> {
  const { ports, host } = set;
  const runId = event.runId ?? host.newRunId();
  const [known, standing] = await Promise.all([ports.ledger.rows(runId), ports.ledger.standing()]);
  if (known.length > 0) checkSameRun(event, runId, known[0]);
  if (last(known, 'ended') !== undefined) return report(known, host);
  // A program that contradicts the journal is refused before the lease is taken.
  if (known.length === 0) effectiveTopology(set.topology, standing);
  const taking = await takeLease(runId, set);
  if (taking.kind === 'held') return heldBy(event, runId, taking.by, set);
  // What the runner before wrote last may have come after the look above.
  const [rows, now] = await orLeave(taking.lease, set, () =>
    Promise.all([ports.ledger.rows(runId), ports.ledger.standing()]),
  );
  const run = runWith(taking.lease, rows, set);
  run.standing = now;
  if (rows.length === 0) {
    const interrupted = await orLeave(taking.lease, set, () => opened(run, event, set, now));
    return interrupted ?? work(run);
  }
  return resumed(run);
}

/** Goes on with a run that somebody else, or nobody, was at. */
export async function resumed(run: Run): Promise<RunbookResult> {
  const ended = last(run.rows, 'ended');
  try {
    // Somebody ended it while the lease was asked for: taking it has opened the run again.
    if (ended !== undefined) await run.append({ type: 'ended', outcome: ended.outcome });
    else await run.append({ type: 'resumed', holder: run.host.holder, phase: phaseOf(run.rows) });
  } catch (error) {
    if (!isInterruption(error)) throw error;
    return { ...report(run.rows, run.host), resumeAfter: run.limits.leaseTtl };
  }
  return ended === undefined ? work(run) : report(run.rows, run.host);
}

async function opened(
  run: Run,
  event: RunbookEvent,
  { topology, host, ports }: Set,
  standing: Standing,
): Promise<RunbookResult | undefined> {
  const current = await currentTopology(ports, topology, standing, event.target);
  const kind = event.mode === 'switchover' ? 'switchover' : 'failover';
  try {
    const begun = {
      type: 'begun',
      runId: run.id,
      kind,
      event,
      topology: current,
      declared: declaredIn(current, topology),
      holder: host.holder,
    } as const;
    // In one breath: whoever looks sees what it is at.
    await run.append(begun, { type: 'phase ended', phase: 'start', signal: 'ok' });
    return undefined;
  } catch (error) {
    if (!isInterruption(error)) throw error;
    const next = [
      `The run could not be begun: ${error.message}.`,
      `To try again: ${host.command({ ...event, runId: run.id })}`,
    ];
    return {
      ...{ runId: run.id, outcome: 'IN_PROGRESS', phase: 'start' },
      ...{ findings: [], candidates: [], timings: [], next, resumeAfter: run.limits.leaseTtl },
    };
  }
}

function checkSameRun(
  event: RunbookEvent,
  runId: string,
  first: Awaited<ReturnType<Set['ports']['ledger']['rows']>>[0] | undefined,
): void {
  if (first?.type !== 'begun' || (first.event.mode === event.mode && isSame(event, first.event))) return;
  throw new UnderstudyError(
    'run-differs',
    `run ${runId} is a ${first.event.mode} that was asked for otherwise; allowed: mode ${first.event.mode} with the same wishes, or none; fix: leave out what differs, or begin another run without runId`,
  );
}

/** Whoever goes on with a run says nothing new, or the same again. */
function isSame(event: RunbookEvent, first: RunbookEvent): boolean {
  const wishes = [
    'target',
    'expectedPrimary',
    'approve',
    'acceptDataLoss',
    'acceptSplitBrainRisk',
    'override',
  ] as const;
  return wishes.every(
    (wish) => event[wish] === undefined || JSON.stringify(event[wish]) === JSON.stringify(first[wish]),
  );
}
