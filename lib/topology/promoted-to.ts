import type { MemberId, Topology } from './topology';
import { TopologyView } from './topology-view';

/**
 * The topology as it is after `promoted` was promoted, whatever the program says still: it is the primary, and whoever does
 * not follow it is retired.
 */
export function promotedTo(topology: Topology, promoted: MemberId): Topology {
  // All of a global database follow the new primary.
  if (topology.kind === 'global') return { ...topology, primary: promoted };
  const view = new TopologyView(topology);
  const members = topology.members.map((member) => {
    const follows = member.id === promoted || view.lineageOf(member).some(({ id }) => id === promoted);
    return follows || member.retired !== undefined ? member : { ...member, retired: 'kept' as const };
  });
  return { ...topology, primary: promoted, members };
}
