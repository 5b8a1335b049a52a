import type { Duration, Size } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { PromotionRule, Retired } from '../topology';

/** A member's volume. */
export interface MemberStorage {
  /**
   * Size of the volume, 20 GiB to 64 TiB.
   *
   * @default - for a replica, the size that the source's volume has when the replica is created
   */
  readonly allocated?: Size;
  /** @default - GP3; for a replica, the source's */
  readonly type?: rds.StorageType;
  /** @default - the engine's; for a replica of the same storage type, the source's */
  readonly iops?: number;
  /**
   * MiB/s of a gp3 volume.
   *
   * @default - the engine's; for a replica of the same storage type, the source's
   */
  readonly throughput?: number;
  /**
   * RDS may grow the volume up to this size.
   *
   * @default - it does not grow; for a replica, as the source
   */
  readonly growTo?: Size;
}

/** What origin and replicas have in common. Nothing in here says who is primary. */
export interface MemberProps {
  /** @default - for a replica, the source's */
  readonly instanceType?: ec2.InstanceType;
  /** @default - gp3; for a replica, as the source */
  readonly storage?: MemberStorage;
  /**
   * A synchronous standby in another Availability Zone.
   *
   * @default false
   */
  readonly multiAz?: boolean;
  /**
   * Priority for promotion (1 is first), or `never`.
   *
   * @default - 1 for the origin, `never` for replicas
   */
  readonly promotion?: PromotionRule;
  /**
   * Automatic backups, 0 to 35 days. Replicas that have replicas need them.
   *
   * @default - 7 days, where the engine can
   */
  readonly backupRetention?: Duration;
  /**
   * Full version of this member, for replica-first upgrades.
   *
   * @default - the engine's; for a replica, the source's
   */
  readonly engineVersion?: string;
  /**
   * The key for the volume, in the member's Region. Required for an encrypted replica in another Region than its source.
   *
   * @default - the key of a source in the same Region, else the AWS managed key
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * `kept`: fenced by the quarantine security group, without alarms. `removed`: no longer in the template.
   *
   * @default - takes part
   */
  readonly retired?: Retired;
  /**
   * DB instance identifier. Never changes, so it must not say primary or replica.
   *
   * @default - name of the topology, a hyphen, id of the member
   */
  readonly instanceIdentifier?: string;
}

/** The member from which all others were created. */
export interface OriginProps extends MemberProps {
  readonly instanceType: ec2.InstanceType;
  readonly storage: MemberStorage & { readonly allocated: Size };
  /**
   * Encryption at rest. Replicas are encrypted exactly when the origin is.
   *
   * @default true
   */
  readonly encrypted?: boolean;
}

/** A member that is created from another. */
export interface ReplicaProps extends MemberProps {
  /**
   * Id of the member it is created from. A historical fact: it stays when that member is long gone.
   *
   * @default - the origin
   */
  readonly replicaOf?: string;
  /**
   * The stack of another Region (or any construct in it) to create the replica in.
   *
   * @default - the Region of the origin
   */
  readonly scope?: Construct;
  /**
   * Where a removed member was, when no stack of that Region is left to be its `scope`: the replicas that were created from it
   * name it with its Region for ever. Of others, `scope` says it.
   *
   * @default - the Region of `scope`
   */
  readonly region?: string;
  /** Network of the Region; required for the first member in one, the same for all others in it. @default - as the first member there */
  readonly vpc?: ec2.IVpc;
  /** @default - isolated subnets if the VPC has any, else private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** Oracle and Db2 only. @default - open read-only */
  readonly replicaMode?: 'open-read-only' | 'mounted';
  /** Stay this far behind the source on purpose. @default - not delayed */
  readonly delay?: Duration;
}
