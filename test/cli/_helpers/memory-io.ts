import { readError, writeError } from '../../../lib/cli/file-error';
import type { Io, Output } from '../../../lib/cli/io';
import type { HostRequest, OpenRunbookHost, RunbookHost } from '../../../lib/cli/operator';
import type * as Rehearsal from '../../../lib/rehearsal';
import { TestTime } from './test-time';

interface Surroundings {
  readonly isTTY?: boolean;
  readonly env?: Io['env'];
  readonly columns?: number;
  /** What a person types, question by question; undefined: there is nobody. */
  readonly answers?: readonly (string | undefined)[];
  readonly host?: RunbookHost;
  readonly open?: OpenRunbookHost;
  readonly time?: TestTime;
  /** What of the rehearsal is asked for. */
  readonly rehearsal?: Partial<typeof Rehearsal>;
  /** Hears all that is written to stderr. */
  readonly heard?: (text: string) => void;
}

/** The port in memory: what was written can be read back. */
export class MemoryIo implements Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Map<string, string>;
  readonly time: TestTime;
  readonly ask?: Io['ask'];
  readonly openRunbookHost: OpenRunbookHost;
  readonly rehearsal: Io['rehearsal'];
  readonly folders: string[] = [];
  /** What runbook hosts were asked for. */
  readonly requests: HostRequest[] = [];
  readonly questions: string[] = [];
  out = '';
  err = '';
  #interrupt: (() => void) | undefined;
  #runs = 0;

  constructor(files: Readonly<Record<string, string>> = {}, surroundings: Surroundings = {}) {
    const { isTTY = false, env = {}, columns, answers, host, open, time = new TestTime(), heard } = surroundings;
    this.stdout = { isTTY, columns, write: (text) => void (this.out += text) };
    this.stderr = {
      isTTY,
      columns,
      write: (text) => {
        this.err += text;
        heard?.(text);
      },
    };
    this.env = env;
    this.files = new Map(Object.entries(files));
    this.time = time;
    if (answers !== undefined) {
      const left = [...answers];
      this.ask = (question) => {
        this.questions.push(question);
        return Promise.resolve(left.shift());
      };
    }
    this.rehearsal = () => (surroundings.rehearsal ?? {}) as typeof Rehearsal;
    this.openRunbookHost = (request) => {
      this.requests.push(request);
      if (open !== undefined) return open(request);
      return host === undefined ? Promise.reject(new Error('no runbook in this test')) : Promise.resolve(host);
    };
  }

  readFile(path: string): Promise<string> {
    const text = this.files.get(path);
    return text === undefined ? Promise.reject(readError(path, { code: 'ENOENT' })) : Promise.resolve(text);
  }

  writeFile(path: string, text: string, overwrite: boolean): Promise<void> {
    if (!overwrite && this.files.has(path)) return Promise.reject(writeError(path, { code: 'EEXIST' }));
    this.files.set(path, text);
    return Promise.resolve();
  }

  makeFolder(path: string): Promise<void> {
    this.folders.push(path);
    return Promise.resolve();
  }

  now(): number {
    return this.time.now();
  }

  wait(seconds: number, signal: AbortSignal): Promise<void> {
    return this.time.wait(seconds, signal);
  }

  onInterrupt(listener: () => void): () => void {
    this.#interrupt = listener;
    return () => (this.#interrupt = undefined);
  }

  /** Somebody presses Ctrl-C. */
  interrupt(): void {
    this.#interrupt?.();
  }

  get isListening(): boolean {
    return this.#interrupt !== undefined;
  }

  newRunId(): string {
    this.#runs += 1;
    return `run-${this.#runs}`;
  }
}
