import type { Duration } from 'aws-cdk-lib';
import { usualRetention, type Engine, type Member } from '../topology';
import { isUnknown } from './known-values';
import type { MemberProps, OriginProps, ReplicaProps } from './member-props';

/** Where a member is declared. */
export interface Declaration {
  readonly topologyName: string;
  readonly engine: Engine;
  readonly region: string;
  readonly id: string;
}

/** The origin in the words of the topology. Values that are only known at deployment stay in it as tokens. */
export function declareOrigin(at: Declaration, props: OriginProps): Member {
  return { ...declare(at, props), promotion: props.promotion ?? 1, encrypted: props.encrypted ?? true };
}

/** A replica in the words of the topology, completed from its source. */
export function declareReplica(at: Declaration, props: ReplicaProps, source: Member): Member {
  const own = declare(at, props, source);
  return {
    ...own,
    replicaOf: source.id,
    promotion: props.promotion ?? 'never',
    encrypted: source.encrypted,
    key: own.key ?? (source.region === at.region ? source.key : undefined),
    aws: { ...own.aws, replicaMode: props.replicaMode, delay: props.delay?.toSeconds() },
  };
}

function declare(at: Declaration, props: MemberProps, source?: Member): Member {
  const version = props.engineVersion ?? source?.version ?? at.engine.version;
  return {
    id: at.id,
    region: at.region,
    size: props.instanceType === undefined ? source?.size : `db.${props.instanceType.toString()}`,
    version,
    storage: storageOf(props, source),
    standby: props.multiAz === true ? 'multi-az' : 'none',
    promotion: 'never',
    retentionDays:
      daysOf(props.backupRetention) ??
      usualRetention(at.engine.name, isUnknown(version) ? undefined : version, source === undefined),
    key: keyName(props),
    retired: props.retired,
    tags: {},
    aws: { identifier: props.instanceIdentifier ?? `${at.topologyName}-${at.id}` },
  };
}

function storageOf({ storage = {} }: MemberProps, source: Member | undefined): Member['storage'] {
  const type = storage.type ?? (source === undefined ? 'gp3' : source.storage.type);
  const inherited = source !== undefined && source.storage.type === type ? source.storage : undefined;
  return {
    gib: storage.allocated?.toGibibytes(),
    type,
    iops: storage.iops ?? inherited?.iops,
    throughput: storage.throughput ?? inherited?.throughput,
    growTo: storage.growTo?.toGibibytes() ?? source?.storage.growTo,
  };
}

function daysOf(retention: Duration | undefined): number | undefined {
  if (retention === undefined || retention.isUnresolved()) return retention?.toDays();
  return retention.toDays({ integral: false });
}

/** A key made in the same program has no name yet; its path tells it from others. */
function keyName({ encryptionKey }: MemberProps): string | undefined {
  if (encryptionKey === undefined) return undefined;
  return isUnknown(encryptionKey.keyArn) ? encryptionKey.node.path : encryptionKey.keyArn;
}
