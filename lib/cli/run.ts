import { isUnderstudyError } from '../topology';
import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';
import { isAnswered, parseRequest } from './program';
import { USAGE } from './usage-error';

/**
 * Carries out one command line (without `node` and the script) and answers the exit code. Never throws.
 *
 * Exit codes are in `exit-code.ts`; what a run ends with has one for every outcome.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const request = parseRequest(argv, io);
    return request === undefined ? EXIT.usage : await request.command.run(request.invocation, io);
  } catch (error) {
    // Without any command, help goes to stderr: a script that lost its command must not look as if it had worked.
    if (isAnswered(error)) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return failed(error, argv.includes('--debug'), io);
  }
}

function failed(error: unknown, debug: boolean, { stderr }: Io): ExitCode {
  const isUsage = isUnderstudyError(error) && error.code === USAGE;
  const message = messageIn(error);
  stderr.write(
    isUsage || debug
      ? `understudy: ${message}\n`
      : `understudy: unexpected: ${message}; run again with --debug for the stack\n`,
  );
  if (debug) stderr.write(`${stackOf(error)}\n`);
  return isUsage ? EXIT.usage : EXIT.internal;
}

function messageIn(error: unknown): string {
  const text =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return 'no stack';
  const cause = 'cause' in error && error.cause !== undefined ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${String(error.stack)}${cause}`;
}
