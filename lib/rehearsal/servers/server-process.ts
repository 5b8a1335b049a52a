import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { UnderstudyError } from '../../topology';
import { signalTree } from './process-tree';
import type { ServerAccount } from './server-account';

export interface ServerProcessOptions {
  /** What it is, and where, for a person. */
  readonly name: string;
  /** Of the error when it does not start. */
  readonly code: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly account: ServerAccount;
  /** Fails until it answers. */
  readonly ping: () => Promise<unknown>;
  /** What asks it to write all and end. */
  readonly farewell: NodeJS.Signals;
}

/** Seconds in which a server has to be up: it replays what it had not written when it died. */
const PATIENCE = 30;
/** Seconds after which a server that does not end is killed. */
const STOPS_WITHIN = 10;

/** A database server as a process of this machine. */
export class ServerProcess {
  readonly #options: ServerProcessOptions;
  #process: ChildProcess | undefined;
  #log = '';

  constructor(options: ServerProcessOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#process?.pid : undefined;
  }

  async start(): Promise<void> {
    const { command, args, account, env } = this.#options;
    this.#log = '';
    const child = spawn(command, [...args], {
      ...account,
      env,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C in a terminal is for this process, which ends the servers in its own order.
      detached: true,
    });
    this.#process = child;
    child.stderr.on('data', (chunk: Buffer) => (this.#log = (this.#log + chunk.toString()).slice(-4000)));
    child.on('error', (error) => (this.#log += error.message));
    await this.#answers(Date.now() + PATIENCE * 1000);
  }

  async #answers(deadline: number): Promise<void> {
    for (;;) {
      try {
        await this.#options.ping();
        return;
      } catch (error) {
        if (this.isRunning && Date.now() < deadline) {
          await new Promise((resolve) => setTimeout(resolve, 15));
          continue;
        }
        const silence = `no answer within ${PATIENCE} s: ${(error as Error).message}`;
        const why = [this.isRunning ? silence : 'it ended', this.#log.trim()].filter(Boolean).join(': ');
        await this.kill();
        throw new UnderstudyError(this.#options.code, `${this.#options.name} does not start: ${why}`);
      }
    }
  }

  async stop(): Promise<void> {
    const [child, pid] = [this.#process, this.pid];
    if (child === undefined || pid === undefined) return;
    const gone = once(child, 'exit');
    signalTree(pid, 'SIGCONT');
    child.kill(this.#options.farewell);
    const late = setTimeout(() => signalTree(pid, 'SIGKILL'), STOPS_WITHIN * 1000);
    await gone;
    clearTimeout(late);
  }

  async kill(): Promise<void> {
    const [child, pid] = [this.#process, this.pid];
    if (child === undefined || pid === undefined) return;
    const gone = once(child, 'exit');
    signalTree(pid, 'SIGKILL');
    await gone;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    if (this.pid !== undefined) signalTree(this.pid, signal);
  }
}
