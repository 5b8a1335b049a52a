import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries';
import type { ServerAccount } from '../servers/server-account';
import { ADMIN, copyFolder, writeOwned } from '../servers/server-folder';

const run = promisify(execFile);

export interface InitOptions {
  readonly folder: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
}

/** Makes the data folder of a new, empty server. */
export async function initData({ folder, password, binaries, account }: InitOptions): Promise<void> {
  const secret = `${folder}.password`;
  await writeOwned(secret, password, account);
  try {
    await run(
      binaries.initdb,
      [
        ...['-D', folder, '-U', ADMIN, '--pwfile', secret, '--auth', 'scram-sha-256'],
        // Nothing here outlives the machine. Small files are copied soon.
        ...['--no-sync', '--no-instructions', '--encoding', 'UTF8', '--locale', 'C', '--wal-segsize', '4'],
        ...['-c', 'scram_iterations=1'],
      ],
      { ...account, env: environment(binaries), cwd: '/' },
    );
  } finally {
    await rm(secret, { force: true });
  }
}

/** What the servers' programs need of the environment: none of the user's PG variables. */
export function environment({ libraries }: PostgresBinaries): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', LD_LIBRARY_PATH: libraries };
}

/** What belongs to the running server alone. */
const OF_THE_RUNNING = ['postmaster.pid', 'postmaster.opts', '.s.PGSQL.5432', '.s.PGSQL.5432.lock'];

/** Copies a server's data while it runs or not. */
export const copyData = (from: string, to: string): Promise<void> => copyFolder(from, to, OF_THE_RUNNING);
