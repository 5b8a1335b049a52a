import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyData, writeOwned } from './data-folder';
import type { PostgresServer } from './postgres-server';

/**
 * Makes the data of a standby from a server that runs: a base copy, as pg_basebackup takes one, without that program.
 *
 * What is written meanwhile the standby fetches from whom it follows.
 */
export async function cloneServer(source: PostgresServer, folder: string): Promise<void> {
  const client = source.client();
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('understudy', true)");
    await copyData(source.folder, folder);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    await writeOwned(join(folder, 'backup_label'), rows[0]?.labelfile ?? '', source.account);
  } finally {
    await client.end();
  }
  await writeOwned(join(folder, 'standby.signal'), '', source.account);
  await rm(join(folder, '.s.PGSQL.5432'), { force: true });
  await rm(join(folder, '.s.PGSQL.5432.lock'), { force: true });
}
