import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { initData, makeFolder, writeOwned } from './data-folder';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries';
import { serverAccount, type ServerAccount } from '../servers/server-account';
import { SERVER_SETTINGS, settingsText } from './server-settings';
import { whenInterrupted } from '../servers/when-interrupted';

/** The data of an empty server, to be copied: making it takes a second. */
export interface TemplateData {
  readonly folder: string;
  /** Of the administrator, in every copy. */
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
}

interface Made {
  readonly data: Promise<TemplateData>;
  readonly remove: () => Promise<void>;
}

let made: Promise<Made> | undefined;

/** Made once in this process, and gone with it. */
export async function templateData(): Promise<TemplateData> {
  made ??= make();
  try {
    return await (
      await made
    ).data;
  } catch (error) {
    await forgetTemplate();
    throw error;
  }
}

/** Removes it now: for whoever does not end this process soon. The next one who asks has it made again. */
export async function forgetTemplate(): Promise<void> {
  const forgotten = made;
  made = undefined;
  await forgotten?.then(({ remove }) => remove()).catch(() => undefined);
}

async function make(): Promise<Made> {
  const binaries = postgresBinaries();
  const account = serverAccount();
  const base = await makeFolder(account);
  const spared = whenInterrupted(() => rmSync(base, { recursive: true, force: true }));
  const remove = async (): Promise<void> => {
    await data.catch(() => undefined);
    await rm(base, { recursive: true, force: true });
    spared();
  };
  const folder = join(base, 'data');
  const password = randomBytes(18).toString('base64url');
  const data = initData({ folder, password, binaries, account })
    .then(() => writeOwned(join(folder, 'postgresql.conf'), settingsText(SERVER_SETTINGS), account))
    .then(() => ({ folder, password, binaries, account }));
  return { data, remove };
}
