import { TopologyView, type MemberId } from '../../topology';
import { isLag, newest } from './applied-to';
import { seen, type Instant, type MemberObservation, type Observation } from './observation';
import type { Policy } from './policy';

/** A member that speaks for the primary being alive. */
export interface Witness {
  readonly member: MemberId;
  /**
   * `heard`: its receiver, or a write that it applied, says so. `lag`: only the metric of its lag does, and that may be 0
   * while its receiver hangs.
   */
  readonly by: 'heard' | 'lag';
  /** When the primary was alive by its word. */
  readonly at: Instant;
  /** Until when its word counts. */
  readonly until: Instant;
}

/**
 * Members that speak for the primary being alive although it does not answer: replication into them runs, and they have heard
 * from it just now. From here the primary is unreachable, from there it takes writes. By id.
 *
 * By a metric, "just now" is as much longer as the metric is old: a failover may have to wait for that.
 */
export function witnesses(observation: Observation, policy: Policy): readonly Witness[] {
  const view = new TopologyView(observation.topology);
  const found = view.replicas.flatMap((replica) => {
    const sight = seen(observation, replica.id);
    if (sight.replication === 'stopped' || sight.replication === 'none' || sight.acceptsWrites === 'yes') return [];
    // Who follows a replica hears from that replica; only what it has applied came from the primary.
    const isDirect = view.followedBy(replica)?.id === observation.topology.primary;
    const witness = testimony(sight, isDirect, observation.at, policy);
    return witness !== undefined && witness.until >= observation.at ? [witness] : [];
  });
  return found.toSorted((a, b) => (a.member < b.member ? -1 : 1));
}

function testimony(
  { id, lastHeard, position, samples }: MemberObservation,
  isDirect: boolean,
  now: Instant,
  { freshness, samplePeriod, clockSkew, idleClimb }: Policy,
): Witness | undefined {
  // A time to come is told by a clock that is wrong: it must not block for as long as it is wrong.
  const own = [isDirect ? lastHeard : undefined, position?.appliedTo]
    .filter((each) => each !== undefined)
    .filter((each) => each <= now + clockSkew);
  if (own.length > 0) {
    const at = Math.max(...own);
    return { member: id, by: 'heard', at, until: at + freshness + clockSkew };
  }
  const sample = isDirect ? newest(samples, now + clockSkew) : undefined;
  if (sample === undefined || !isLag(sample)) return undefined;
  const at = sample.at - (sample.lag ?? 0);
  return { member: id, by: 'lag', at, until: at + freshness + samplePeriod + idleClimb + clockSkew };
}
