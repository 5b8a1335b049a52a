import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseServer } from './database-member';
import type { ServerAccount } from './server-account';
import { makeFolder } from './server-folder';
import { whenInterrupted } from './when-interrupted';

/** Milliseconds that servers have to go when this process ends. */
const FAREWELL = 3000;

/** A server that can be asked to go when nothing can be waited for. */
export interface Guest extends DatabaseServer {
  /** True while its lock is there, which it removes last; one that is killed leaves it. */
  readonly isLocked: boolean;
  /** Asks it to go without writing anything, and waits for nothing. */
  dismiss(): void;
}

export interface RoomOptions<Server extends Guest> {
  readonly account: ServerAccount;
  /** Makes the data of an empty server in a folder. */
  readonly empty: (folder: string) => Promise<void>;
  /** @param number of the server, from 1, which no other one in this room has had */
  readonly build: (folder: string, number: number) => Server;
}

/** Servers that live and die together, in a folder of their own. Nothing of them is left when it closes, or the process ends. */
export class ServerRoom<Server extends Guest> {
  readonly folder: string;
  readonly #options: RoomOptions<Server>;
  readonly #servers = new Set<Server>();
  readonly #spared: () => void;
  #born = 0;

  private constructor(folder: string, options: RoomOptions<Server>) {
    this.folder = folder;
    this.#options = options;
    this.#spared = whenInterrupted(() => this.#vanish());
  }

  static async open<Server extends Guest>(options: RoomOptions<Server>): Promise<ServerRoom<Server>> {
    return new ServerRoom(await makeFolder(options.account), options);
  }

  /** A server that is not started. @param copy makes its data, in that folder; by default those of an empty server */
  async add(copy: (folder: string) => Promise<void> = (folder) => this.#options.empty(folder)): Promise<Server> {
    this.#born += 1;
    const number = this.#born;
    const folder = join(this.folder, String(number));
    await copy(folder);
    const server = this.#options.build(folder, number);
    this.#servers.add(server);
    return server;
  }

  async remove(server: Server): Promise<void> {
    this.#servers.delete(server);
    await server.stop('kill');
    await rm(server.folder, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers].map((server) => server.stop('kill')));
    await rm(this.folder, { recursive: true, force: true });
    this.#spared();
  }

  /** Nothing can be waited for: the servers are asked to go, and looked at until they have. */
  #vanish(): void {
    const running = [...this.#servers].filter(({ isRunning }) => isRunning);
    for (const server of running) server.dismiss();
    const deadline = Date.now() + FAREWELL;
    const pause = new Int32Array(new SharedArrayBuffer(4));
    while (running.some(({ isLocked }) => isLocked) && Date.now() < deadline) Atomics.wait(pause, 0, 0, 10);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}
