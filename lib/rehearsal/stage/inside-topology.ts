import type { ClusterInstance, Member, Topology } from '../../topology';

/** Where nobody says a tier. */
const LAST_TIER = 15;

/** True of a cluster that is alone: its servers are the members of a rehearsal, as they are of a run. */
export const isLoneCluster = ({ kind, members }: Topology): boolean =>
  kind === 'cluster' && members.filter(({ retired }) => retired === undefined).length === 1;

/**
 * The topology with the servers of its one cluster as the members. Of the first tier, the first is the writer: the program names
 * none. Of any other topology, that itself.
 */
export function insideTopology(topology: Topology): Topology {
  const cluster = topology.members.find(({ retired }) => retired === undefined);
  const [writer, ...readers] = [...(cluster?.instances ?? [])].sort((a, b) => tierOf(a) - tierOf(b));
  if (!isLoneCluster(topology) || cluster === undefined || writer === undefined) return topology;
  const memberOf = ({ id, tier = LAST_TIER, identifier = id }: ClusterInstance): Member => ({
    ...{ id, storage: {}, promotion: tier, tags: {}, aws: { identifier: identifier.toLowerCase() } },
    ...(cluster.region !== undefined && { region: cluster.region }),
    ...(id !== writer.id && { replicaOf: writer.id }),
  });
  return { ...topology, primary: writer.id, members: [writer, ...readers].map(memberOf) };
}

const tierOf = ({ tier = LAST_TIER }: ClusterInstance): number => tier;
