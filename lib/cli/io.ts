/** Somewhere to write text. */
export interface Output {
  write(text: string): void;
  /** A person reads it. */
  readonly isTTY: boolean;
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
}
