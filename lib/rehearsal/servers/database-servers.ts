import type { DatabaseMember } from './database-member';
import type { DatabaseSession, StatementFailure } from './database-session';
import type { Address, Loopback } from './loopback';
import type { MasterUser } from './master-user';

/** The real servers of a stage: what its clients and its judge need of them, whatever the engine and the cloud. */
export interface DatabaseServers {
  readonly master: MasterUser;
  readonly network: Loopback;
  /** Value of the secret with the master user's name and password. */
  readonly secret: string;
  readonly members: readonly DatabaseMember[];
  /** Where its servers have their data: removed with them. */
  readonly folder: string;
  /** @throws UnderstudyError `no-such-server` */
  member(region: string, id: string): DatabaseMember;

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
