import type { CommanderError } from 'commander';
import { UsageError } from './usage-error';

/** What the parser was doing when it refused. */
export interface Parsing {
  /** `understudy`, or `understudy check`. */
  readonly line: string;
  readonly commands: readonly string[];
  /** Long names. */
  readonly options: readonly string[];
  readonly operand: string | undefined;
}

const QUOTED = /'([^']*)'/;
const NEAREST = /Did you mean (.+)\?/;

/** Commander's refusal in our words. Commander says the value that it refuses only inside its message. */
export function refusalOf(
  { code, message }: CommanderError,
  { line, commands, options, operand }: Parsing,
): UsageError {
  const value = QUOTED.exec(message)?.[1] ?? '';
  const nearest = NEAREST.exec(message)?.[1];
  const help = `run ${line} --help`;
  const fix = nearest === undefined ? help : `did you mean ${nearest}?`;
  switch (code) {
    case 'commander.unknownCommand':
      return new UsageError(`there is no command ${value}`, `allowed: ${commands.join(', ')}`, fix);
    case 'commander.unknownOption':
      return new UsageError(`${line} has no option ${value}`, `allowed: ${options.join(', ')}`, fix);
    case 'commander.missingArgument':
      return new UsageError(`${line} got no ${value}`, `allowed: ${operand ?? 'nothing'}`, help);
    case 'commander.excessArguments':
      return new UsageError(
        `${line} got ${message.match(/got (\d+)/)?.[1] ?? 'too many'} arguments`,
        `allowed: ${operand ?? 'no argument'}`,
        help,
      );
    case 'commander.optionMissingArgument':
      return new UsageError(`the option ${value} has no value`, `allowed: ${value}`, help);
    default:
      return new UsageError(message.replace(/^error: /, ''), `allowed: ${options.join(', ')}`, help);
  }
}
