import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries';
import type { ServerAccount } from '../servers/server-account';

const run = promisify(execFile);

/** Who may do everything, for the embedded cloud alone; RDS has such a user, too, and gives it to nobody. */
export const ADMIN = 'rdsadmin';

/** A folder for servers, that those under whom they run may enter. Its path is short: a socket's may have 107 bytes. */
export async function makeFolder({ uid, gid }: ServerAccount): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-'));
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  return folder;
}

/**
 * Writes a file that a server reads: all of it is there, or what was before. A server that reads its settings while they are
 * written would find none, and a frozen one takes writes then.
 */
export async function writeOwned(path: string, text: string, { uid, gid }: ServerAccount): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) await chown(draft, uid, gid);
  await rename(draft, path);
}

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

/** File systems that can, share what they copy. */
const COPY = process.platform === 'linux' ? ['-a', '--reflink=auto'] : ['-a'];

/** Copies a server's data while it runs or not, without what belongs to the running one alone. */
export async function copyData(from: string, to: string): Promise<void> {
  try {
    // Keeps the owner, which only root could set otherwise.
    await run('cp', [...COPY, `${from}/.`, to]);
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: number; readonly stderr?: string };
    // A running server removes files while they are copied: what it needs of them is in its log.
    const others = stderr.split('\n').filter((line) => line !== '' && !line.includes('No such file'));
    if (others.length > 0 || code !== 1) throw error;
  }
  await Promise.all(OF_THE_RUNNING.map((name) => rm(join(to, name), { force: true })));
}
