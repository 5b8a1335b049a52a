import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOwned } from '../servers/server-folder';
import { copyData } from './data-folder';
import type { PostgresServer } from './postgres-server';

const CONTROL = 'global/pg_control';

/**
 * Makes the data of a standby from a server that runs, a standby too: a base copy as pg_basebackup takes one, without that
 * program. What is written meanwhile the standby fetches from whom it follows.
 */
export async function cloneServer(source: PostgresServer, folder: string): Promise<void> {
  const { account } = source.options;
  const client = source.client();
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('understudy', true)");
    await copyData(source.folder, folder);
    // Of a standby, this has to be newer than all else in the copy.
    await copyFile(join(source.folder, CONTROL), join(folder, CONTROL));
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    await writeOwned(join(folder, 'backup_label'), rows[0]?.labelfile ?? '', account);
  } finally {
    await client.end();
  }
  await becomeStandby(folder, source);
}

/** A server that was stopped in order is its own base copy. */
export async function cloneStopped(source: PostgresServer, folder: string, isStandby: boolean): Promise<void> {
  await copyData(source.folder, folder);
  if (isStandby) await becomeStandby(folder, source);
}

async function becomeStandby(folder: string, { options: { account } }: PostgresServer): Promise<void> {
  await writeOwned(join(folder, 'standby.signal'), '', account);
}
