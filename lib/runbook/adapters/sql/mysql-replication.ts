import { TopologyView } from '../../../topology';
import type { Instant } from '../../decision';
import type { LogMark, Question } from '../../execution/ports';
import { binlogMark } from './binlog-place';
import { rowsIfAny } from './mysql-session';
import type { SqlSession } from './sql-engine';
import { instantIn, switchIn, textIn, type SqlRow } from './sql-row';

/** MySQL 8.0.22 and MariaDB 10.5 have the first; before that it was the second. */
const STATUS = ['SHOW REPLICA STATUS', 'SHOW SLAVE STATUS'];
const SOURCE_STATUS = ['SHOW BINARY LOG STATUS', 'SHOW MASTER STATUS'];

/**
 * By the primary's clock: `original` is the commit on the server that wrote it, however long the chain. A server that keeps
 * no performance schema, and MariaDB, tell no times.
 */
const APPLIED = `
  SELECT UNIX_TIMESTAMP(LAST_APPLIED_TRANSACTION_ORIGINAL_COMMIT_TIMESTAMP) AS applied_at
  FROM performance_schema.replication_applier_status_by_worker`;
const HEARD = `
  SELECT UNIX_TIMESTAMP(LAST_HEARTBEAT_TIMESTAMP) AS beat_at,
    UNIX_TIMESTAMP(LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP) AS queued_at
  FROM performance_schema.replication_connection_status`;
const ORDER = `
  SHOW GLOBAL VARIABLES
  WHERE Variable_name IN ('replica_preserve_commit_order', 'slave_preserve_commit_order')`;

/** The status of replication into a server: no row if it follows nobody; undefined if it does not say. */
export function replicaStatus(session: SqlSession): Promise<readonly SqlRow[] | undefined> {
  return firstAnswer(session, STATUS);
}

/** Both threads run: one that connects anew says `Connecting`. */
export function isFollowing(status: SqlRow | undefined): boolean {
  const word = (...names: readonly string[]): boolean => names.some((name) => textIn(status, name) === 'Yes');
  return word('Replica_IO_Running', 'Slave_IO_Running') && word('Replica_SQL_Running', 'Slave_SQL_Running');
}

/** When the receiver last had a transaction or a heartbeat, by the replica's own clock. */
export async function lastHeard(session: SqlSession): Promise<Instant | undefined> {
  const [row, ...others] = (await rowsIfAny(session, HEARD)) ?? [];
  // Of several sources one cannot tell which is ours.
  if (others.length > 0) return undefined;
  return newest([instantIn(row, 'beat_at'), instantIn(row, 'queued_at')]);
}

/**
 * The commit time of the newest write that was applied, with all before it.
 *
 * Workers apply side by side. If they commit in the primary's order, the newest one counts; else the oldest among all workers
 * does, because each goes through its own share in order. One that has applied nothing since it began then tells nothing.
 */
export async function lastApplied(session: SqlSession): Promise<Instant | undefined> {
  const workers = ((await rowsIfAny(session, APPLIED)) ?? []).map((row) => instantIn(row, 'applied_at'));
  if (workers.length <= 1) return workers[0];
  const [order] = (await rowsIfAny(session, ORDER)) ?? [];
  if (switchIn(order, 'Value') === true) return newest(workers);
  return workers.includes(undefined) ? undefined : Math.min(...(workers as Instant[]));
}

/** How far a replica without numbered transactions is, in the primary's log; only who follows the primary itself can tell. */
export function appliedPlace({ topology, member }: Question, status: SqlRow | undefined): LogMark | undefined {
  const view = new TopologyView(topology);
  const replica = view.get(member);
  if (replica === undefined || view.followedBy(replica)?.id !== topology.primary) return undefined;
  const file = textIn(status, 'Relay_Source_Log_File') ?? textIn(status, 'Relay_Master_Log_File');
  return placeIn(file, status?.['Exec_Source_Log_Pos'] ?? status?.['Exec_Master_Log_Pos']);
}

/** Where a primary without numbered transactions is in its own log. */
export async function ownPlace(session: SqlSession): Promise<LogMark | undefined> {
  const [row] = (await firstAnswer(session, SOURCE_STATUS)) ?? [];
  return placeIn(textIn(row, 'File'), row?.['Position']);
}

function placeIn(file: string | undefined, offset: unknown): LogMark | undefined {
  const isKnown = typeof offset === 'number' || typeof offset === 'string';
  return file === undefined || !isKnown ? undefined : binlogMark(file, String(offset));
}

async function firstAnswer(session: SqlSession, statements: readonly string[]): Promise<readonly SqlRow[] | undefined> {
  for (const statement of statements) {
    const rows = await rowsIfAny(session, statement);
    if (rows !== undefined) return rows;
  }
  return undefined;
}

function newest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  const known = instants.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
