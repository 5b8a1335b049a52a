import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readError, writeError } from './file-error';
import type { Io, Output } from './io';

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
  };
}

function outputOn(stream: NodeJS.WriteStream): Output {
  return { write: (text) => void stream.write(text), isTTY: stream.isTTY };
}
