import type * as Rehearsal from '../rehearsal';
import type { OpenRunbookHost } from './operator';

/** Somewhere to write text. */
export interface Output {
  write(text: string): void;
  /** A person reads it. */
  readonly isTTY: boolean;
  /** Characters in a line of the terminal. @default 80 */
  readonly columns?: number | undefined;
}

/** Everything that commands may reach outside themselves. Paths are as the user wrote them, relative to the working directory. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws UsageError when the file cannot be read. */
  readFile(path: string): Promise<string>;
  /** @throws UsageError when the file cannot be written, or is there already and `overwrite` is false. */
  writeFile(path: string, text: string, overwrite: boolean): Promise<void>;
  /** Makes a folder, if it is not there. @throws UsageError when it cannot be made */
  makeFolder(path: string): Promise<void>;
  /** Seconds since 1970. */
  now(): number;
  /** Ends at once when the signal says so. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
  /** Absent: nobody is there to answer. Undefined: no answer came, or the signal ended it. */
  readonly ask?: (question: string, signal: AbortSignal) => Promise<string | undefined>;
  /**
   * Calls the listener at the first Ctrl-C. The second one ends the process as it always does.
   *
   * @returns what takes the listener away
   */
  onInterrupt(listener: () => void): () => void;
  /** The id of a run that is to be begun, never used before. */
  newRunId(): string;
  /** The way to a runbook. The cloud's clients are loaded here, and only here. */
  readonly openRunbookHost: OpenRunbookHost;
  /** What plays promotions. Loaded here, and only here. */
  readonly rehearsal: () => typeof Rehearsal;
}
