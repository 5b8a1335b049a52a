import type { Socket } from 'node:net';
import type { DataPlaneSighting, Question } from '../../execution/ports';
import type { Bounds } from './bounds';
import type { Credentials } from './master-credentials';
import type { SqlRow } from './sql-row';
import type { SoleTrust, Trust } from './trust';

/** What a connection is made with. */
export interface Login {
  readonly question: Question;
  readonly credentials: Credentials;
  /** Undefined: no TLS. */
  readonly trust: Trust | SoleTrust | undefined;
  /** Not connected yet; whoever made it closes it. */
  readonly socket: Socket;
  readonly bounds: Bounds;
}

/** A connection that is logged in. */
export interface SqlSession {
  /** @throws ProbeFailure */
  rows(statement: string): Promise<readonly SqlRow[]>;
  /** Takes leave; does not wait. */
  end(): void;
}

/** What a database tells about itself. */
export interface Told extends Pick<
  DataPlaneSighting,
  'acceptsWrites' | 'position' | 'log' | 'lastHeard' | 'isFollowing'
> {
  /** Applying stands still because somebody said so. */
  readonly isPaused?: boolean;
}

/** How one engine is asked. */
export interface SqlEngine {
  /** @throws ProbeFailure */
  open(login: Login): Promise<SqlSession>;
  ask(session: SqlSession, question: Question): Promise<Told>;
  /** A write that is committed and leaves nothing behind. */
  tryWrite(session: SqlSession): Promise<DataPlaneSighting['acceptsWrites']>;
}
