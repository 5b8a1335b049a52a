import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UnderstudyError } from '../../topology';

/** The programs of the MariaDB that is on this machine. */
export interface MariadbBinaries {
  readonly mariadbd: string;
  readonly install: string;
}

/** Where packages put servers, whatever the user's PATH. */
const USUAL = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** @throws UnderstudyError `mariadb-missing` */
export function mariadbBinaries(path = process.env['PATH'] ?? ''): MariadbBinaries {
  const mariadbd = find('mariadbd', path);
  const install = find('mariadb-install-db', path);
  if (mariadbd !== undefined && install !== undefined) return { mariadbd, install };
  throw new UnderstudyError(
    'mariadb-missing',
    `there is no ${mariadbd === undefined ? 'mariadbd' : 'mariadb-install-db'} on this machine; allowed: MariaDB 10.6 or later, in the PATH or where packages put it; install it (on Debian: apt-get install mariadb-server), or rehearse on PostgreSQL`,
  );
}

/** True if there is a MariaDB to rehearse on. */
export function isMariadbHere(path?: string): boolean {
  try {
    mariadbBinaries(path);
    return true;
  } catch {
    return false;
  }
}

function find(name: string, path: string): string | undefined {
  return [...path.split(delimiter).filter(Boolean), ...USUAL].map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
