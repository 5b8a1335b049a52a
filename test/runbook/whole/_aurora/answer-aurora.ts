import type { RDSClientConfig } from '@aws-sdk/client-rds';
import { credentialScope } from '../../../../lib/rehearsal/credential-scope';
import { writeXml, type XmlElements } from '../../../../lib/rehearsal/wire/write-xml';
import { arnOf, clusterElements, Refused, type AuroraCloud, type Cluster } from './aurora-cloud';

type Form = Readonly<Record<string, string>>;
type Action = (cloud: AuroraCloud, region: string, form: Form) => XmlElements;

const NAMESPACE = 'http://rds.amazonaws.com/doc/2014-10-31/';

/** What the SDK hands to whoever carries its requests, as far as the cloud reads it. */
interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * The cloud behind the real SDK, which writes and signs its requests and reads the answers; between the two is no network,
 * which would cost more than everything else. The signature of a request names its Region.
 */
export function answeredBy(cloud: AuroraCloud): NonNullable<RDSClientConfig['requestHandler']> {
  return { handle: (request: Asked) => answer(cloud, request).then((response) => ({ response })) };
}

/** A connection that ends without an answer. */
const reset = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

// eslint-disable-next-line @typescript-eslint/require-await -- the SDK expects a promise, and that nothing is thrown before it
async function answer(cloud: AuroraCloud, { headers, body }: Asked): Promise<Answer> {
  const form = Object.fromEntries(new URLSearchParams(String(body)));
  const region = credentialScope(headers['authorization'])?.region ?? '';
  const { Action: action = '' } = form;
  if (cloud.dead.has(region)) throw reset();
  const fault = cloud.faults.find((each) => each.action === action && each.times > 0);
  if (fault) fault.times -= 1;
  if (fault?.how === 'dropped') throw reset();
  try {
    if (fault?.how === 'refused') throw new Refused('InvalidGlobalClusterStateFault', 'It cannot be done now.');
    const perform = ACTIONS[action];
    if (perform === undefined) throw new Refused('InvalidAction', `${action} is not played`);
    cloud.now();
    const result = perform(cloud, region, form);
    if (!action.startsWith('Describe')) cloud.changes.push(`${region} ${action}`);
    if (fault?.how === 'lost') throw reset();
    return xml(200, `${action}Response`, { [`${action}Result`]: result, ResponseMetadata: { RequestId: 'one' } });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, message } = error;
    return xml(400, 'ErrorResponse', { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: 'one' });
  }
}

const xml = (statusCode: number, root: string, elements: XmlElements): Answer => ({
  statusCode,
  headers: { 'content-type': 'text/xml' },
  body: Buffer.from(writeXml(root, NAMESPACE, elements)),
});

function clusterIn(cloud: AuroraCloud, region: string, id = ''): Cluster {
  const cluster = cloud.cluster(id);
  if (cluster.region !== region) throw new Refused('DBClusterNotFoundFault', `DBCluster ${id} not found.`);
  return cluster;
}

const globalElements = ({ global, moving, clusters }: AuroraCloud): XmlElements => ({
  GlobalClusterIdentifier: global?.id,
  Status: 'available',
  Endpoint: global?.hasEndpoint ? `${global.id}.global-1.global.rds.amazonaws.com` : undefined,
  FailoverState: moving && {
    Status: moving.status,
    FromDbClusterArn: moving.from,
    ToDbClusterArn: moving.to,
    IsDataLossAllowed: moving.status === 'failing-over',
  },
  GlobalClusterMembers: {
    GlobalClusterMember: clusters
      .filter(({ id }) => global?.members.includes(id))
      .map((each) => ({
        DBClusterArn: arnOf(each),
        IsWriter: each.id === global?.writer,
        SynchronizationStatus: each.id === global?.writer ? undefined : each.sync,
      })),
  },
});

