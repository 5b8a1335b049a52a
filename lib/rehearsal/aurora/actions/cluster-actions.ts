import { ApiRefusal, notPlayed } from '../../api-refusal';
import type { QueryParameters } from '../../wire/query-parameters';
import type { XmlElements } from '../../wire/write-xml';
import type { Cluster } from '../cluster';
import type { ClusterFleet } from '../cluster-fleet';
import { failOverInside, promote } from '../move-inside';
import { answerWith, namedCluster, renderCluster, type ClusterAction } from './cluster-action';
import {
  describeGlobalClusters,
  failoverGlobalCluster,
  removeFromGlobalCluster,
  switchoverGlobalCluster,
} from './global-actions';
import { copyDbClusterSnapshot, describeDbClusterSnapshots, describeEvents } from './told-actions';

const ID = 'DBClusterIdentifier';

const describeDbClusters: ClusterAction = {
  mutating: false,
  accepts: [ID],
  perform: (call) => ({ DBClusters: { DBCluster: renderCluster(call.clusters, namedCluster(call)) } }),
};

const failoverDbCluster: ClusterAction = {
  mutating: true,
  accepts: [ID, 'TargetDBInstanceIdentifier'],
  perform(call) {
    const cluster = namedCluster(call);
    failOverInside(call.clusters, cluster, call.parameters.required('TargetDBInstanceIdentifier'));
    return answerWith(call, cluster);
  },
};

const modifyDbCluster: ClusterAction = {
  mutating: true,
  accepts: [ID, 'ApplyImmediately', 'BackupRetentionPeriod', 'DeletionProtection'],
  perform(call) {
    const { clusters, parameters } = call;
    const cluster = namedCluster(call);
    if (cluster.status !== 'available') {
      throw new ApiRefusal('InvalidDBClusterStateFault', `DBCluster ${cluster.id} is not available.`);
    }
    const backupRetention = parameters.integer('BackupRetentionPeriod', { min: 1, max: 35 });
    const deletionProtection = parameters.flag('DeletionProtection');
    clusters.change(cluster.id, {
      ...(backupRetention !== undefined && { backupRetention }),
      ...(deletionProtection !== undefined && { deletionProtection }),
    });
    return answerWith(call, cluster);
  },
};

const promoteReadReplicaDbCluster: ClusterAction = {
  mutating: true,
  accepts: [ID],
  perform(call) {
    const cluster = namedCluster(call);
    promote(call.clusters, cluster);
    return answerWith(call, cluster);
  },
};

/** Every action on clusters that is played, by its name on the wire. */
export const CLUSTER_ACTIONS: ReadonlyMap<string, ClusterAction> = new Map([
  ['CopyDBClusterSnapshot', copyDbClusterSnapshot],
  ['DescribeDBClusterSnapshots', describeDbClusterSnapshots],
  ['DescribeDBClusters', describeDbClusters],
  ['DescribeEvents', describeEvents],
  ['DescribeGlobalClusters', describeGlobalClusters],
  ['FailoverDBCluster', failoverDbCluster],
  ['FailoverGlobalCluster', failoverGlobalCluster],
  ['ModifyDBCluster', modifyDbCluster],
  ['PromoteReadReplicaDBCluster', promoteReadReplicaDbCluster],
  ['RemoveFromGlobalCluster', removeFromGlobalCluster],
  ['SwitchoverGlobalCluster', switchoverGlobalCluster],
]);

/** The cluster by which `DescribeDBInstances` is asked for servers; undefined: it is asked for something else. */
export function clusterAskedFor(
  clusters: ClusterFleet,
  region: string,
  parameters: QueryParameters,
): Cluster | undefined {
  const filters = parameters.structures('Filters', 'Filter');
  const own = filters.find((filter) => filter.required('Name') === 'db-cluster-id');
  const [id, ...more] = own?.list('Values', 'Value') ?? [];
  if (id === undefined || !clusters.clusters.some((each) => each.region === region && each.id === id)) return undefined;
  if (more.length > 0 || filters.length > 1) throw notPlayed('several filters with one for a cluster');
  return clusters.named(region, id);
}

/** Servers of a cluster as elements `DBInstance`. */
export function renderServers({ backend }: ClusterFleet, cluster: Cluster): readonly XmlElements[] {
  return cluster.servers.map(({ id, tier, status }) => {
    const { address, port } = backend.serverName(cluster, id);
    return {
      ...{ DBInstanceIdentifier: id, DBInstanceStatus: status, DBClusterIdentifier: cluster.id, PromotionTier: tier },
      ...{ Engine: cluster.engine, Endpoint: { Address: address, Port: port } },
    };
  });
}
