import type { Duration } from 'aws-cdk-lib';
import type { ClusterInstance, Engine, Member } from '../../topology';
import { isUnknown } from '../known-values';
import type { ClusterInstanceProps, ClusterProps } from './cluster-props';

/** Where a cluster is declared. */
export interface ClusterDeclaration {
  readonly topologyName: string;
  readonly engine: Engine;
  readonly region: string;
  readonly id: string;
}

const USUAL_DAYS = 7;

/** A cluster in the words of the topology, completed from its source if it has one. */
export function declareCluster(
  at: ClusterDeclaration,
  props: ClusterProps & { readonly encrypted?: boolean },
  source?: Member,
): Member {
  const identifier = props.clusterIdentifier ?? `${at.topologyName}-${at.id}`;
  const size = props.instanceType === undefined ? source?.size : `db.${props.instanceType.toString()}`;
  return {
    id: at.id,
    region: at.region,
    replicaOf: source?.id,
    size,
    version: props.engineVersion ?? source?.version ?? at.engine.version,
    storage: { type: props.storageType ?? source?.storage.type ?? 'aurora' },
    instances: Object.entries(props.instances).map(([id, each]) => declareInstance(id, each, { identifier, size })),
    promotion: props.promotion ?? (source === undefined ? 1 : 'never'),
    retentionDays: daysOf(props.backupRetention) ?? USUAL_DAYS,
    encrypted: source === undefined ? (props.encrypted ?? true) : source.encrypted,
    key: keyName(props),
    retired: props.retired,
    tags: {},
    aws: {
      identifier,
      capacity: props.capacity,
      readerScaling: props.readerScaling,
      endpoints: props.endpoints,
      rpo: props.rpo?.toSeconds(),
    },
  };
}

function declareInstance(
  id: string,
  { instanceType, serverless = false, tier = 1, identifier }: ClusterInstanceProps,
  cluster: { readonly identifier: string; readonly size?: string },
): ClusterInstance {
  const own = instanceType === undefined ? cluster.size : `db.${instanceType.toString()}`;
  return {
    id,
    size: serverless ? 'db.serverless' : own,
    tier,
    identifier: identifier ?? `${cluster.identifier}-${id}`,
  };
}

function daysOf(retention: Duration | undefined): number | undefined {
  if (retention === undefined || retention.isUnresolved()) return retention?.toDays();
  return retention.toDays({ integral: false });
}

/** A key made in the same program has no name yet; its path tells it from others. */
function keyName({ encryptionKey }: ClusterProps): string | undefined {
  if (encryptionKey === undefined) return undefined;
  return isUnknown(encryptionKey.keyArn) ? encryptionKey.node.path : encryptionKey.keyArn;
}
