import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { PromotionRule, ReaderScaling, Retired, ServerlessCapacity } from '../../topology';
import type { DatabaseSettings } from '../database-settings';

/** A server of an Aurora cluster. Nothing in here says who is writer: Aurora moves that by itself. */
export interface ClusterInstanceProps {
  /** @default - that of the cluster */
  readonly instanceType?: ec2.InstanceType;
  /** A server that scales between the units of the cluster's `capacity`. @default false */
  readonly serverless?: boolean;
  /** Promotion tier, 0 to 15: the lowest becomes writer first, of one tier the largest. @default 1 */
  readonly tier?: number;
  /** DB instance identifier. @default - that of the cluster, a hyphen, the id */
  readonly identifier?: string;
}

/** One Aurora cluster in one Region. */
export interface ClusterProps {
  /** Its servers by id. Empty: a headless secondary of a global database. */
  readonly instances: Readonly<Record<string, ClusterInstanceProps>>;
  /** Of those servers that say no other. @default - the source's */
  readonly instanceType?: ec2.InstanceType;
  /** Between how many Aurora capacity units serverless instances scale. @default - there are none */
  readonly capacity?: ServerlessCapacity;
  /** Readers that Aurora adds and takes away while the cluster takes writes. @default - none */
  readonly readerScaling?: ReaderScaling;
  /** Custom endpoints: which instances answer under each name. @default - none */
  readonly endpoints?: Readonly<Record<string, readonly string[]>>;
  /** `AURORA_IOPT1` is I/O-optimised. @default - AURORA; of a replica, as its source */
  readonly storageType?: rds.DBClusterStorageType;
  /** Priority for promotion (1 is first), or `never`. @default - 1 for the origin, `never` for others */
  readonly promotion?: PromotionRule;
  /** 1 to 35 days. @default 7 days */
  readonly backupRetention?: Duration;
  /** Full version of this cluster. @default - the engine's; of a replica, its source's */
  readonly engineVersion?: string;
  /** The key for the data, in the cluster's Region; required for what is encrypted in another Region than its source. @default - the AWS managed key */
  readonly encryptionKey?: kms.IKey;
  /** As primary of a global database on Aurora PostgreSQL, stop commits while every secondary is further behind; 20 s or more. @default - never */
  readonly rpo?: Duration;
  /** `kept`: fenced by the quarantine security group, without alarms. `removed`: no longer in the template. @default - takes part */
  readonly retired?: Retired;
  /** DB cluster identifier; never changes. @default - name of the topology, a hyphen, the id */
  readonly clusterIdentifier?: string;
}

/** Network of a Region. */
export interface ClusterNetwork {
  /** Required for the first cluster in a Region. @default - as the first cluster there */
  readonly vpc?: ec2.IVpc;
  /** @default - isolated subnets if the VPC has any, else private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/** A cluster that was created from another. */
export interface SecondaryProps extends ClusterProps, ClusterNetwork {
  /** Id of the cluster that was primary when it joined. A historical fact. @default - the origin */
  readonly replicaOf?: string;
  /** Where a removed cluster was, when no stack of that Region is left. @default - the Region of the scope */
  readonly region?: string;
}

/** What is the same for every cluster of a database. */
export interface ClusterSettings extends Omit<DatabaseSettings, 'licenseModel'> {
  /** Readers that pass writes on: to the writer of their cluster, or of the global database. @default - neither */
  readonly writeForwarding?: { readonly local?: boolean; readonly global?: boolean };
  /** Identifier of a global database. @default - name of the topology */
  readonly globalIdentifier?: string;
}

/** Where a cluster is declared. */
export interface ClusterScope {
  readonly scope: Construct;
  readonly network: ClusterNetwork;
}
