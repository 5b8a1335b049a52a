import { CLUSTER_ACTIONS, clusterAskedFor, renderServers } from '../aurora/actions/cluster-actions';
import type { ClusterFleet } from '../aurora/cluster-fleet';
import { QueryService, type QueryAction } from '../wire/query-service';
import { ACTIONS } from './actions/actions';
import { formatArn, parseArn } from './arn';
import type { Fleet } from './fleet';

/** RDS: the control plane of a fleet, and of clusters. */
export function rdsService(fleet: Fleet, clusters: ClusterFleet): QueryService {
  const ofInstances = [...ACTIONS].map(([name, action]): [string, QueryAction] => [
    name,
    { ...action, perform: (call) => action.perform({ ...call, fleet }) },
  ]);
  const ofClusters = [...CLUSTER_ACTIONS].map(([name, action]): [string, QueryAction] => [
    name,
    { ...action, perform: (call) => action.perform({ ...call, clusters }) },
  ]);
  const actions = new Map([...ofInstances, ...ofClusters]);
  const describe = actions.get('DescribeDBInstances');
  if (describe) actions.set('DescribeDBInstances', withServers(describe, clusters));
  return new QueryService({
    profile: {
      name: 'rds',
      throttling: { code: 'Throttling', message: 'Rate exceeded' },
      denial: { code: 'AccessDenied', httpStatus: 403 },
    },
    namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
    actions,
    resourceOf({ DBInstanceIdentifier: instance, DBClusterIdentifier: cluster, GlobalClusterIdentifier: global }) {
      const name = instance ?? cluster ?? global;
      return name === undefined ? undefined : (parseArn(name)?.id ?? name);
    },
    deniedOn: (id, region) => formatArn({ region, account: fleet.account, kind: 'db', id: id ?? '*' }),
  });
}

/** Servers of a cluster are told to whoever asks for that cluster. In a list of all, they are left out. */
function withServers(action: QueryAction, clusters: ClusterFleet): QueryAction {
  return {
    ...action,
    perform: (call) => {
      const cluster = clusterAskedFor(clusters, call.region, call.parameters);
      if (cluster === undefined) return action.perform(call);
      return { DBInstances: { DBInstance: renderServers(clusters, cluster) } };
    },
  };
}
