import { policyFor } from '../../decision';
import type { LogMark, Question } from '../../execution/ports';
import { countGtids, gtidToken } from './gtid-set';
import { countMariadbGtids, mariadbToken } from './mariadb-gtids';
import { appliedPlace, isFollowing, lastApplied, lastHeard, ownPlace, replicaStatus } from './mysql-replication';
import { openMysql } from './mysql-session';
import { isProbeFailure } from './probe-failure';
import type { SqlEngine, SqlSession, Told } from './sql-engine';
import { instantIn, switchIn, textIn, type SqlRow } from './sql-row';

const MYSQL_STATE = `
  SELECT @@global.read_only AS read_only, @@global.super_read_only AS super_read_only, @@global.gtid_mode AS gtid_mode,
    @@global.gtid_executed AS gtids, @@global.server_uuid AS own_source, UNIX_TIMESTAMP(NOW(6)) AS now`;

const MARIADB_STATE = `
  SELECT @@global.read_only AS read_only, @@global.gtid_binlog_pos AS written, @@global.gtid_current_pos AS current,
    @@global.gtid_slave_pos AS applied, UNIX_TIMESTAMP(NOW(6)) AS now`;

const READ_ONLY = 'SELECT @@global.read_only AS read_only';
const A_SCHEMA = `
  SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA
  WHERE SCHEMA_NAME NOT IN ('information_schema', 'innodb', 'mysql', 'performance_schema', 'sys', 'tmp') LIMIT 1`;

/** What servers say that take no writes: because of read_only, or because the session may only read. */
const REFUSED_TO_WRITE: ReadonlySet<string> = new Set(['1290', '1792', '1836']);

export const MYSQL: SqlEngine = {
  open: openMysql,
  ask: (session, question) => ask(session, question, MYSQL_STATE, mysqlMark),
  tryWrite,
};

/**
 * As MySQL, except that MariaDB tells no commit time of what was applied, and not when something was last heard: its replicas
 * have a log, and no position. Tried on MariaDB 10.11, as a master user whom SHOW REPLICA STATUS is refused, as on RDS.
 */
export const MARIADB: SqlEngine = {
  open: openMysql,
  ask: (session, question) => ask(session, question, MARIADB_STATE, mariadbMark),
  tryWrite,
};

/** What a mark in the log is made of. */
interface MarkSources {
  readonly session: SqlSession;
  readonly question: Question;
  readonly isPrimary: boolean;
  readonly state: SqlRow | undefined;
  readonly status: SqlRow | undefined;
}

type MarkOf = (told: MarkSources) => Promise<LogMark | undefined> | LogMark | undefined;

async function ask(session: SqlSession, question: Question, statement: string, markOf: MarkOf): Promise<Told> {
  const isPrimary = question.member === question.topology.primary;
  const statuses = await replicaStatus(session);
  // The time is read before the log: what it says must be in there.
  const [heard, applied] = isPrimary ? [] : [await lastHeard(session), await lastApplied(session)];
  const [state] = await session.rows(statement);
  const isReadOnly = switchIn(state, 'read_only') !== false || switchIn(state, 'super_read_only') === true;
  const told: Told = {
    acceptsWrites: isReadOnly ? 'no' : 'yes',
    ...(heard === undefined ? {} : { lastHeard: heard }),
    ...(isPrimary || statuses === undefined || statuses.length > 1 ? {} : { isFollowing: isFollowing(statuses[0]) }),
  };
  // Who follows nobody, or several, and is not the primary: what it has says nothing about the primary.
  if (!isPrimary && statuses !== undefined && statuses.length !== 1) return told;
  const log = await markOf({ session, question, isPrimary, state, status: statuses?.[0] });
  if (log === undefined) return told;
  // A primary has all that was committed on it, until now and by its own clock.
  const appliedTo = isPrimary ? instantIn(state, 'now') : applied;
  if (appliedTo === undefined) return { ...told, log };
  const error = policyFor(question.topology).clockSkew;
  return { ...told, position: { appliedTo, error, ...log, source: 'sql' } };
}

/** Only with gtid_mode ON is every transaction numbered. RDS for MySQL leaves it off, unless its parameter group says so. */
function mysqlMark({ session, question, isPrimary, state, status }: MarkSources): ReturnType<MarkOf> {
  if (textIn(state, 'gtid_mode') !== 'ON') return isPrimary ? ownPlace(session) : appliedPlace(question, status);
  const set = textIn(state, 'gtids') ?? '';
  return counted(gtidToken(set), countGtids(set, isPrimary ? undefined : textIn(state, 'own_source')));
}

function mariadbMark({ isPrimary, state }: MarkSources): ReturnType<MarkOf> {
  // One that was promoted and has written nothing since has nothing in its own log.
  const position = isPrimary ? (textIn(state, 'written') ?? textIn(state, 'current')) : textIn(state, 'applied');
  return counted(mariadbToken(position ?? ''), countMariadbGtids(position ?? ''));
}

function counted(token: string, ordinal: number | undefined): LogMark | undefined {
  if (token === '') return undefined;
  return { token, ...(ordinal === undefined ? {} : { ordinal, unit: 'transactions' }) };
}

/**
 * Drops a view that is not there: a statement that changes data by the server's own rules, that it refuses while read_only is
 * on or its tables are locked, that waits for no row, and that it commits to its binary log. It needs DROP in any schema.
 *
 * It proves that the server commits; not that a table's pages can be written. A user who may pass read_only by would be let
 * through, so that is asked first. On MariaDB 10.11 it is one transaction of the log; on MySQL it was never tried.
 */
async function tryWrite(session: SqlSession): Promise<Told['acceptsWrites']> {
  const [state] = await session.rows(READ_ONLY);
  if (switchIn(state, 'read_only') !== false) return 'no';
  const [schema] = await session.rows(A_SCHEMA);
  const name = textIn(schema, 'name');
  if (name === undefined) return 'unknown';
  try {
    await session.rows(`DROP VIEW IF EXISTS \`${name.replaceAll('`', '``')}\`.understudy_probe`);
    return 'yes';
  } catch (error) {
    if (!isProbeFailure(error) || error.kind !== 'refused') throw error;
    return REFUSED_TO_WRITE.has(error.detail) ? 'no' : 'unknown';
  }
}
