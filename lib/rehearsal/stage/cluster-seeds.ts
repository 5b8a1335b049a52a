import { TopologyView, type ClusterInstance, type Member, type Topology } from '../../topology';
import type { ClusterSeed, ClustersSeed } from '../aurora/cluster';
import type { ServerSeed } from '../servers/database-backend';
import { identifierOf } from './stage-seeds';

/** Where nobody says a tier. */
const USUAL_TIER = 1;

/** Clusters as AWS has them that the topology's constructs made: the primary's first. */
export function clustersSeed(topology: Topology): ClustersSeed {
  const { active } = new TopologyView(topology);
  const inOrder = [...active].sort((a, b) => Number(b.id === topology.primary) - Number(a.id === topology.primary));
  return {
    clusters: inOrder.map((member) => clusterSeed(topology, member)),
    ...(topology.kind === 'global' && {
      global: { id: (topology.aws.globalIdentifier ?? topology.name).toLowerCase() },
    }),
  };
}

function clusterSeed(topology: Topology, member: Member): ClusterSeed {
  const { region = '', retentionDays = 7, instances = [] } = member;
  const tierOf = ({ tier = USUAL_TIER }: ClusterInstance): number => tier;
  return {
    ...{ region, id: identifierOf(topology, member), engine: topology.engine.name, backupRetention: retentionDays },
    deletionProtection: topology.aws.deletionProtection,
    servers: [...instances]
      .sort((a, b) => tierOf(a) - tierOf(b))
      .map((instance) => ({ id: serverName(topology, member, instance), tier: tierOf(instance) })),
  };
}

const serverName = (topology: Topology, member: Member, { id, identifier }: ClusterInstance): string =>
  (identifier ?? `${identifierOf(topology, member)}-${id}`).toLowerCase();

/** The servers behind them: in every cluster all follow the first, and the first of a secondary that of the primary. */
export function serverSeeds({ clusters }: ClustersSeed): readonly ServerSeed[] {
  const [primary] = clusters;
  return clusters.flatMap(({ region, servers }) =>
    servers.map(({ id }, index): ServerSeed => {
      const followed = index > 0 ? servers[0]?.id : primary?.servers[0]?.id;
      return { region, id, ...(followed !== undefined && followed !== id && { replicaOf: followed }) };
    }),
  );
}
