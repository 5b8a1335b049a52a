import {
  isUnderstudyError,
  promotedTo,
  TopologyView,
  type MemberId,
  type Seconds,
  type Topology,
} from '../../../topology';
import { moveOf, type Instant } from '../../decision';
import { drive } from '../drive';
import type { Ending } from '../ending';
import { growingWait } from '../growing-wait';
import { addressOf, askNow } from '../look-around';
import type { Endpoint, LogMark } from '../ports';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';
import { hasReached, isComparable } from './catching-up';

/** Writers first; each name is written and read back on its own. */
export async function repointing(run: Run): Promise<Ending<'repoint'>> {
  const { topology, target } = run;
  const after = promotedTo(topology, target);
  const names = [...namesToMove(run)].sort((a, b) => Number(a.role === 'reader') - Number(b.role === 'reader'));
  let reader: MemberId | undefined;
  const problems: string[] = [];
  for (const endpoint of names) {
    // Looked for when writers have been served: a look takes its time.
    if (endpoint.role === 'reader') reader ??= await readable(run, after);
    const problem = await moved(run, endpoint, reader ?? target);
    if (problem !== undefined) problems.push(`${endpoint.id} does not point to the primary: ${problem}`);
  }
  return incompleteIf(run, 'repoint', problems);
}

/**
 * The names of a cluster follow whoever becomes its writer. Readers of a Region read from the cluster of that Region, before a
 * global database is moved there and after it.
 */
function namesToMove({ topology, ports }: Run): readonly Endpoint[] {
  const move = moveOf(topology);
  if (move === 'inside') return [];
  return ports.endpoints.all.filter(({ role }) => move === 'stepwise' || role === 'writer');
}

/** For so long readers wait for a follower to have what the new primary has. */
const PATIENCE: Seconds = 10;

/**
 * Who has what is written now: the first that follows, whose replication nobody calls stopped, and who gets what the new primary
 * has by now; else the new primary itself. What cannot be told holds nobody back.
 */
async function readable(run: Run, after: Topology): Promise<MemberId> {
  const { ports, topology, target } = run;
  const { replicas } = new TopologyView(after);
  if (replicas.length === 0) return target;
  const ids = new Set(replicas.map(({ id }) => id));
  const followers = topology.members.filter(({ id }) => ids.has(id));
  try {
    const { members } = await ports.fleet.look({ ...topology, members: followers });
    const stopped = new Set(members.filter(({ replication }) => replication === 'stopped').map(({ id }) => id));
    const mark = await markOfNow(run, target, after);
    const deadline = ports.clock.now() + PATIENCE;
    for (const { id } of replicas) {
      if (!stopped.has(id) && (mark === undefined || (await reaches(run, id, { mark, after, deadline })))) return id;
    }
    return target;
  } catch (error) {
    if (!isUnderstudyError(error) || error.code === 'interrupted') throw error;
    return replicas[0]?.id ?? target;
  }
}

async function markOfNow(run: Run, member: MemberId, after: Topology): Promise<LogMark | undefined> {
  const { log, position = log } = await askNow(run, member, after);
  return position;
}

/** A follower that comes back after the promotion may need a moment; one that is late by design, or never comes back, does not. */
async function reaches(
  run: Run,
  member: MemberId,
  { mark, after, deadline }: { readonly mark: LogMark; readonly after: Topology; readonly deadline: Instant },
): Promise<boolean> {
  for (let waits = 0; ; waits += 1) {
    const position = await markOfNow(run, member, after);
    if (position === undefined || !isComparable(position, mark) || hasReached(position, mark)) return true;
    if (run.ports.clock.now() >= deadline) return false;
    await run.checkpoint(false);
    await run.wait(growingWait(waits, run.limits.poll), `${member} to have what ${run.target} has`);
  }
}

async function moved(run: Run, endpoint: Endpoint, member: MemberId): Promise<string | undefined> {
  const address = await addressOf(run, member);
  if (address === undefined) return `the cloud does not tell where ${member} is`;
  const before = await readOnce(run, endpoint);
  const end = await drive(run, {
    phase: 'repoint',
    name: `point ${endpoint.id}`,
    procedure: endpoint.point({ topology: run.topology, member, address }),
    limit: run.limits.endpoint,
    isAbortable: false,
  });
  if (end.kind === 'done') return undefined;
  // Half moved is worse than not moved: whoever finds the frozen primary is refused, whoever finds nobody hangs.
  if (run.kind === 'failover' || before === undefined) return end.problem;
  const back = await drive(run, {
    phase: 'repoint',
    name: `go back ${endpoint.id}`,
    procedure: endpoint.goBack(before),
    limit: run.limits.endpoint,
    isAbortable: false,
  });
  return back.kind === 'done' ? `${end.problem}; it says again what it said before` : `${end.problem}; ${back.problem}`;
}

/** What it said before this run, kept in the journal: a resumed run must not take its own writing for it. */
async function readOnce(run: Run, endpoint: Endpoint): Promise<string | undefined> {
  const kept = run.rows.find((row) => row.type === 'endpoint' && row.endpoint === endpoint.id);
  if (kept?.type === 'endpoint') return kept.before;
  try {
    const before = await endpoint.read();
    await run.append({ type: 'endpoint', endpoint: endpoint.id, before });
    return before;
  } catch (error) {
    if (!isUnderstudyError(error) || error.code === 'interrupted') throw error;
    return undefined;
  }
}
