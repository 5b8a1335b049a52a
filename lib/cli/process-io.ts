import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type * as Rehearsal from '../rehearsal';
import { folderError, readError, writeError } from './file-error';
import type { Io, Output } from './io';
import { newRunId } from './new-run-id';
import type * as Operator from './operator';

/** The port on the real process. */
export function processIo(process: NodeJS.Process): Io {
  return {
    stdout: outputOn(process.stdout),
    stderr: outputOn(process.stderr),
    env: process.env,
    async readFile(path) {
      try {
        return await readFile(resolve(process.cwd(), path), 'utf8');
      } catch (error) {
        throw readError(path, error);
      }
    },
    async writeFile(path, text, overwrite) {
      try {
        // `wx` asks and writes in one step, so that nothing written in between is lost.
        await writeFile(resolve(process.cwd(), path), text, { flag: overwrite ? 'w' : 'wx' });
      } catch (error) {
        throw writeError(path, error);
      }
    },
    async makeFolder(path) {
      try {
        await mkdir(resolve(process.cwd(), path), { recursive: true });
      } catch (error) {
        throw folderError(path, error);
      }
    },
    now: () => Date.now() / 1000,
    wait,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askOn(process) } : {}),
    onInterrupt(listener) {
      // Once: for the second Ctrl-C there is no listener, and the process ends as if there never was one.
      process.once('SIGINT', listener);
      return () => void process.off('SIGINT', listener);
    },
    newRunId: () => newRunId(Date.now(), randomUUID()),
    openRunbookHost: (request) => operator().openRunbookHost(request),
    rehearsal,
  };
}

/**
 * The clients of a cloud, in a file of their own: most commands do without them. In the published package it is a bundle.
 *
 * Not `import()`: in a CommonJS module that wants the ending of the compiled file, which the tests do not have.
 */
function operator(): typeof Operator {
  // The SDK is in the package: whoever uses the command could do nothing about what it says of coming versions.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  return require('./operator') as typeof Operator;
}

/** As the operator: with the SDK and the drivers in it, and a bundle in the published package. */
function rehearsal(): typeof Rehearsal {
  // The SDK says on Node.js 20 that it will stop to support it: whoever rehearses can do nothing about it.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
  return require('../rehearsal') as typeof Rehearsal;
}

function outputOn(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY,
    get columns() {
      // Read anew: windows change their size.
      return stream.columns;
    },
  };
}

function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) {
      done();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal.addEventListener('abort', end);
  });
}

/** The terminal stays in its own hands (`terminal: false`): Ctrl-C is a signal there, and nothing has to be put back. */
function askOn({ stdin, stderr }: NodeJS.Process): NonNullable<Io['ask']> {
  return async (question, signal) => {
    const lines = createInterface({ input: stdin, output: stderr, terminal: false });
    try {
      const ended = new Promise<undefined>((done) => lines.once('close', () => done(undefined)));
      const answer = lines.question(question, { signal }).catch(() => undefined);
      return await Promise.race([answer, ended]);
    } finally {
      lines.close();
    }
  };
}
