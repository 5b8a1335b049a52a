import { ApiRefusal } from '../../api-refusal';
import type { ClusterSnapshot } from '../cluster';
import type { ClusterAction, ClusterCall } from './cluster-action';

/** What was told in the call's Region since then, on one page. */
export const describeEvents: ClusterAction = {
  mutating: false,
  accepts: ['StartTime'],
  perform({ clusters, region, parameters }) {
    const since = Date.parse(parameters.required('StartTime'));
    const told = clusters.events.filter((event) => event.region === region && event.at >= since);
    return {
      Events: {
        Event: told.map(({ at, message }) => ({ SourceType: 'db-cluster', Message: message, Date: new Date(at) })),
      },
    };
  },
};

const ofRegion = ({ clusters, region }: ClusterCall): readonly ClusterSnapshot[] =>
  clusters.snapshots.filter((each) => each.region === region);

export const describeDbClusterSnapshots: ClusterAction = {
  mutating: false,
  accepts: ['DBClusterIdentifier'],
  perform(call) {
    const cluster = call.parameters.required('DBClusterIdentifier');
    const found = ofRegion(call).filter((each) => each.cluster === cluster);
    return {
      DBClusterSnapshots: {
        DBClusterSnapshot: found.map(({ id, at }) => ({
          ...{ DBClusterSnapshotIdentifier: id, DBClusterIdentifier: cluster },
          ...{ Status: 'available', SnapshotCreateTime: new Date(at) },
        })),
      },
    };
  },
};

export const copyDbClusterSnapshot: ClusterAction = {
  mutating: true,
  accepts: ['SourceDBClusterSnapshotIdentifier', 'TargetDBClusterSnapshotIdentifier'],
  perform(call) {
    const from = call.parameters.required('SourceDBClusterSnapshotIdentifier');
    const id = call.parameters.required('TargetDBClusterSnapshotIdentifier');
    const source = ofRegion(call).find((each) => each.id === from);
    if (source === undefined) {
      throw new ApiRefusal('DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${from} not found.`, 404);
    }
    if (ofRegion(call).some((each) => each.id === id)) {
      throw new ApiRefusal('DBClusterSnapshotAlreadyExistsFault', `DBClusterSnapshot ${id} already exists.`);
    }
    call.clusters.keep({ id, region: source.region, cluster: source.cluster });
    return { DBClusterSnapshot: { DBClusterSnapshotIdentifier: id, Status: 'available' } };
  },
};
