import type { DatabaseBackend } from '../../servers/database-backend';
import type { DatabaseSession } from '../../servers/database-session';
import type { RehearsalEngine } from '../../stage/played-engine';

/**
 * Cloud SQL's `replica_lag` of PostgreSQL is what waits to be applied, and negative while replication is off: facts/cloud-sql.md §3.
 * [I] How Cloud SQL reckons it was never seen.
 */
const LAG = `
  SELECT CASE
    WHEN NOT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming') THEN -1
    WHEN pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn() THEN 0
    ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp())
  END::float8 AS lag`;

/** How Cloud SQL measures the lag of a replica, in seconds of the machine; that of MySQL is MySQL's own. */
export function cloudSqlLag(engine: RehearsalEngine, backend: DatabaseBackend): DatabaseBackend['lagOf'] {
  return engine === 'postgres' ? lagOfPostgres : (session) => backend.lagOf(session);
}

async function lagOfPostgres(session: DatabaseSession): Promise<number | undefined> {
  const [row] = await session.query<{ lag: number | null }>(LAG);
  return row?.lag ?? undefined;
}
