import type { MemberId, Seconds } from '../topology';

/** Which Cloud SQL it is: the one with fast replacement of a lost primary, read pools and a data cache is Enterprise Plus. */
export type CloudSqlEdition = 'enterprise' | 'enterprise-plus';

export type SslMode = 'allow-unencrypted' | 'encrypted-only' | 'client-certificate';

/** How an instance is reached. */
export interface GcpNetwork {
  /** VPC network of the private address. Undefined: it has none. */
  readonly privateNetwork?: string;
  readonly allocatedRange?: string;
  readonly publicIp?: boolean;
  /** Projects that may connect by Private Service Connect. Undefined: there is no service attachment. */
  readonly pscProjects?: readonly string[];
}

/** One hour of a week, in UTC. */
export interface Maintenance {
  readonly day: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
  readonly hour: number;
  readonly track?: 'canary' | 'stable' | 'week5';
}

/** Several nodes behind one address: a fixed number, or one that follows the load. */
export interface ReadPool {
  readonly nodes?: number;
  readonly autoscale?: {
    readonly min: number;
    readonly max: number;
    /** Average share of the CPU to aim at. */
    readonly cpu?: number;
    /** Connections per node to aim at. */
    readonly connections?: number;
    readonly scaleInAfter?: Seconds;
    readonly scaleOutAfter?: Seconds;
  };
}

/** What only Google has, of one member. What it does not say itself, it has from the topology. */
export interface GcpMember {
  /** The instance name: unique in the project, never changed, and reserved for a week after a deletion. */
  readonly name?: string;
  readonly edition?: CloudSqlEdition;
  readonly zone?: string;
  readonly readPool?: ReadPool;
  readonly cascadable?: boolean;
  readonly failoverTarget?: boolean;
  readonly recreateAfterLag?: Seconds;
  readonly binaryLog?: boolean;
  readonly dataCache?: boolean;
  readonly flags: Readonly<Record<string, string>>;
  readonly network: GcpNetwork;
  readonly sslMode?: SslMode;
  /** Only its own: that of the topology is the primary's. */
  readonly maintenance?: Maintenance;
  readonly deletionProtection?: boolean;
}

/** A switchover in progress: two deployments, because the second has to see what the first one did. */
export interface Transition {
  readonly to: MemberId;
  readonly phase: 'begin' | 'finish';
}

/** What only Google has, of the whole topology. */
export interface GcpTopology {
  /** Undefined: that of the provider. */
  readonly project?: string;
  readonly edition?: CloudSqlEdition;
  /** The replica that takes over in a disaster; after a switchover, the old primary. */
  readonly drReplica?: MemberId;
  readonly transition?: Transition;
  readonly pointInTimeRecovery: boolean;
  readonly connectorEnforcement: boolean;
  readonly maintenance?: Maintenance;
  readonly noMaintenance?: { readonly from: string; readonly until: string; readonly time: string };
  readonly deletionProtection: boolean;
  /** How long something has to be wrong before an alert. */
  readonly alarmAfter: Seconds;
}
