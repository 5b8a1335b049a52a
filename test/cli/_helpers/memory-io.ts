import { readError, writeError } from '../../../lib/cli/file-error';
import type { Io, Output } from '../../../lib/cli/io';

/** The port in memory: what was written can be read back. */
export class MemoryIo implements Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Map<string, string>;
  out = '';
  err = '';

  constructor(files: Readonly<Record<string, string>> = {}, terminal: { isTTY?: boolean; env?: Io['env'] } = {}) {
    const { isTTY = false, env = {} } = terminal;
    this.stdout = { isTTY, write: (text) => void (this.out += text) };
    this.stderr = { isTTY, write: (text) => void (this.err += text) };
    this.env = env;
    this.files = new Map(Object.entries(files));
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
}
