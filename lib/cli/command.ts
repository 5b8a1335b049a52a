import type { ExitCode } from './exit-code';
import type { Io } from './io';

/** What a person may write after the name of a command. */
export interface Flag {
  /** As in `-o, --output <file>`. */
  readonly flags: string;
  readonly description: string;
  /** Given again, it adds to what was given before. @default false */
  readonly isRepeatable?: boolean;
}

/** What a person did write. */
export interface Invocation {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** One command: data for the parser and the help, and the function that carries it out. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** `<file>`: required. `[file]`: optional. `...`: one or more. */
  readonly operand?: Flag;
  readonly options: readonly Flag[];
  /** Whole command lines. */
  readonly examples: readonly string[];
  run(invocation: Invocation, io: Io): Promise<ExitCode>;
}
