import { randomBytes } from 'node:crypto';
import type { PostgresServer } from './postgres-server';

/** Whom applications log in as: no superuser, as on RDS. */
export interface MasterUser {
  readonly username: string;
  readonly password: string;
  /** Which it owns. */
  readonly database: string;
}

/** As whom replicas connect. */
export const REPLICATOR = 'rdsrepladmin';

/** What rds_superuser has of PostgreSQL's own roles. That these are all was never looked up on RDS. */
const ROLES = ['pg_monitor', 'pg_signal_backend', 'pg_checkpoint'];

export function masterUser(given: Partial<MasterUser> = {}): MasterUser {
  const { username = 'understudy', database = 'understudy' } = given;
  return { username, database, password: given.password ?? randomBytes(18).toString('base64url') };
}

/** As the value of the secret that RDS, or a DatabaseSecret of the CDK, keeps it in. */
export function secretOf({ username, password, database }: MasterUser): string {
  return JSON.stringify({ engine: 'postgres', username, password, dbname: database });
}

/** Makes the users and the database of a new server. */
export async function settle(server: PostgresServer, { username, password, database }: MasterUser): Promise<void> {
  const client = server.client();
  await client.connect();
  try {
    const [user, owned] = [client.escapeIdentifier(username), client.escapeIdentifier(database)];
    const secret = client.escapeLiteral(password);
    await client.query(`CREATE ROLE ${user} LOGIN CREATEDB CREATEROLE PASSWORD ${secret} IN ROLE ${ROLES.join(', ')}`);
    await client.query(
      `CREATE ROLE ${REPLICATOR} LOGIN REPLICATION PASSWORD ${client.escapeLiteral(server.options.password)}`,
    );
    if (database !== 'postgres') await client.query(`CREATE DATABASE ${owned} OWNER ${user}`);
    else await client.query(`GRANT CREATE ON SCHEMA public TO ${user}`);
  } finally {
    await client.end();
  }
}
