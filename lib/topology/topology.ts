import type { EngineName } from './engines';
import type { GcpMember, GcpTopology } from './gcp/gcp-topology';
import type { TopologyKind } from './kinds';
import type { RunbookRequest } from './runbook-request';

/** The id under which a member is known for its whole life. */
export type MemberId = string;

/** A length of time in seconds. */
export type Seconds = number;

/** How eligible a member is for promotion: a priority (1 is first), or `never`. */
export type PromotionRule = number | 'never';

/** Whose cloud it is. */
export type Cloud = 'aws' | 'gcp';

/** Whether a member keeps a synchronous standby in another zone: `multi-az` on AWS, `regional` on Google. */
export type Standby = 'none' | 'multi-az' | 'regional';

/**
 * What became of a member that takes no more part in replication.
 *
 * `kept`: it still exists, fenced, outside every endpoint and alarm.
 * `removed`: it is no longer declared; only its identity stays, because the members created from it name it for ever.
 */
export type Retired = 'kept' | 'removed';

/** What a member is now. Roles move; identities do not. */
export type Role = 'primary' | 'replica' | 'retired';

/** The database engine that all members run. */
export interface Engine {
  readonly name: EngineName;
  /** As the cloud writes it, for example `17.6`. Unknown (undefined) when it could not be read at synthesis. */
  readonly version?: string;
  /** Only engines that are sold in editions have one, for example `ee`. */
  readonly edition?: string;
}

/** A member's volume. What a replica leaves out, it takes from its source. */
export interface Storage {
  /** Gibibytes. */
  readonly gib?: number;
  readonly type?: string;
  readonly iops?: number;
  /** Mebibytes per second. */
  readonly throughput?: number;
  /** Gibibytes up to which the cloud may grow the volume by itself. */
  readonly growTo?: number;
}

/** How much may go wrong, and for how long. */
export interface Objectives {
  /** Replication lag above which the alarm fires. */
  readonly lag: Seconds;
  /** Most seconds of acknowledged writes that may be lost (RPO). */
  readonly dataLoss?: Seconds;
  /** Longest time without a primary (RTO), by what was lost. */
  readonly recovery: { readonly member?: Seconds; readonly region?: Seconds };
}

/** The id of an instance in its cluster. */
export type InstanceId = string;

/**
 * A server of an Aurora cluster. No member: Aurora makes it writer or reader as it sees fit, and tells nobody beforehand.
 */
export interface ClusterInstance {
  readonly id: InstanceId;
  /** A DB instance class, or `db.serverless`. */
  readonly size?: string;
  /** Who becomes writer: 0 is first, 15 last; of the same tier, the largest. */
  readonly tier?: number;
  /** The DB instance identifier. */
  readonly identifier?: string;
}

/** Between how many Aurora capacity units a serverless instance scales. */
export interface ServerlessCapacity {
  readonly min?: number;
  readonly max?: number;
}

/** Readers that Aurora adds and takes away by itself, outside promotion tiers 0 and 1. They have no id. */
export interface ReaderScaling {
  /** Fewest and most readers, those that are declared included. */
  readonly min?: number;
  readonly max?: number;
  /** Per cent of the processors of all readers to aim at; or connections for each. Neither: 60 per cent. */
  readonly cpu?: number;
  readonly connections?: number;
}

/** What only AWS has, of one member. */
export interface AwsMember {
  /** The identifier of the DB instance or DB cluster: unique in account and Region, never changed. */
  readonly identifier?: string;
  /** Of serverless instances. */
  readonly capacity?: ServerlessCapacity;
  /** Of a cluster, while it takes writes: Aurora scales no readers of a secondary. */
  readonly readerScaling?: ReaderScaling;
  /** Custom endpoints of a cluster: which instances answer under each name. */
  readonly endpoints?: Readonly<Record<string, readonly InstanceId[]>>;
  /** As primary of a global database, stop commits while every secondary is further behind (`rds.global_db_rpo`). */
  readonly rpo?: Seconds;
  readonly replicaMode?: 'open-read-only' | 'mounted';
  /** How far the member deliberately stays behind its source. */
  readonly delay?: Seconds;
}

