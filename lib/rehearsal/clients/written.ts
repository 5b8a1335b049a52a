import type { PostgresServer } from '../postgres/postgres-server';
import { TABLE } from './writing-client';

/** Makes the table that clients write into, owned by the master user. */
export async function makeTable(server: PostgresServer, database: string, owner: string): Promise<void> {
  const client = server.client(database);
  await client.connect();
  try {
    await client.query(`CREATE TABLE ${TABLE} (id text PRIMARY KEY, client text NOT NULL)`);
    await client.query(`ALTER TABLE ${TABLE} OWNER TO ${client.escapeIdentifier(owner)}`);
  } finally {
    await client.end();
  }
}

/** The ids that a server has, past all gates. One that does not run is started for it: it is asked when all is over. */
export async function idsOn(server: PostgresServer, database: string): Promise<ReadonlySet<string>> {
  await server.start();
  const client = server.client(database);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM ${TABLE}`);
    return new Set(rows.map(({ id }) => id));
  } finally {
    await client.end();
  }
}
