import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeptTemplate } from '../servers/kept-template';
import { writeOwned } from '../servers/server-folder';
import { initData } from './data-folder';
import { postgresBinaries } from './postgres-binaries';
import { PostgresServer, type ServerOptions } from './postgres-server';
import { SERVER_SETTINGS, settingsText } from './server-settings';

/** Passwords are random, and die with the server: a login need not be dear. From PostgreSQL 16 on. */
const LOGINS = { scram_iterations: '1' };

/** The data of an empty server, to be copied: making it takes a second. */
export const templateData = new KeptTemplate<ServerOptions>(async (base, account) => {
  const binaries = postgresBinaries();
  const folder = join(base, 'data');
  const password = randomBytes(18).toString('base64url');
  await initData({ folder, password, binaries, account });
  await writeOwned(join(folder, 'postgresql.conf'), settingsText({ ...SERVER_SETTINGS, ...LOGINS }), account);
  const data = { folder, password, binaries, account };
  await dropTemplates(data);
  return data;
});

/** Each is three hundred files, and a copy takes as long as there are files: without them, a third. */
async function dropTemplates(data: ServerOptions): Promise<void> {
  const server = new PostgresServer(data);
  await server.start();
  try {
    await server.query("UPDATE pg_database SET datistemplate = false WHERE datname LIKE 'template%'");
    for (const name of ['template0', 'template1']) await server.query(`DROP DATABASE ${name}`);
  } finally {
    await server.stop();
  }
}
