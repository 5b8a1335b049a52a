import type { Construct } from 'constructs';
import type { FromTopologyProps } from '../topology-props';
import type { IClusterDatabase } from './cluster-database';
import { GlobalDatabase } from './global-database';
import { MultiAzCluster } from './multi-az-cluster';
import { ReplicatedCluster } from './replicated-cluster';

/** The construct for a topology whose members are clusters, in the scope of the origin's Region. */
export function clustersOf(scope: Construct, id: string, props: FromTopologyProps): IClusterDatabase {
  if (props.topology.kind === 'global') return GlobalDatabase.fromTopology(scope, id, props);
  if (props.topology.kind === 'cluster') return ReplicatedCluster.fromTopology(scope, id, props);
  return MultiAzCluster.fromTopology(scope, id, props);
}
