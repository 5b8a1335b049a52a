import { MYSQL } from './mysql-engine';
import { POSTGRES } from './postgres-engine';
import type { SqlEngine, SqlSession, Told } from './sql-engine';
import { switchIn } from './sql-row';

/*
 * Servers of Aurora are asked whether they take writes, and not how far they are: the functions that tell a position are not
 * there where servers share a volume, and a cluster in another Region has no server that takes the question before it is
 * promoted. Never tried live: that the statements here, and those that write, do on Aurora what they do elsewhere.
 */

const POSTGRES_STATE = `
  SELECT pg_is_in_recovery() AS is_replica, current_setting('transaction_read_only') AS is_read_only`;

/** A reader has innodb_read_only, whatever its read_only says. */
const MYSQL_STATE = `
  SELECT @@global.innodb_read_only AS is_reader, @@global.read_only AS is_read_only`;

export const AURORA_POSTGRES: SqlEngine = {
  ...POSTGRES,
  ask: (session) => ask(session, POSTGRES_STATE, 'is_replica'),
};

export const AURORA_MYSQL: SqlEngine = { ...MYSQL, ask: (session) => ask(session, MYSQL_STATE, 'is_reader') };

/** Only who says twice that it may write takes writes. */
async function ask(session: SqlSession, statement: string, reader: string): Promise<Told> {
  const [state] = await session.rows(statement);
  const takesWrites = switchIn(state, reader) === false && switchIn(state, 'is_read_only') === false;
  return { acceptsWrites: takesWrites ? 'yes' : 'no' };
}
