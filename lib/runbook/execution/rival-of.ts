import type { MemberId, Topology } from '../../topology';
import type { Set } from './lease-holding';
import { observe } from './observe';
import { last } from './report';

/**
 * Whether another member is a primary in fact, or may become one, whatever the standing says: a run that ended without an
 * answer to its promotion did not write down that it promoted anybody.
 */
export async function rivalOf(topology: Topology, target: MemberId, set: Set): Promise<string | undefined> {
  const { ports, limits } = set;
  const standing = await ports.ledger.standing();
  const { members, at } = await observe(ports, topology, standing);
  const others = members.filter(({ id }) => id !== target);
  const seen = others.find(({ replication, acceptsWrites }) => replication === 'none' || acceptsWrites === 'yes');
  if (seen !== undefined) {
    const does = seen.acceptsWrites === 'yes' ? 'takes writes' : 'follows nobody any more';
    return `${target} is to take writes, and ${seen.id} ${does}: there would be two`;
  }
  const rows = standing.lastRun === undefined ? [] : await ports.ledger.rows(standing.lastRun);
  const called = rows.findLast((row) => row.type === 'attempt' && row.procedure === 'promote');
  const answer = rows.findLast((row) => row.type === 'answer' && row.procedure === 'promote');
  const isRefused = answer?.type === 'answer' && (answer.outcome === 'refused' || answer.outcome === 'not-taken');
  if (called === undefined || isRefused || last(rows, 'promoted') !== undefined) return undefined;
  const promoted = last(rows, 'planned')?.plan.target;
  // As the execution itself judges: without any effect for so long, the call was not taken.
  const isSilent = at - called.at >= limits.promotionSilence;
  if (isSilent && others.some(({ id, replication }) => id === promoted && replication === 'running')) return undefined;
  return `${target} is to take writes, and ${promoted ?? 'another member'} may still become a primary by run ${standing.lastRun ?? ''}: there would be two`;
}
