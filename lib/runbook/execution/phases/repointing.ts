import { isUnderstudyError, promotedTo, TopologyView, type MemberId, type Topology } from '../../../topology';
import { drive } from '../drive';
import type { Ending } from '../ending';
import { addressOf, askNow } from '../look-around';
import type { Endpoint } from '../ports';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';
import { hasReached } from './catching-up';

/** Writers first; each name is written and read back on its own. */
export async function repointing(run: Run): Promise<Ending<'repoint'>> {
  const { topology, target, ports } = run;
  const after = promotedTo(topology, target);
  const names = [...ports.endpoints.all].sort((a, b) => Number(a.role === 'reader') - Number(b.role === 'reader'));
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
 * Who has what is written now: the first that follows, whose replication nobody calls stopped, and who has what the new primary
 * had when it was promoted; else the new primary itself. What cannot be told holds nobody back.
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
    for (const { id } of replicas) if (!stopped.has(id) && !(await isBehind(run, id))) return id;
    return target;
  } catch (error) {
    if (!isUnderstudyError(error) || error.code === 'interrupted') throw error;
    return replicas[0]?.id ?? target;
  }
}

/** Readers would see there what was before the promotion. */
async function isBehind(run: Run, member: MemberId): Promise<boolean> {
  const promoted = run.observation?.members.find(({ id }) => id === run.target)?.position;
  const mark = run.last('frozen')?.position ?? promoted;
  if (mark === undefined) return false;
  const { log, position = log } = await askNow(run, member);
  return position !== undefined && !hasReached(position, mark);
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
