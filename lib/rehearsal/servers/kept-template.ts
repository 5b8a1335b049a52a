import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { serverAccount, type ServerAccount } from './server-account';
import { makeFolder } from './server-folder';
import { whenInterrupted } from './when-interrupted';

interface Made<Data> {
  readonly data: Promise<Data>;
  readonly remove: () => Promise<void>;
}

const kept = new Set<{ forget(): Promise<void> }>();

/** Something in a folder that takes long to make: made once in this process, and gone with it. */
export class KeptTemplate<Data> {
  readonly #make: (base: string, account: ServerAccount) => Promise<Data>;
  #made: Promise<Made<Data>> | undefined;

  constructor(make: (base: string, account: ServerAccount) => Promise<Data>) {
    this.#make = make;
    kept.add(this);
  }

  async get(): Promise<Data> {
    this.#made ??= this.#begin();
    try {
      return await (
        await this.#made
      ).data;
    } catch (error) {
      await this.forget();
      throw error;
    }
  }

  async forget(): Promise<void> {
    const forgotten = this.#made;
    this.#made = undefined;
    await forgotten?.then(({ remove }) => remove()).catch(() => undefined);
  }

  async #begin(): Promise<Made<Data>> {
    const account = serverAccount();
    const base = await makeFolder(account);
    const spared = whenInterrupted(() => rmSync(base, { recursive: true, force: true }));
    const data = this.#make(base, account);
    const remove = async (): Promise<void> => {
      await data.catch(() => undefined);
      await rm(base, { recursive: true, force: true });
      spared();
    };
    return { data, remove };
  }
}

/** Removes all of them now: for whoever does not end this process soon. The next one who asks has it made again. */
export async function forgetTemplate(): Promise<void> {
  await Promise.all([...kept].map((each) => each.forget()));
}
