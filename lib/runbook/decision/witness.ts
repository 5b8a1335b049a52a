import { TopologyView, type MemberId } from '../../topology';
import { appliedTo } from './applied-to';
import { seen, type Observation } from './observation';
import type { Policy } from './policy';

/**
 * Members that prove that the primary is alive although it does not answer: replication into them runs, and they have heard
 * from it just now. One is enough to refuse a failover: from here the primary is unreachable, from there it takes writes.
 *
 * By a metric, "just now" is as much longer as the metric is old: a failover may have to wait for that.
 */
export function witnesses(observation: Observation, policy: Policy): readonly MemberId[] {
  const view = new TopologyView(observation.topology);
  if (view.primary === undefined) return [];
  return view
    .followersOf(view.primary)
    .map(({ id }) => seen(observation, id))
    .filter((sight) => {
      if (sight.replication !== 'running') return false;
      const position = appliedTo(sight, undefined, policy);
      return position !== undefined && observation.at - position.appliedTo <= policy.freshness + position.error;
    })
    .map(({ id }) => id);
}
