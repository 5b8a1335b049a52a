import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { UnderstudyError } from '../../topology';
import { ADMIN, environment, writeOwned } from './data-folder';
import type { PostgresBinaries } from './postgres-binaries';
import type { ServerAccount } from './server-account';

export interface ServerOptions {
  /** Its data. The socket is there, too. */
  readonly folder: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Small and quick; safe against the death of a server, not of the machine. */
const SETTINGS: Readonly<Record<string, string>> = {
  // No port: nothing collides, and whoever wants in goes through a gate.
  listen_addresses: '',
  fsync: 'off',
  full_page_writes: 'off',
  wal_level: 'replica',
  max_wal_senders: '32',
  wal_keep_size: '512MB',
  max_connections: '60',
  shared_buffers: '16MB',
  io_method: 'sync',
  autovacuum: 'off',
  hot_standby_feedback: 'on',
  wal_receiver_status_interval: '1s',
  wal_retrieve_retry_interval: '100ms',
  logging_collector: 'off',
  log_min_messages: 'fatal',
  track_commit_timestamp: 'on',
  unix_socket_permissions: '0777',
};

/** Seconds in which a server has to be up: it replays what it had not written when it died. */
const PATIENCE = 30;

/** One PostgreSQL server, as a process. */
export class PostgresServer {
  readonly folder: string;
  readonly #options: ServerOptions;
  #process: ChildProcess | undefined;
  #log = '';

  constructor(options: ServerOptions) {
    this.#options = options;
    this.folder = options.folder;
  }

  get account(): ServerAccount {
    return this.#options.account;
  }

  /** Where it listens. */
  get socket(): string {
    return join(this.folder, '.s.PGSQL.5432');
  }

  get isRunning(): boolean {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#process?.pid : undefined;
  }

  /** Starts it, and waits until it answers. Does nothing when it runs. */
  async start(): Promise<void> {
    if (this.isRunning) return;
    const { binaries, account, settings } = this.#options;
    const given = Object.entries({ ...SETTINGS, unix_socket_directories: this.folder, ...settings });
    const args = ['-D', this.folder, ...given.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    this.#log = '';
    // A killed server leaves its lock, and a process of that number may live again.
    await rm(join(this.folder, 'postmaster.pid'), { force: true });
    const child = spawn(binaries.postgres, args, {
      ...account,
      env: environment(binaries),
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    child.stderr?.on('data', (chunk: Buffer) => (this.#log = (this.#log + chunk.toString()).slice(-4000)));
    child.on('error', (error) => (this.#log += error.message));
    await this.#answers(Date.now() + PATIENCE * 1000);
  }

  async #answers(deadline: number): Promise<void> {
    for (;;) {
      try {
        await this.query('SELECT 1');
        return;
      } catch (error) {
        if (this.isRunning && Date.now() < deadline) {
          await new Promise((resolve) => setTimeout(resolve, 15));
          continue;
        }
        const why = this.isRunning ? `no answer within ${PATIENCE} s: ${(error as Error).message}` : this.#log.trim();
        throw new UnderstudyError('postgres-failed', `the PostgreSQL server in ${this.folder} does not start: ${why}`);
      }
    }
  }

  /** `fast`: sessions are ended, and all is written. `kill`: it dies as it stands. */
  async stop(how: 'fast' | 'kill' = 'fast'): Promise<void> {
    const child = this.#process;
    if (child === undefined || !this.isRunning) return;
    const gone = once(child, 'exit');
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGKILL');
    await gone;
  }

  /** Stops it in its tracks: it neither works nor dies. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
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

  /** A session of its administrator, not connected yet. */
  client(): Client {
    const { password } = this.#options;
    const client = new Client({ host: this.folder, port: 5432, user: ADMIN, password, database: 'postgres' });
    // Whoever uses it hears of errors by what they asked; one between two questions would end the process.
    client.on('error', () => undefined);
    return client;
  }

  /** Settings that outlive a start. Those that need one wait for it. */
  async configure(settings: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
    await writeOwned(join(this.folder, 'postgresql.auto.conf'), `${lines.join('\n')}\n`, this.account);
    if (this.isRunning) await this.query('SELECT pg_reload_conf()');
  }
}
