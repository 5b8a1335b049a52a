import type { DatabaseSession } from '../servers/database-session';

/**
 * RDS's definition for PostgreSQL, which is no distance: the age of the newest commit that was applied. Never -1.
 * Null before the first one.
 */
const LAG = 'SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8 AS lag';

/** Not where transactions are read-only: a primary that is frozen stands still. Whether that of RDS does was never tried live. */
const BEAT = "SELECT CASE WHEN current_setting('transaction_read_only') = 'off' THEN pg_current_xact_id() END";

export async function lagOf(session: DatabaseSession): Promise<number | undefined> {
  const [row] = await session.query<{ lag: number | null }>(LAG);
  return typeof row?.lag === 'number' ? Math.max(0, row.lag) : undefined;
}

export async function beat(session: DatabaseSession): Promise<void> {
  await session.query(BEAT);
}
