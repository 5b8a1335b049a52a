import type { Io } from './io';
import { WIDTH } from './runbook/paragraph';

/**
 * Lines on stderr that are redrawn in place, once a second and whenever something happens.
 *
 * Only moves the cursor up and clears what is below: nothing is switched that would have to be switched back, so however the
 * process ends, the terminal is as it was.
 */
export class LiveLines {
  readonly #io: Pick<Io, 'stderr' | 'wait'>;
  readonly #lines: (width: number) => readonly string[];
  readonly #stop = new AbortController();
  #height = 0;

  /** @param lines as they are now, none wider than it is told */
  constructor(io: Pick<Io, 'stderr' | 'wait'>, lines: (width: number) => readonly string[]) {
    this.#io = io;
    this.#lines = lines;
    void this.#everySecond();
  }

  draw(): void {
    const { stderr } = this.#io;
    // Some terminals say that they have no columns at all.
    // A line that reaches the edge would take two rows, and the cursor would not go up far enough.
    const lines = this.#lines(Math.max(20, (stderr.columns || WIDTH) - 1));
    this.#clear();
    stderr.write(lines.map((line) => `${line}\n`).join(''));
    this.#height = lines.length;
  }

  /** Something to be read that stays. */
  note(text: string): void {
    this.#clear();
    this.#io.stderr.write(`${text}\n`);
    this.draw();
  }

  /** Takes them away. */
  end(): void {
    this.#stop.abort();
    this.#clear();
  }

  #clear(): void {
    if (this.#height > 0) this.#io.stderr.write(`\u001B[${this.#height}A\r\u001B[J`);
    this.#height = 0;
  }

  async #everySecond(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.draw();
      await this.#io.wait(1, signal);
    }
  }
}
