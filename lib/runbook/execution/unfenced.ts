import { isUnderstudyError, TopologyView, type MemberId } from '../../topology';
import type { Outcome, RunbookEvent, RunbookResult } from '../contract';
import { moveOf } from '../decision';
import { drive } from './drive';
import { currentTopology, declaredIn } from './current-topology';
import { growingWait } from './growing-wait';
import { isInterruption } from './interruption';
import { heldBy, runWith, takeLease, type Set } from './lease-holding';
import { tryWriteNow } from './look-around';
import { refusal } from './refusal';
import { rivalOf } from './rival-of';
import { report } from './report';
import type { Run } from './run';

/**
 * Lets a member take writes again that a run has fenced or frozen. Only a person opens a fence, and never onto a second
 * primary unless that person takes the risk by name.
 */
export async function unfenced(event: RunbookEvent, set: Set): Promise<RunbookResult> {
  const { ports, host, topology: declared } = set;
  const topology = await currentTopology(ports, declared, await ports.ledger.standing(), event.target);
  const target = event.target ?? '';
  const runId = host.newRunId();
  const refused = refusalOf(event, topology.primary, target, new TopologyView(topology).get(target) !== undefined);
  if (refused !== undefined) return refusal(runId, refused.id, refused.problem, refused.fix);
  if (moveOf(topology) !== 'stepwise') {
    const problem = `nothing here fences ${target}: Aurora blocks the storage of its clusters itself, and opens it`;
    return refusal(runId, 'nothing-fenced', problem, 'look at the cluster and its events in RDS');
  }
  const rival = event.acceptSplitBrainRisk === undefined ? await rivalOf(topology, target, set) : undefined;
  if (rival !== undefined) return refusal(runId, 'second-primary', rival, TAKE_THE_RISK);
  const taking = await takeLease(runId, set);
  if (taking.kind === 'held') return heldBy(event, runId, taking.by, set);
  const run = runWith(taking.lease, await ports.ledger.rows(runId), set);
  try {
    const { holder } = host;
    const own = declaredIn(topology, declared);
    await run.append({ type: 'begun', runId, kind: 'unfence', event, topology, declared: own, holder });
    await run.append({ type: 'ended', outcome: await opened(run, target) });
    return report(run.rows, host);
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    if (!isInterruption(error)) await run.leave();
    const told = report(run.rows, host);
    const next = [`Interrupted: ${error.message}.`, `To go on: ${host.command(event)}`];
    return { ...told, runId, phase: 'undo', next, resumeAfter: set.limits.leaseTtl };
  }
}

const TAKE_THE_RISK = 'say in acceptSplitBrainRisk who takes that risk, and why';

interface Reason {
  readonly id: string;
  readonly problem: string;
  readonly fix: string;
}

function refusalOf(event: RunbookEvent, primary: MemberId, target: MemberId, isMember: boolean): Reason | undefined {
  const { expectedPrimary, acceptSplitBrainRisk } = event;
  if (expectedPrimary !== undefined && expectedPrimary !== primary) {
    const problem = `${expectedPrimary} was expected to be the primary, and ${primary} is`;
    return { id: 'wrong-primary', problem, fix: 'look at the status again: somebody else may have promoted meanwhile' };
  }
  if (!isMember) {
    return { id: 'unknown-member', problem: `${target} is no member`, fix: `name a member, for example ${primary}` };
  }
  if (target !== primary && acceptSplitBrainRisk === undefined) {
    const problem = `${target} is to take writes, and ${primary} is the primary: there would be two`;
    return { id: 'second-primary', problem, fix: TAKE_THE_RISK };
  }
  return undefined;
}

async function opened(run: Run, target: MemberId): Promise<Outcome> {
  const { topology, ports, limits } = run;
  const end = await drive(run, {
    phase: 'undo',
    name: 'unfence',
    procedure: ports.fleet.unfence(topology, target),
    isAbortable: false,
  });
  if (end.kind !== 'done') {
    await run.append({ type: 'phase ended', phase: 'undo', signal: 'incomplete', detail: end.problem });
    return 'NEEDS_OPERATOR';
  }
  const deadline = ports.clock.now() + limits.phase.undo;
  for (let waits = 0; (await tryWriteNow(run, target)) === 'no'; waits += 1) {
    if (ports.clock.now() >= deadline) {
      await run.append({
        type: 'phase ended',
        phase: 'undo',
        signal: 'incomplete',
        detail: `${target} takes no writes`,
      });
      return 'NEEDS_OPERATOR';
    }
    await run.checkpoint(false);
    await run.wait(growingWait(waits, limits.poll), `${target} to take a write`);
  }
  await run.append({ type: 'phase ended', phase: 'undo', signal: 'ok', detail: end.proof });
  return 'DONE';
}
