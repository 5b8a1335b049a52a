import { ApiRefusal } from '../../api-refusal';
import type { XmlElements } from '../../wire/write-xml';
import type { GlobalDatabase } from '../cluster';
import { endsOf, failOver, invalid, switchOver } from '../move-global';
import { detach } from '../move-inside';
import type { ClusterAction, ClusterCall } from './cluster-action';

const NAME = 'GlobalClusterIdentifier';

export const describeGlobalClusters: ClusterAction = {
  mutating: false,
  accepts: [NAME],
  perform: (call) => ({ GlobalClusters: { GlobalClusterMember: render(call, named(call)) } }),
};

/** Where the primary is. */
export const switchoverGlobalCluster: ClusterAction = {
  mutating: true,
  accepts: [NAME, 'TargetDbClusterIdentifier'],
  perform(call) {
    const { clusters, region, parameters } = call;
    const global = named(call);
    if (clusters.cluster(global.writer).region !== region) throw invalid(global);
    switchOver(clusters, endsOf(clusters, region, parameters.required('TargetDbClusterIdentifier')));
    return { GlobalCluster: render(call, named(call)) };
  },
};

/** Where the target is. Without the word that data may be lost it would be a switchover, which has an action of its own here. */
export const failoverGlobalCluster: ClusterAction = {
  mutating: true,
  accepts: [NAME, 'TargetDbClusterIdentifier', 'AllowDataLoss'],
  perform(call) {
    const { clusters, region, parameters } = call;
    const global = named(call);
    const ends = endsOf(clusters, region, parameters.required('TargetDbClusterIdentifier'));
    if (parameters.flag('AllowDataLoss') !== true || ends.target.region !== region) throw invalid(global);
    failOver(clusters, ends);
    return { GlobalCluster: render(call, named(call)) };
  },
};

export const removeFromGlobalCluster: ClusterAction = {
  mutating: true,
  accepts: [NAME, 'DbClusterIdentifier'],
  perform(call) {
    const { clusters, region, parameters } = call;
    const global = named(call);
    const cluster = clusters.named(region, parameters.required('DbClusterIdentifier'));
    if (!global.members.includes(cluster.id) || cluster.id === global.writer) throw invalid(global);
    detach(clusters, cluster);
    return { GlobalCluster: render(call, named(call)) };
  },
};

function named({ clusters, parameters }: ClusterCall): GlobalDatabase {
  const id = parameters.required(NAME);
  if (clusters.global?.id === id.toLowerCase()) return clusters.global;
  throw new ApiRefusal('GlobalClusterNotFoundFault', `GlobalCluster ${id} not found.`, 404);
}

function render({ clusters }: ClusterCall, { id, members, writer, move }: GlobalDatabase): XmlElements {
  const arnOf = (member: string): string => clusters.arnOf(clusters.cluster(member));
  return {
    GlobalClusterIdentifier: id,
    Status: 'available',
    Endpoint: `${id}.global-abcdefghijkl.global.rds.amazonaws.com`,
    FailoverState: move && {
      Status: move.status,
      FromDbClusterArn: arnOf(move.from),
      ToDbClusterArn: arnOf(move.to),
      IsDataLossAllowed: move.status === 'failing-over',
    },
    GlobalClusterMembers: {
      GlobalClusterMember: members.map((member) => ({
        DBClusterArn: arnOf(member),
        IsWriter: member === writer,
        SynchronizationStatus: member === writer ? undefined : clusters.cluster(member).sync,
      })),
    },
  };
}
