import type { InstanceBackend } from '../rds/instance-backend';
import type { DatabaseMember } from './database-member';
import type { DatabaseSession, StatementFailure } from './database-session';
import type { Address, Loopback } from './loopback';
import type { MasterUser } from './master-user';

/** An instance that is there from the start, so far as a server goes. */
export interface ServerSeed {
  readonly region: string;
  readonly id: string;
  /** Id of one that comes before it. */
  readonly replicaOf?: string;
}

export interface DatabaseBackendOptions {
  /** In the order of the cloud's own seeds. */
  readonly seeds: readonly ServerSeed[];
  /** From where the cloud's API tells its addresses: the Region of whoever asks it. @default the first seed's */
  readonly viewpoint?: string;
  /** Security groups that let nobody in: an instance that has no other takes no new connections. @default none */
  readonly closedGroups?: readonly string[];
  /** @default understudy, with a random password */
  readonly master?: Partial<MasterUser>;
  /** How many of the cloud's seconds pass in one of the machine's: servers keep each other awake as often. @default 1 */
  readonly scale?: number;
}

/** A real server behind every instance: what a stage, its clients and its judge need of them, whatever the engine. */
export interface DatabaseBackend extends InstanceBackend {
  readonly master: MasterUser;
  readonly network: Loopback;
  /** Value of the secret with the master user's name and password. */
  readonly secret: string;
  readonly members: readonly DatabaseMember[];
  /** Where its servers have their data: removed with them. */
  readonly folder: string;
  /** @throws UnderstudyError `no-such-server` */
  member(region: string, id: string): DatabaseMember;
  adopt: NonNullable<InstanceBackend['adopt']>;

  /** Nothing passes any more between this Region and all others: no client from elsewhere, no replication. */
  cut(region: string): void;
  reconnect(region: string): void;

  /** A session of the master user. @param patience milliseconds of the machine until it is there, and for each answer */
  connect(address: Address, patience: number): Promise<DatabaseSession>;
  /** What a session's error says. */
  failureOf(error: unknown): StatementFailure;
  /** `ReplicaLag` of a replica as RDS for this engine defines it, in seconds of the machine; undefined: there is none yet. */
  lagOf(session: DatabaseSession): Promise<number | undefined>;
  /** What RDS itself writes on an idle primary. */
  beat(session: DatabaseSession): Promise<void>;

  /** Ends all servers, and leaves nothing. */
  close(): Promise<void>;
}
