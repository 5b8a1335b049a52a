import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyData, makeFolder } from './data-folder';
import { PostgresServer } from './postgres-server';
import { templateData, type TemplateData } from './template-data';
import { whenInterrupted } from '../servers/when-interrupted';

/** Milliseconds that servers have to go when this process ends. */
const FAREWELL = 3000;

/** Servers that live and die together, in a folder of their own. Nothing of them is left when it closes, or the process ends. */
export class ServerRoom {
  readonly folder: string;
  readonly #template: TemplateData;
  readonly #servers = new Set<PostgresServer>();
  readonly #spared: () => void;
  #born = 0;

  private constructor(folder: string, template: TemplateData) {
    this.folder = folder;
    this.#template = template;
    this.#spared = whenInterrupted(() => this.#vanish());
  }

  static async open(): Promise<ServerRoom> {
    const template = await templateData();
    return new ServerRoom(await makeFolder(template.account), template);
  }

  /** A server that is not started. @param copy makes its data, in that folder; by default those of an empty server */
  async add(
    copy: (folder: string) => Promise<void> = (to) => copyData(this.#template.folder, to),
  ): Promise<PostgresServer> {
    this.#born += 1;
    const folder = join(this.folder, String(this.#born));
    await copy(folder);
    const { password, binaries, account } = this.#template;
    const server = new PostgresServer({ folder, password, binaries, account });
    this.#servers.add(server);
    return server;
  }

  async remove(server: PostgresServer): Promise<void> {
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
