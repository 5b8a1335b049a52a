import type { MemberId, Seconds, Topology } from '../../topology';

/** Seconds since 1970, UTC. */
export type Instant = number;

/** Unknown is not dead. */
export type Reach = 'reachable' | 'unreachable' | 'unknown';

/** How replication into a member stands, by the cloud's or the database's own word. `none`: it follows nobody any more. */
export type Replication = 'running' | 'stopped' | 'none' | 'unknown';

/** Up to where a member has applied the primary's writes. */
export interface Position {
  /**
   * Every write that was committed on the primary until then is on the member, by the primary's clock: the commit time of the
   * newest write that it has applied. Never "now minus the lag": a lag says 0 while the receiver waits for a dead primary.
   */
  readonly appliedTo: Instant;
  /** How much earlier it may really be, seen by the runbook's clock: what is between the two clocks counts. */
  readonly error: Seconds;
  /** Grows with every write: bytes of log (LSN) or number of transactions (GTID). Compares members of one lineage. */
  readonly ordinal?: number;
  /** What the ordinal counts. */
  readonly unit?: 'bytes' | 'transactions';
  /** As the engine writes it. */
  readonly token?: string;
  /**
   * Changes when a transaction has written, and only then; compares a server with itself alone. Undefined: the token does so.
   * PostgreSQL's log also grows while nobody writes.
   */
  readonly written?: string;
  /** `sql`: asked the member itself. `metric`: computed from a sample of its lag. */
  readonly source: 'sql' | 'metric';
}

/** The lag of a member at one time. */
export interface LagSample {
  /** The end of the time that the sample stands for: CloudWatch stamps a period with its beginning. */
  readonly at: Instant;
  /** Null: it did not replicate then. RDS for MySQL writes that -1, which is understood as well. */
  readonly lag: Seconds | null;
}

/** What is seen of one member. */
export interface MemberObservation {
  readonly id: MemberId;
  /** Whether the cloud's API answers for it. */
  readonly controlPlane: Reach;
  /** Whether the database itself answers. */
  readonly dataPlane: Reach;
  /** The cloud's word for its condition, for example `available`; undefined when the control plane does not tell. */
  readonly status?: string;
  /** Whether the cloud lets it be promoted in that condition. */
  readonly isReady: boolean;
  readonly replication: Replication;
  /** Whether it takes writes. */
  readonly acceptsWrites: 'yes' | 'no' | 'unknown';
  /** As it says itself, now. */
  readonly position?: Position & { readonly source: 'sql' };
  /** When its receiver last had a word from whom it follows, by its own word; a keep-alive counts. */
  readonly lastHeard?: Instant;
  /** Its lag in the time before. */
  readonly samples: readonly LagSample[];
  /** The newest evidence that it was alive; of the primary, that it could take writes. */
  readonly lastSeenAlive?: Instant;
  /**
   * Since when it certainly takes no writes: a fence is proven, or the cloud itself says that it was stopped or has failed.
   * That nobody here could reach it is no evidence.
   */
  readonly stoppedAt?: Instant;
}

/** What an adapter found in its cloud that stands in the way: a secret that cannot be read, an endpoint that is not there. */
export interface Obstacle {
  readonly id: string;
  readonly severity: 'block' | 'warn';
  readonly problem: string;
  readonly fix: string;
  readonly acceptance: 'none' | 'override';
}

/** What is seen of a replicated database at one time. Every decision follows from this and from the event alone. */
export interface Observation {
  /** By the runbook's clock. */
  readonly at: Instant;
  readonly topology: Topology;
  readonly members: readonly MemberObservation[];
  /** When the last run that promoted somebody ended. */
  readonly lastPromotion?: Instant;
  readonly obstacles: readonly Obstacle[];
}

/** What is seen of a member; nothing, when it was not looked at. */
export function seen(observation: Observation, id: MemberId): MemberObservation {
  return (
    observation.members.find((member) => member.id === id) ?? {
      id,
      controlPlane: 'unknown',
      dataPlane: 'unknown',
      isReady: false,
      replication: 'unknown',
      acceptsWrites: 'unknown',
      samples: [],
    }
  );
}

/** What is seen of the primary. */
export function seenPrimary(observation: Observation): MemberObservation {
  return seen(observation, observation.topology.primary);
}
