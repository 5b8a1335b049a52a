import { TopologyView, type MemberId, type Topology } from '../../topology';

/** The replica that would be promoted: the best priority, in the order of the topology. */
export function bestCandidate(topology: Topology): MemberId | undefined {
  const { promotable } = new TopologyView(topology);
  return [...promotable].sort((a, b) => Number(a.promotion) - Number(b.promotion))[0]?.id;
}
