import type { QueryAction, QueryCall } from '../../wire/query-service';
import type { XmlElements } from '../../wire/write-xml';
import type { Cluster } from '../cluster';
import type { ClusterFleet } from '../cluster-fleet';

export interface ClusterCall extends QueryCall {
  readonly clusters: ClusterFleet;
}

export interface ClusterAction extends Omit<QueryAction, 'perform'> {
  perform(call: ClusterCall): XmlElements | undefined;
}

/** The cluster that the call names. */
export const namedCluster = ({ clusters, region, parameters }: ClusterCall): Cluster =>
  clusters.named(region, parameters.required('DBClusterIdentifier'));

/** The answer of every action that changes a cluster. */
export const answerWith = ({ clusters }: ClusterCall, { id }: Cluster): XmlElements => ({
  DBCluster: renderCluster(clusters, clusters.cluster(id)),
});

/** A cluster as the element `DBCluster`. */
export function renderCluster(clusters: ClusterFleet, cluster: Cluster): XmlElements {
  const { writer, reader } = clusters.backend.namesOf(cluster);
  return {
    DBClusterIdentifier: cluster.id,
    DBClusterArn: clusters.arnOf(cluster),
    Engine: cluster.engine,
    Status: cluster.status,
    Endpoint: writer.address,
    ReaderEndpoint: reader.address,
    Port: writer.port,
    BackupRetentionPeriod: cluster.backupRetention,
    DeletionProtection: cluster.deletionProtection,
    ReplicationSourceIdentifier: cluster.source,
    DBClusterMembers: {
      DBClusterMember: cluster.servers.map(({ id, tier }) => ({
        DBInstanceIdentifier: id,
        // A secondary has readers alone. Never tried live.
        IsClusterWriter: id === cluster.writer && !clusters.isSecondary(cluster),
        PromotionTier: tier,
      })),
    },
  };
}
