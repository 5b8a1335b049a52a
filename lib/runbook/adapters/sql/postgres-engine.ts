import { Client } from 'pg';
import type { Question } from '../../execution/ports';
import { policyFor } from '../../decision';
import { lsnBytes } from './log-position';
import { failureOf, isProbeFailure } from './probe-failure';
import type { Login, SqlEngine, SqlSession, Told } from './sql-engine';
import { instantIn, switchIn, textIn, type SqlRow } from './sql-row';

/**
 * All in one round trip. The inner query runs first: the log that is read must hold what the time says, and not the reverse.
 *
 * A primary tells how far its log is flushed, not where it would insert: after a switch of files, that is some bytes past what
 * any standby can ever reach, because the new file's header is counted.
 *
 * A log grows without any write: the background writer notes running transactions 15 s after a start, and each checkpoint
 * is a record. Only the number of the next transaction says whether one has written.
 *
 * A receiver that is not connected has no row in pg_stat_wal_receiver, whoever asks.
 *
 * Without the role pg_read_all_stats, pg_stat_wal_receiver keeps back its columns. That RDS grants it to the master user
 * through rds_superuser was never tried live: facts/promotion.md says nothing about it.
 */
export const ASK = `
  SELECT is_replica,
    current_setting('transaction_read_only') AS is_read_only,
    applied_at,
    extract(epoch FROM clock_timestamp())::float8 AS now,
    (CASE WHEN NOT is_replica THEN pg_snapshot_xmax(pg_current_snapshot()) END)::text AS next_transaction,
    (CASE WHEN is_replica THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END)::text AS lsn,
    CASE WHEN is_replica THEN pg_is_wal_replay_paused() ELSE false END AS is_paused,
    CASE WHEN is_replica THEN EXISTS (SELECT FROM pg_stat_wal_receiver) END AS is_received,
    (SELECT extract(epoch FROM last_msg_receipt_time)::float8 FROM pg_stat_wal_receiver) AS heard_at
  FROM (
    SELECT pg_is_in_recovery() AS is_replica,
      extract(epoch FROM pg_last_xact_replay_timestamp())::float8 AS applied_at
  ) AS first`;

/**
 * A standby that was restarted, and has applied nothing since, has forgotten when the newest write was. Its last checkpoint
 * remembers an earlier time: all that was committed before the primary made that one, it has.
 */
export const ASK_CHECKPOINT = `
  SELECT applied_at, pg_last_wal_replay_lsn()::text AS lsn
  FROM (SELECT extract(epoch FROM checkpoint_time)::float8 AS applied_at FROM pg_control_checkpoint()) AS first`;

/**
 * A message in the log: a transaction of its own that is numbered, committed and flushed as any other, and changes no table.
 *
 * The function itself would write for a session that may only read; so the same switch is asked that stops an application's
 * statement. Readers of logical replication may see an empty message with the prefix understudy.
 */
export const WRITE = `
  SELECT CASE WHEN current_setting('transaction_read_only') = 'off'
    THEN pg_logical_emit_message(true, 'understudy', '') END::text AS lsn`;

/** For who may not call that function. It writes to the catalogue, and takes it back when it commits. */
export const WRITE_TABLE = 'CREATE TEMPORARY TABLE understudy_probe (one integer) ON COMMIT DROP';

const NOT_ALLOWED = '42501';
const READ_ONLY = '25006';

/** PostgreSQL 13 or later. */
export const POSTGRES: SqlEngine = { open, ask, tryWrite };

async function open({ question, credentials, trust, socket, bounds }: Login): Promise<SqlSession> {
  const client = new Client({
    host: question.address.host,
    port: question.address.port,
    user: credentials.username,
    password: credentials.password,
    database: credentials.database ?? question.topology.aws.database ?? 'postgres',
    application_name: 'understudy',
    // Given, so that no PGOPTIONS or PGSSLMODE of an operator's shell is taken instead.
    options: '-c search_path=pg_catalog',
    ssl:
      trust === undefined
        ? false
        : { ...trust, ...('isSole' in trust ? { checkServerIdentity: () => undefined } : {}) },
    // The server ends a statement that nobody waits for any more.
    statement_timeout: bounds.whole * 1000,
    stream: () => socket,
  });
  client.on('error', () => undefined);
  const orFail = async <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => Promise.reject(failureOf(error, socket)));
  await orFail(client.connect());
  return {
    rows: async (statement) => (await orFail(client.query<SqlRow>(statement))).rows,
    end: () => void client.end().catch(() => undefined),
  };
}

async function ask(session: SqlSession, question: Question): Promise<Told> {
  const [row] = await session.rows(ASK);
  const isReplica = switchIn(row, 'is_replica');
  const heard = instantIn(row, 'heard_at');
  const isPaused = switchIn(row, 'is_paused') === true;
  const isReceived = switchIn(row, 'is_received');
  const told: Told = {
    acceptsWrites: isReplica === true || switchIn(row, 'is_read_only') !== false ? 'no' : 'yes',
    ...(heard === undefined ? {} : { lastHeard: heard }),
    ...(isPaused ? { isPaused } : {}),
    ...(isReceived === undefined ? {} : { isFollowing: isReceived && !isPaused }),
  };
  // Who follows nobody and is not the primary has a log of its own. What is in it says nothing about the primary.
  if (isReplica !== true && question.member !== question.topology.primary) return told;
  return { ...told, ...(await whereabouts(session, question, row, isReplica === true)) };
}

async function whereabouts(
  session: SqlSession,
  { topology }: Question,
  row: SqlRow | undefined,
  isReplica: boolean,
): Promise<Pick<Told, 'position' | 'log'>> {
  let at = row;
  if (isReplica && instantIn(row, 'applied_at') === undefined) {
    const [checkpoint] = await rowsIfAllowed(session, ASK_CHECKPOINT);
    at = checkpoint ?? row;
  }
  const token = textIn(at, 'lsn');
  if (token === undefined) return {};
  const ordinal = lsnBytes(token);
  const log = { token, ...(ordinal === undefined ? {} : { ordinal, unit: 'bytes' as const }) };
  // A primary has all that was committed on it, until now and by its own clock, however long ago the last write was.
  const appliedTo = instantIn(at, isReplica ? 'applied_at' : 'now');
  if (appliedTo === undefined) return { log };
  const written = textIn(at, 'next_transaction');
  const error = policyFor(topology).clockSkew;
  return { position: { appliedTo, error, ...log, ...(written === undefined ? {} : { written }), source: 'sql' } };
}

async function rowsIfAllowed(session: SqlSession, statement: string): Promise<readonly SqlRow[]> {
  try {
    return await session.rows(statement);
  } catch (error) {
    if (isProbeFailure(error) && error.kind === 'refused') return [];
    throw error;
  }
}

async function tryWrite(session: SqlSession): Promise<Told['acceptsWrites']> {
  try {
    const [row] = await session.rows(WRITE);
    return textIn(row, 'lsn') === undefined ? 'no' : 'yes';
  } catch (error) {
    if (!isProbeFailure(error) || error.detail !== NOT_ALLOWED) return verdict(error);
  }
  try {
    await session.rows(WRITE_TABLE);
    return 'yes';
  } catch (error) {
    return verdict(error);
  }
}

/** Only what says that the session may not write is a no; after anything else the write may have been made. */
function verdict(error: unknown): Told['acceptsWrites'] {
  if (isProbeFailure(error) && error.kind === 'refused') return error.detail === READ_ONLY ? 'no' : 'unknown';
  throw error;
}
