import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverAccount, whenInterrupted, type ServerAccount } from '../../../lib/rehearsal';

/** Programs that live and die together, with a folder for all that they write. Nothing of them is left. */
export class Household {
  readonly folder: string;
  readonly account: ServerAccount = serverAccount();
  /** Data folders of servers that put themselves into the background. */
  readonly #servers = new Map<string, string>();
  readonly #children = new Set<ChildProcess>();
  readonly #spared: () => void;
  readonly #path: string;

  private constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `understudy-bench-${name}-`));
    this.#own(this.folder);
    this.#path = `${this.folder}:${process.env['PATH'] ?? ''}`;
    this.#spared = whenInterrupted(() => this.#vanish());
  }

  static open(name: string): Household {
    return new Household(name);
  }

  /** Path of a file or folder of this household. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes a file that the programs may read. */
  write(name: string, text: string, mode = 0o600): string {
    const path = this.path(name);
    writeFileSync(path, text, { mode });
    this.#own(path);
    return path;
  }

  /** Runs a program to its end. @throws what it said, when it failed */
  async run(program: string, args: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, stdout: string, stderr: string): void => {
        if (error) reject(new Error(`${program} ${args.join(' ')} failed: ${error.message}\n${stdout}\n${stderr}`));
        else resolve(stdout);
      };
      execFile(program, args, { ...this.#surroundings(), maxBuffer: 2 ** 26, encoding: 'utf8' }, done);
    });
  }

  /** Starts a program that goes on until the household ends, in a group of its own. What it says goes to a file. */
  start(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, { ...this.#surroundings(), stdio: 'ignore', detached: true });
    this.#children.add(child);
    child.on('error', () => undefined);
    return child;
  }

  /** Kills a program that was started, with all that it has started itself. */
  async kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    killGroup(child);
    await gone;
    this.#children.delete(child);
  }

  /** Remembers a server that some program starts, so that it is stopped in the end. */
  keep(data: string, binaries: string): void {
    this.#servers.set(data, binaries);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#children].map((child) => this.kill(child)));
    for (const [data, binaries] of this.#servers) this.#stop(data, binaries);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    this.#spared();
  }

  /** None of the user's PG variables, and no folder of the user's. */
  #surroundings() {
    const env = { PATH: this.#path, HOME: this.folder, LC_ALL: 'C.UTF-8', TZ: 'UTC', PYTHONDONTWRITEBYTECODE: '1' };
    return { ...this.account, env, cwd: this.folder };
  }

  #own(path: string): void {
    const { uid, gid } = this.account;
    if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  }

  #stop(data: string, binaries: string): void {
    const args = ['-D', data, '-m', 'immediate', '-t', '10', 'stop'];
    spawnSync(join(binaries, 'pg_ctl'), args, { ...this.#surroundings(), stdio: 'ignore' });
  }

  #vanish(): void {
    for (const child of this.#children) killGroup(child);
    for (const [data, binaries] of this.#servers) this.#stop(data, binaries);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ports of this machine that nobody listens on now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
