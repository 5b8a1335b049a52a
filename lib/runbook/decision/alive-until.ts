import { TopologyView, type MemberId } from '../../topology';
import { seen, seenPrimary, type Instant, type Observation } from './observation';
import type { Policy } from './policy';

/**
 * The newest time at which a member was certainly alive; undefined when nothing tells.
 *
 * Its followers are evidence, too: what they have heard, or applied, it must have sent. Their clocks may run ahead.
 */
export function aliveUntil(observation: Observation, id: MemberId, { clockSkew }: Policy): Instant | undefined {
  const view = new TopologyView(observation.topology);
  const own = seen(observation, id);
  const evidence: (Instant | undefined)[] = [own.lastSeenAlive];
  // A host that takes connections and answers nothing may be dying.
  if (own.dataPlane === 'reachable' && own.acceptsWrites !== 'unknown') evidence.push(observation.at);
  for (const replica of view.replicas) {
    const { lastHeard, position, acceptsWrites } = seen(observation, replica.id);
    // It may have applied what somebody wrote on it.
    if (acceptsWrites === 'yes') continue;
    const above = view.upstreamOf(replica).map((each) => each.id);
    if (above[0] === id && lastHeard !== undefined) evidence.push(lastHeard - clockSkew);
    if (above.includes(id) && position !== undefined) evidence.push(position.appliedTo - clockSkew);
  }
  // What lies in the future comes from a clock that is wrong by more than is allowed for: it tells nothing.
  const credible = evidence.filter((each) => each !== undefined && each <= observation.at + clockSkew);
  return credible.length === 0 ? undefined : Math.min(observation.at, Math.max(...(credible as Instant[])));
}

/**
 * Until when a member's samples of its lag can be trusted: until the first of those above it was last known alive.
 *
 * A replica of a replica is silent since that one died, and may go on reporting 0 while the primary lives.
 */
export function trustedUntil(observation: Observation, id: MemberId, policy: Policy): Instant | undefined {
  const view = new TopologyView(observation.topology);
  const member = view.get(id);
  const above = member === undefined ? [] : view.upstreamOf(member);
  const times = above.map((each) => aliveUntil(observation, each.id, policy));
  const known = times.filter((each) => each !== undefined);
  return times.length === 0 || known.length < times.length ? undefined : Math.min(...known);
}

/** Since when the primary certainly takes no writes; undefined when that is not proven, or a later write disproves it. */
export function provenStop(observation: Observation, { clockSkew }: Policy): Instant | undefined {
  const { stoppedAt, acceptsWrites } = seenPrimary(observation);
  if (stoppedAt === undefined || stoppedAt > observation.at || acceptsWrites === 'yes') return undefined;
  const { replicas } = new TopologyView(observation.topology);
  const isDisproved = replicas.some(({ id }) => {
    const { position, acceptsWrites: isWritten } = seen(observation, id);
    return position !== undefined && isWritten !== 'yes' && position.appliedTo > stoppedAt + 2 * clockSkew;
  });
  return isDisproved ? undefined : stoppedAt;
}
