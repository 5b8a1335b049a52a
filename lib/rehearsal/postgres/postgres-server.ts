import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, type ClientConfig } from 'pg';
import { UnderstudyError } from '../../topology';
import type { DatabaseServer } from '../servers/database-member';
import { ADMIN, writeOwned } from '../servers/server-folder';
import { environment } from './data-folder';
import type { ServerSettings } from '../servers/group-settings';
import { signalTree } from '../servers/process-tree';
import { settingsText } from './server-settings';
import type { PostgresBinaries } from './postgres-binaries';
import type { ServerAccount } from '../servers/server-account';

export interface ServerOptions {
  /** Its data. The socket is there, too. */
  readonly folder: string;
  /** Of the administrator; in every copy of the data, too. */
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
}

/** Seconds in which a server has to be up: it replays what it had not written when it died. */
const PATIENCE = 30;
/** Milliseconds between two looks whether it is up. */
const LOOK = 5;
/** Seconds after which a server that does not end is killed. */
const STOPS_WITHIN = 10;

/** One PostgreSQL server, as a process. */
export class PostgresServer implements DatabaseServer {
  readonly folder: string;
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;
  #log = '';
  #isFrozen = false;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.folder = options.folder;
  }

  get options(): ServerOptions {
    return this.#options;
  }

  /** Where it listens. */
  get socket(): string {
    return join(this.folder, '.s.PGSQL.5432');
  }

  get isRunning(): boolean {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** True while it runs, and is not stopped in its tracks. */
  get isAwake(): boolean {
    return this.isRunning && !this.#isFrozen;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#process?.pid : undefined;
  }

  async start(): Promise<void> {
    if (this.isRunning) return;
    const { binaries, account } = this.#options;
    this.#log = '';
    // A killed server leaves its lock, and a process of that number may live again.
    await rm(join(this.folder, 'postmaster.pid'), { force: true });
    const child = spawn(binaries.postgres, ['-D', this.folder, '-c', `unix_socket_directories=${this.folder}`], {
      ...account,
      env: environment(binaries),
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C in a terminal is for this process, which ends the servers in its own order.
      detached: true,
    });
    this.#process = child;
    this.#isFrozen = false;
    child.stderr.on('data', (chunk: Buffer) => (this.#log = (this.#log + chunk.toString()).slice(-4000)));
    child.on('error', (error) => (this.#log += error.message));
    await this.#isUp(Date.now() + PATIENCE * 1000);
  }

  async #isUp(deadline: number): Promise<void> {
    while (!this.#saysReady) {
      if (!this.isRunning || Date.now() > deadline) {
        const reason = this.isRunning ? `it is not ready within ${PATIENCE} s` : 'it ended';
        const why = [reason, this.#log.trim()].filter(Boolean).join(': ');
        await this.stop('kill');
        throw new UnderstudyError('postgres-failed', `the PostgreSQL server in ${this.folder} does not start: ${why}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  /** As `pg_ctl` sees it: the eighth line of its lock, which it writes when it takes connections, as a standby too. */
  get #saysReady(): boolean {
    const lines = lockOf(this.folder);
    return lines[0] === String(this.pid) && lines[7]?.trim() === 'ready';
  }

  /** A kill is one of all its processes. */
  async stop(how: 'fast' | 'kill' = 'fast'): Promise<void> {
    const [child, pid] = [this.#process, this.pid];
    if (child === undefined || pid === undefined) return;
    const gone = once(child, 'exit');
    if (how === 'kill') {
      await this.#kill(pid, gone);
      return;
    }
    signalTree(pid, 'SIGCONT');
    child.kill('SIGINT');
    const late = setTimeout(() => signalTree(pid, 'SIGKILL'), STOPS_WITHIN * 1000);
    await gone;
    clearTimeout(late);
  }

  async #kill(pid: number, gone: Promise<unknown>): Promise<void> {
    const segment = sharedMemoryOf(this.folder);
    signalTree(pid, 'SIGKILL');
    await gone;
    // What a server removes itself when it is not killed. Without that program, or the segment, there is nothing to do.
    if (segment !== undefined) await promisify(execFile)('ipcrm', ['-m', segment]).catch(() => undefined);
  }

  /** Asks it to go without writing anything, and waits for nothing. */
  dismiss(): void {
    if (this.pid === undefined) return;
    signalTree(this.pid, 'SIGCONT');
    this.#process?.kill('SIGQUIT');
  }

  /** True while its lock is there, which it removes last. */
  get isLocked(): boolean {
    return existsSync(join(this.folder, 'postmaster.pid'));
  }

  /** Stops it in its tracks, with all of its processes: it neither works nor dies. */
  freeze(): void {
    if (this.pid === undefined) return;
    this.#isFrozen = true;
    signalTree(this.pid, 'SIGSTOP');
  }

  thaw(): void {
    this.#isFrozen = false;
    if (this.pid !== undefined) signalTree(this.pid, 'SIGCONT');
  }

  /** Asks it as its administrator, past every gate. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const client = this.client();
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /**
   * Of its administrator, past every gate.
   *
   * @internal
   */
  get login(): Pick<ClientConfig, 'host' | 'port' | 'user' | 'password'> {
    return { host: this.folder, port: 5432, user: ADMIN, password: this.#options.password };
  }

  /**
   * A session of its administrator, not connected yet.
   *
   * @internal
   */
  client(database = 'postgres'): Client {
    const client = new Client({ ...this.login, database });
    // Whoever uses it hears of errors by what they asked; one between two questions would end the process.
    client.on('error', () => undefined);
    return client;
  }

  /** Settings beyond the usual ones, which outlive a start. Those that need one wait for it; the others are in effect soon. */
  async configure(settings: ServerSettings): Promise<void> {
    await writeOwned(join(this.folder, 'postgresql.auto.conf'), settingsText(settings), this.#options.account);
    // A question to a server that hangs would never be answered.
    if (this.isRunning) this.#process?.kill('SIGHUP');
  }
}

/** Id of the segment by which a server sees that another one runs on its data: the last number in the seventh line. */
function sharedMemoryOf(folder: string): string | undefined {
  return /^\s*\d+\s+(\d+)\s*$/.exec(lockOf(folder)[6] ?? '')?.[1];
}

/** The lines of its lock; none where there is none. */
function lockOf(folder: string): readonly string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}
