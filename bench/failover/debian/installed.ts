import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const VERSIONS = '/usr/lib/postgresql';

/** Folder with the programs of the newest PostgreSQL that Debian's packages have installed and that has a program; undefined: none has. */
export function postgresFolder(program: string): string | undefined {
  if (!existsSync(VERSIONS)) return undefined;
  const versions = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(VERSIONS, version, 'bin')).find((folder) => existsSync(join(folder, program)));
}

/** Path of a program; undefined: it is not installed. */
export function programPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':').concat('/usr/bin', '/usr/sbin');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** What a person does who wants it measured, too. */
export const notInstalled = (name: string, packages: string): string =>
  `${name} is not installed; to measure it: apt-get install ${packages}`;
