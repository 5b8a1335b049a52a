import type { CommanderError } from 'commander';
import { UsageError } from './usage-error';

/** What the parser was doing when it refused. */
export interface Parsing {
  /** The command, once it is known. */
  readonly command: string | undefined;
  readonly commands: readonly string[];
  /** Long names. */
  readonly options: readonly string[];
  readonly operand: string;
}

const QUOTED = /'([^']*)'/;
const NEAREST = /Did you mean (.+)\?/;

/** Commander's refusal in our words. Commander says the value that it refuses only inside its message. */
export function refusalOf({ code, message }: CommanderError, parsing: Parsing): UsageError {
  const { command, commands, options, operand } = parsing;
  const value = QUOTED.exec(message)?.[1] ?? '';
  const nearest = NEAREST.exec(message)?.[1];
  const subject = command ?? 'understudy';
  const help = `run ${command === undefined ? 'understudy' : `understudy ${command}`} --help`;
  const fix = nearest === undefined ? help : `did you mean ${nearest}?`;
  switch (code) {
    case 'commander.unknownCommand':
      return new UsageError(`there is no command ${value}`, `allowed: ${commands.join(', ')}`, fix);
    case 'commander.unknownOption':
      return new UsageError(`${subject} has no option ${value}`, `allowed: ${options.join(', ')}`, fix);
    case 'commander.missingArgument':
      return new UsageError(`${subject} got no ${value}`, `allowed: ${operand}`, help);
    case 'commander.excessArguments':
      return new UsageError(`${subject} got too many arguments`, `allowed: ${operand}`, help);
    case 'commander.optionMissingArgument':
      return new UsageError(`the option ${value.replace(/ <.*/, '')} got no value`, `allowed: ${value}`, help);
    default:
      return new UsageError(message.replace(/^error: /, ''), `allowed: ${options.join(', ')}`, help);
  }
}
