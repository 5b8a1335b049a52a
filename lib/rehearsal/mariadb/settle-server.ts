import type { MasterUser } from '../servers/master-user';
import type { MariadbServer } from './mariadb-server';

/** As whom replicas connect. */
export const REPLICATOR = 'rdsrepladmin';

/**
 * What RDS's own documentation gives the master user of MariaDB. Nothing passes read_only by (SUPER, READ_ONLY ADMIN), and
 * since 10.5 REPLICATION CLIENT does not show the status of a replica any more: that needs SLAVE MONITOR, which is not listed.
 */
const PRIVILEGES = [
  ...['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'RELOAD', 'PROCESS', 'REFERENCES', 'INDEX', 'ALTER'],
  ...['SHOW DATABASES', 'CREATE TEMPORARY TABLES', 'LOCK TABLES', 'EXECUTE', 'REPLICATION CLIENT', 'CREATE VIEW'],
  ...['SHOW VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'CREATE USER', 'EVENT', 'TRIGGER', 'REPLICATION SLAVE'],
];

/** Makes the users and the database of a new server. They are no transactions of its log: every server is made so. */
export async function settleServer(server: MariadbServer, { username, password, database }: MasterUser): Promise<void> {
  const session = await server.administer();
  try {
    await session.query('SET SESSION sql_log_bin = 0');
    await session.query("CREATE USER $1@'%' IDENTIFIED BY $2", [username, password]);
    await session.query(`GRANT ${PRIVILEGES.join(', ')} ON *.* TO $1@'%' WITH GRANT OPTION`, [username]);
    await session.query("CREATE USER $1@'%' IDENTIFIED BY $2", [REPLICATOR, server.options.password]);
    await session.query("GRANT REPLICATION SLAVE ON *.* TO $1@'%'", [REPLICATOR]);
    await session.query(`CREATE DATABASE \`${database.replaceAll('`', '``')}\``);
  } finally {
    session.destroy();
  }
}