/**
 * One database server, or one regional cluster, that exists under one identity for its whole life.
 *
 * Any field that may be undefined is *unknown* then (an unresolved CDK value, say): rules that need it are skipped.
 */
export interface Member {
  readonly id: MemberId;
  readonly region?: string;
  /** Whom the member was created from: a historical fact that never changes. Undefined: it is the origin. */
  readonly replicaOf?: MemberId;
  /** Of an Aurora cluster, the size of those instances that say no other. */
  readonly size?: string;
  readonly version?: string;
  readonly storage: Storage;
  /** Of Aurora clusters only; empty: headless, data without a server. */
  readonly instances?: readonly ClusterInstance[];
  readonly standby?: Standby;
  readonly promotion: PromotionRule;
  /** Days for which automatic backups are kept; 0 turns them off. */
  readonly retentionDays?: number;
  readonly encrypted?: boolean;
  /** `create`, or the name of an existing key (an ARN, an alias, an id). Undefined: the cloud's own key. */
  readonly key?: string;
  readonly retired?: Retired;
  readonly tags: Readonly<Record<string, string>>;
  /** Empty on Google. */
  readonly aws: AwsMember;
  /** Undefined on AWS. */
  readonly gcp?: GcpMember;
}

/** What exists already in one Region, and what is to be told there. */
export interface AwsRegion {
  /** An existing VPC; without it, one is created. */
  readonly vpc?: { readonly id: string; readonly subnets: readonly string[] };
  /** CIDR block of the VPC that is created. */
  readonly cidr?: string;
  /** ARN of an existing SNS topic for alarms and events; without it, one is created. */
  readonly alarmTopic?: string;
}

/** What only AWS has, of the whole topology. */
export interface AwsTopology {
  readonly credentials: 'self-managed' | 'rds-managed';
  /** Master user name. Undefined: the engine's customary one. */
  readonly username?: string;
  /** Name of the database that is created with the origin. */
  readonly database?: string;
  readonly port?: number;
  readonly license?: 'license-included' | 'bring-your-own-license';
  /** Engine parameters, the same in every Region. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly insights?: 'off' | 'standard' | 'advanced';
  /** Undefined: the engine's customary logs. Empty: none. */
  readonly logExports?: readonly string[];
  readonly iamAuthentication?: boolean;
  readonly deletionProtection: boolean;
  /** Identifier of the Aurora Global Database. Undefined: the name of the topology. */
  readonly globalIdentifier?: string;
  /** Readers that pass writes on to the writer of their cluster, or of the global database. */
  readonly writeForwarding?: { readonly local?: boolean; readonly global?: boolean };
  /** E-mail addresses subscribed to the alarm topics that are created. */
  readonly notify: readonly string[];
  readonly regions: Readonly<Record<string, AwsRegion>>;
  /** Undefined: none is asked for. */
  readonly runbook?: RunbookRequest;
}

/** The cluster whose servers are the members of a topology. */
export interface EnclosingCluster {
  readonly member: MemberId;
  /** The DB cluster identifier. */
  readonly identifier: string;
  readonly region: string;
}

/** One replicated database: its members, their lineage, who is primary, the objectives. */
export interface Topology {
  readonly name: string;
  readonly cloud: Cloud;
  readonly kind: TopologyKind;
  readonly engine: Engine;
  /** The member that takes writes now. A promotion changes this one field. */
  readonly primary: MemberId;
  readonly objectives: Objectives;
  /** The primary commits at least this often (application traffic or a heartbeat job). Undefined: it may be idle. */
  readonly heartbeat?: Seconds;
  readonly tags: Readonly<Record<string, string>>;
  readonly members: readonly Member[];
  /** Never declared: a look into a cluster has found its servers, and they are the members here. */
  readonly within?: EnclosingCluster;
  /** On Google, what it is when nothing is said. */
  readonly aws: AwsTopology;
  /** Undefined on AWS. */
  readonly gcp?: GcpTopology;
}
