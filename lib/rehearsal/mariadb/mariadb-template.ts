import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KeptTemplate } from '../servers/kept-template';
import type { ServerAccount } from '../servers/server-account';
import { ADMIN, writeOwned } from '../servers/server-folder';
import { mariadbBinaries, type MariadbBinaries } from './mariadb-binaries';
import { DATA_SETTINGS } from './mariadb-settings';

const run = promisify(execFile);

/** The data of an empty server, to be copied: making them takes seconds. */
export interface MariadbTemplate {
  readonly folder: string;
  /** Of the administrator, in every copy. */
  readonly password: string;
  readonly binaries: MariadbBinaries;
  readonly account: ServerAccount;
}

export const mariadbTemplate = new KeptTemplate<MariadbTemplate>(async (base, account) => {
  const binaries = mariadbBinaries();
  const folder = join(base, 'data');
  const password = randomBytes(18).toString('base64url');
  const users = join(base, 'users.sql');
  await writeOwned(users, usersText(password), account);
  const settings = Object.entries({ ...DATA_SETTINGS, innodb_flush_method: 'nosync' });
  await run(
    binaries.install,
    [
      ...['--no-defaults', `--datadir=${folder}`, '--auth-root-authentication-method=normal'],
      ...['--skip-test-db', '--skip-name-resolve', `--extra-file=${users}`],
      ...settings.map(([name, value]) => `--${name.replaceAll('_', '-')}=${value}`),
    ],
    { ...account, env: environment(), cwd: '/' },
  );
  return { folder, password, binaries, account };
});

/** What the servers' programs need of the environment: none of the user's MYSQL variables. */
export function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

/** One administrator, and nobody without a password. */
function usersText(password: string): string {
  return [
    'FLUSH PRIVILEGES;',
    `CREATE USER ${ADMIN}@localhost IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO ${ADMIN}@localhost WITH GRANT OPTION;`,
    "DELETE FROM mysql.global_priv WHERE User IN ('', 'root');",
    '',
  ].join('\n');
}
