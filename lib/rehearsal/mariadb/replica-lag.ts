import type { DatabaseSession } from '../servers/database-session';

/**
 * RDS's definition for MariaDB: Seconds_Behind_Master, and -1 where that is null, because replication does not run.
 *
 * Whole seconds of the machine. It is the age of what is being applied: while nothing arrives, it is 0, and nobody notices a
 * source that is silent before slave_net_timeout has passed.
 */
export async function lagOf(session: DatabaseSession): Promise<number | undefined> {
  const [row] = await session.query<{ Seconds_Behind_Master: number | string | null }>('SHOW SLAVE STATUS');
  if (row === undefined) return undefined;
  return row.Seconds_Behind_Master === null ? -1 : Number(row.Seconds_Behind_Master);
}

/** RDS writes here, too, now and then; no number depends on it, so it is not played. */
export const beat = (): Promise<void> => Promise.resolve();
