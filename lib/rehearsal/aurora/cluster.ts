/** A server of a cluster, as RDS tells it. */
export interface ClusterServer {
  readonly id: string;
  readonly tier: number;
  readonly status: string;
}

/** A cluster as RDS tells it: one volume, and servers on it. */
export interface Cluster {
  readonly region: string;
  readonly id: string;
  readonly engine: string;
  /** None: headless, data without a server. */
  readonly servers: readonly ClusterServer[];
  /** The first server of a secondary counts as its writer, too, and takes no writes. */
  readonly writer: string | undefined;
  readonly status: string;
  /** How it follows in a global database. */
  readonly sync: 'connected' | 'pending-resync';
  /** ARN of whom it follows by binary log. */
  readonly source: string | undefined;
  readonly backupRetention: number;
  readonly deletionProtection: boolean;
}

/** A global database. */
export interface GlobalDatabase {
  readonly id: string;
  /** Ids of its clusters. */
  readonly members: readonly string[];
  /** Which of them takes writes. */
  readonly writer: string;
  /** Where its own name for the writer leads: that follows later. */
  readonly leadsTo: string;
  readonly move?: GlobalMove;
}

/** A move that Aurora makes at the moment. */
export interface GlobalMove {
  readonly status: 'switching-over' | 'failing-over';
  readonly from: string;
  readonly to: string;
}

export interface ClusterEvent {
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}

export interface ClusterSnapshot {
  readonly id: string;
  readonly region: string;
  readonly cluster: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A cluster that is there from the start, available and connected. */
export interface ClusterSeed {
  readonly region: string;
  readonly id: string;
  /** @default 'aurora-postgresql' */
  readonly engine?: string;
  /** The first is the writer. Empty: headless. */
  readonly servers: readonly Pick<ClusterServer, 'id' | 'tier'>[];
  /** Id of another of these, which it follows by binary log. @default none */
  readonly follows?: string;
  /** @default 7 */
  readonly backupRetention?: number;
  /** @default true */
  readonly deletionProtection?: boolean;
}

export interface ClustersSeed {
  readonly clusters: readonly ClusterSeed[];
  /** All clusters are its members then, and the first takes writes. @default none */
  readonly global?: { readonly id: string };
}
