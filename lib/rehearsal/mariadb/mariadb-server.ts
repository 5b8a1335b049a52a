import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseServer } from '../servers/database-member';
import type { DatabaseSession } from '../servers/database-session';
import type { ServerSettings } from '../servers/group-settings';
import { ADMIN, writeOwned } from '../servers/server-folder';
import { ServerProcess } from '../servers/server-process';
import { mariadbSession } from './mariadb-session';
import { SERVER_SETTINGS, settingsText } from './mariadb-settings';
import { environment, type MariadbTemplate } from './mariadb-template';

export interface MariadbServerOptions extends Omit<MariadbTemplate, 'folder'> {
  /** Its data. The socket is there, too. */
  readonly folder: string;
  /** By which others know whose transaction one is: no two servers of a room have the same. */
  readonly number: number;
}

/** What is in its folder while it runs, or says who it is and whom it follows. */
export const OF_THE_RUNNING = ['socket', 'pid', 'server.cnf', 'ibtmp1', 'master.info', 'relay-log.info'];

/** Milliseconds of the machine that the administrator waits. */
const PATIENCE = 10_000;

/** One MariaDB server, as a process. */
export class MariadbServer implements DatabaseServer {
  readonly folder: string;
  readonly #options: MariadbServerOptions;
  readonly #process: ServerProcess;
  #settings: ServerSettings = {};

  constructor(options: MariadbServerOptions) {
    const { folder, binaries, account } = options;
    this.#options = options;
    this.folder = folder;
    this.#process = new ServerProcess({
      ...{ name: `the MariaDB server in ${folder}`, code: 'mariadb-failed', account, env: environment() },
      ...{ command: binaries.mariadbd, args: [`--defaults-file=${join(folder, 'server.cnf')}`] },
      ping: () => this.query('SELECT 1'),
      farewell: 'SIGTERM',
    });
  }

  get options(): MariadbServerOptions {
    return this.#options;
  }

  /** Where it listens. */
  get socket(): string {
    return join(this.folder, 'socket');
  }

  get isRunning(): boolean {
    return this.#process.isRunning;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** True while its lock is there, which it removes last. */
  get isLocked(): boolean {
    return existsSync(join(this.folder, 'pid'));
  }

  async start(): Promise<void> {
    if (this.isRunning) return;
    // A killed server leaves them.
    await Promise.all(['socket', 'pid'].map((name) => rm(join(this.folder, name), { force: true })));
    const { account, number } = this.#options;
    const own = {
      ...{ datadir: this.folder, tmpdir: this.folder, socket: this.socket, pid_file: join(this.folder, 'pid') },
      server_id: String(number),
    };
    const text = settingsText({ ...this.#settings, ...SERVER_SETTINGS, ...own });
    await writeOwned(join(this.folder, 'server.cnf'), text, account);
    await this.#process.start();
  }

  /** A kill is one of all its threads. */
  async stop(how: 'fast' | 'kill' = 'fast'): Promise<void> {
    await (how === 'kill' ? this.#process.kill() : this.#process.stop());
  }

  /** Ends it at once, and waits for nothing. */
  dismiss(): void {
    this.#process.signal('SIGKILL');
  }

  /** Stops it in its tracks, with all of its threads: it neither works nor dies. */
  freeze(): void {
    this.#process.signal('SIGSTOP');
  }

  thaw(): void {
    this.#process.signal('SIGCONT');
  }

  /** Settings for its next start, beyond the usual ones, which they cannot change. */
  configure(settings: ServerSettings): void {
    this.#settings = settings;
  }

  /** A session of its administrator, past every gate. @param database undefined: none */
  administer(database?: string, patience = PATIENCE): Promise<DatabaseSession> {
    const { password } = this.#options;
    const login = { socketPath: this.socket, user: ADMIN, password, ...(database === undefined ? {} : { database }) };
    return mariadbSession(login, patience);
  }

  /** Asks it as its administrator. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const session = await this.administer();
    try {
      return await session.query<Row>(text, values);
    } finally {
      session.destroy();
    }
  }
}
