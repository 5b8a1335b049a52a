import type { DatabaseSession, StatementFailure } from './database-session';
import type { Address, Doors } from './loopback';
import type { MasterUser } from './master-user';

/** What a new server's data are a copy of. */
export type Origin<Member> =
  /** Nothing: it is empty. */
  | { readonly kind: 'empty' }
  /** A server with the master user, that does not run. */
  | { readonly kind: 'first'; readonly isReplica: boolean }
  /** One that runs, and is to be followed. */
  | { readonly kind: 'running'; readonly source: Member };

export interface Recruit<Member> {
  readonly region: string;
  readonly id: string;
  readonly origin: Origin<Member>;
  /** Opens the ways to a server. @param target path of its socket; undefined while there is none */
  readonly doors: (target: () => string | undefined) => Promise<Doors>;
}

/** The servers of one engine: all that a backend does not do alike for every engine. */
export interface ServerCrew<Member> {
  /** As RDS calls it. */
  readonly engine: string;
  /** Of all its servers; goes with them. */
  readonly folder: string;
  /** A member that is not started. */
  recruit(recruit: Recruit<Member>): Promise<Member>;
  /** Makes the master user and the database of a server that was empty. */
  settle(member: Member): Promise<void>;
  /** Makes the data of one that is to follow another, which runs, in a folder that is not there. */
  copy(source: Member, folder: string): Promise<void>;
  /** Ends its server, and removes its data. */
  remove(member: Member): Promise<void>;
  /** Ends all, and leaves nothing. */
  close(): Promise<void>;

  connect(address: Address, master: MasterUser, patience: number): Promise<DatabaseSession>;
  failureOf(error: unknown): StatementFailure;
  lagOf(session: DatabaseSession): Promise<number | undefined>;
  beat(session: DatabaseSession): Promise<void>;
}
