import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeptTemplate } from '../servers/kept-template';
import type { ServerAccount } from '../servers/server-account';
import { writeOwned } from '../servers/server-folder';
import { initData } from './data-folder';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries';
import { SERVER_SETTINGS, settingsText } from './server-settings';

/** The data of an empty server, to be copied: making it takes a second. */
export interface TemplateData {
  readonly folder: string;
  /** Of the administrator, in every copy. */
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
}

/** Passwords are random, and die with the server: a login need not be dear. From PostgreSQL 16 on. */
const LOGINS = { scram_iterations: '1' };

export const templateData = new KeptTemplate<TemplateData>(async (base, account) => {
  const binaries = postgresBinaries();
  const folder = join(base, 'data');
  const password = randomBytes(18).toString('base64url');
  await initData({ folder, password, binaries, account });
  await writeOwned(join(folder, 'postgresql.conf'), settingsText({ ...SERVER_SETTINGS, ...LOGINS }), account);
  return { folder, password, binaries, account };
});