const ACTIONS: Readonly<Record<string, Action>> = {
  DescribeGlobalClusters: (cloud, _, { GlobalClusterIdentifier: id }) => {
    if (cloud.global?.id !== id) throw new Refused('GlobalClusterNotFoundFault', `GlobalCluster ${id} not found.`);
    return { GlobalClusters: { GlobalClusterMember: globalElements(cloud) } };
  },
  DescribeDBClusters: (cloud, region, { DBClusterIdentifier: id }) => ({
    DBClusters: { DBCluster: clusterElements(clusterIn(cloud, region, id)) },
  }),
  DescribeDBInstances: (cloud, region, form) => {
    const cluster = clusterIn(cloud, region, form['Filters.Filter.1.Values.Value.1']);
    return {
      DBInstances: {
        DBInstance: cluster.servers.map(({ id, status }) => ({
          ...{ DBInstanceIdentifier: id, DBInstanceStatus: status, DBClusterIdentifier: cluster.id },
          Endpoint: { Address: `${id}.${region}.rds.amazonaws.com`, Port: 5432 },
        })),
      },
    };
  },
  DescribeEvents: (cloud, region, { StartTime = '' }) => ({
    Events: {
      Event: cloud.events
        .filter((each) => each.region === region && each.at >= Date.parse(StartTime) / 1000)
        .map(({ message, at }) => ({ SourceType: 'db-cluster', Message: message, Date: new Date(at * 1000) })),
    },
  }),
  DescribeDBClusterSnapshots: (cloud, region, { DBClusterIdentifier: id = '' }) => ({
    DBClusterSnapshots: {
      DBClusterSnapshot: cloud.snapshots
        .filter((each) => each.region === region && each.cluster === id)
        .map((each) => ({
          DBClusterSnapshotIdentifier: each.id,
          Status: 'available',
          SnapshotCreateTime: new Date(each.at * 1000),
        })),
    },
  }),
  SwitchoverGlobalCluster: (cloud, region, { TargetDbClusterIdentifier: target = '' }) => {
    if (cloud.global === undefined || cloud.cluster(cloud.global.writer).region !== region) {
      throw new Refused('InvalidGlobalClusterStateFault', 'A switchover is asked for where the primary is.');
    }
    cloud.move(target, true);
    return { GlobalCluster: globalElements(cloud) };
  },
  FailoverGlobalCluster: (cloud, region, { TargetDbClusterIdentifier: target = '', AllowDataLoss }) => {
    if (AllowDataLoss !== 'true' || !target.includes(`:${region}:`)) {
      throw new Refused('InvalidGlobalClusterStateFault', 'A failover is asked for where the target is.');
    }
    cloud.move(target, false);
    return { GlobalCluster: globalElements(cloud) };
  },
  RemoveFromGlobalCluster: (cloud, _, { DbClusterIdentifier: target = '' }) => {
    cloud.detach(target);
    return { GlobalCluster: globalElements(cloud) };
  },
  FailoverDBCluster: (cloud, region, { DBClusterIdentifier: id, TargetDBInstanceIdentifier: server = '' }) => {
    cloud.failOverInside(clusterIn(cloud, region, id).id, server);
    return {};
  },
  PromoteReadReplicaDBCluster: (cloud, region, { DBClusterIdentifier: id }) => {
    cloud.promote(clusterIn(cloud, region, id).id);
    return {};
  },
  ModifyDBCluster: (cloud, region, { DBClusterIdentifier: id, BackupRetentionPeriod: days, DeletionProtection }) => {
    const cluster = clusterIn(cloud, region, id);
    if (days !== undefined) cluster.retention = Number(days);
    if (DeletionProtection === 'true') cluster.isProtected = true;
    return {};
  },
  CopyDBClusterSnapshot: (cloud, region, form) => {
    const { SourceDBClusterSnapshotIdentifier: from, TargetDBClusterSnapshotIdentifier: id = '' } = form;
    const source = cloud.snapshots.find((each) => each.region === region && each.id === from);
    if (source === undefined) throw new Refused('DBClusterSnapshotNotFoundFault', `${from} not found`);
    if (cloud.snapshots.some((each) => each.id === id)) throw new Refused('DBClusterSnapshotAlreadyExistsFault', id);
    cloud.snapshots.push({ ...source, id, at: cloud.now() });
    return {};
  },
};
