import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerAccount } from './server-account';

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

/** File systems that can, share what they copy. */
const COPY = process.platform === 'linux' ? ['-a', '--reflink=auto'] : ['-a'];

/** Copies a server's data while it runs or not. @param ofTheRunning what belongs to the running server alone */
export async function copyFolder(from: string, to: string, ofTheRunning: readonly string[]): Promise<void> {
  try {
    // Keeps the owner, which only root could set otherwise.
    await run('cp', [...COPY, `${from}/.`, to]);
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: number; readonly stderr?: string };
    // A running server removes files while they are copied: what it needs of them is in its log.
    const others = stderr.split('\n').filter((line) => line !== '' && !line.includes('No such file'));
    if (others.length > 0 || code !== 1) throw error;
  }
  await Promise.all(ofTheRunning.map((name) => rm(join(to, name), { force: true })));
}
