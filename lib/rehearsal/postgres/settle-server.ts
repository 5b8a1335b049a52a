import type { MasterUser } from '../servers/master-user';
import type { PostgresServer } from './postgres-server';

/** As whom replicas connect. */
export const REPLICATOR = 'rdsrepladmin';

/** What rds_superuser has of PostgreSQL's own roles. That these are all was never looked up on RDS. */
const ROLES = ['pg_monitor', 'pg_signal_backend', 'pg_checkpoint'];

/** Makes the users and the database of a new server. */
export async function settleServer(
  server: PostgresServer,
  { username, password, database }: MasterUser,
): Promise<void> {
  const client = server.client();
  await client.connect();
  try {
    const [user, owned] = [client.escapeIdentifier(username), client.escapeIdentifier(database)];
    const secret = client.escapeLiteral(password);
    await client.query(`CREATE ROLE ${user} LOGIN CREATEDB CREATEROLE PASSWORD ${secret} IN ROLE ${ROLES.join(', ')}`);
    await client.query(
      `CREATE ROLE ${REPLICATOR} LOGIN REPLICATION PASSWORD ${client.escapeLiteral(server.options.password)}`,
    );
    if (database !== 'postgres') await client.query(`CREATE DATABASE ${owned} OWNER ${user} TEMPLATE postgres`);
    else await client.query(`GRANT CREATE ON SCHEMA public TO ${user}`);
  } finally {
    await client.end();
  }
}
