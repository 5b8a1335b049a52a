import { isSince, type Topology } from '../../../../topology';
import type { Measure } from '../fleet/lag-samples';

/** First versions whose RPO lag is sent; Aurora PostgreSQL always sent it. Source: Amazon Aurora User Guide, "Monitoring an Aurora global database". */
const RPO_LAG_SINCE = { '2': '2.12', '3': '3.04', '8': '8.4' } as const;

/** How far a cluster is behind another: never tried live that its own identifier is enough to read it by. */
export function clusterMeasure({ kind, engine: { name, version } }: Topology): Measure {
  const dimension = 'DBClusterIdentifier';
  if (kind !== 'global') return { metric: 'AuroraBinlogReplicaLag', dimension, unit: 's' };
  const isOld = name === 'aurora-mysql' && version !== undefined && !isSince(version, RPO_LAG_SINCE);
  return { metric: isOld ? 'AuroraGlobalDBReplicationLag' : 'AuroraGlobalDBRPOLag', dimension, unit: 'ms' };
}

/** How far a server is behind the writer of its cluster. */
export function serverMeasure({ kind }: Topology): Measure {
  const dimension = 'DBInstanceIdentifier';
  return kind === 'multi-az-cluster'
    ? { metric: 'ReplicaLag', dimension, unit: 's' }
    : { metric: 'AuroraReplicaLag', dimension, unit: 'ms' };
}
