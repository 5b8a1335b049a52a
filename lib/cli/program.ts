import { Command as Parser, type CommanderError } from 'commander';
import type { Command, Invocation } from './command';
import { refusalOf } from './commander-refusal';
import { COMMANDS } from './commands';
import type { Io } from './io';
import { packageVersion } from './package-version';

/** What was asked for; undefined when the parser has answered it already (help, version). */
export interface Request {
  readonly command: Command;
  readonly invocation: Invocation;
}

const DEBUG = { flags: '--debug', description: 'show stacks of errors' };

/** The request in a command line. @throws UsageError when there is none. @throws CommanderError once help or version is printed. */
export function parseRequest(argv: readonly string[], io: Io): Request | undefined {
  let request: Request | undefined;
  const root = quiet(new Parser('understudy'), io)
    .description('Replicated databases as code: check and draw topology files, promote replicas.')
    .version(packageVersion(), '--version', 'print the version')
    .option(DEBUG.flags, DEBUG.description)
    .helpOption('--help', 'print help')
    .helpCommand(false);
  refuseInOurWords(root, undefined);
  for (const command of COMMANDS)
    root.addCommand(parserOf(command, io, (invocation) => (request = { command, invocation })));
  root.parse(argv, { from: 'user' });
  return request;
}

function parserOf(command: Command, io: Io, found: (invocation: Invocation) => void): Parser {
  const parser = quiet(new Parser(command.name), io)
    .description(command.summary)
    .helpOption('--help', 'print help')
    .addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  if (command.operand !== undefined) parser.argument(command.operand.flags, command.operand.description);
  for (const { flags, description, isRepeatable = false } of command.options) {
    if (isRepeatable) parser.option(flags, description, added);
    else parser.option(flags, description);
  }
  // The root takes this one wherever it stands; here it is for the help.
  parser.option(DEBUG.flags, DEBUG.description);
  refuseInOurWords(parser, command);
  return parser.action(() => found({ operands: parser.args, options: parser.opts() }));
}

const added = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

/** Nothing is written behind the port's back, and errors only once. */
function quiet(parser: Parser, { stdout, stderr }: Io): Parser {
  return parser.configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    outputError: () => undefined,
    // The same text everywhere, also where it is kept in a file.
    getOutHelpWidth: () => 100,
    getErrHelpWidth: () => 100,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}

function refuseInOurWords(parser: Parser, command: Command | undefined): void {
  parser.exitOverride((error) => {
    if (error.exitCode === 0 || error.code === 'commander.help') throw error;
    throw refusalOf(error, {
      command: command?.name,
      commands: COMMANDS.map(({ name }) => name),
      options: [...parser.options.map(({ long }) => long ?? ''), '--help'],
      operand: command?.operand?.description ?? 'no argument',
    });
  });
}

/** True for what commander throws once it has printed help or the version. */
export function isAnswered(error: unknown): error is CommanderError {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('commander.');
}
