import type { Seconds } from '../../../topology';
import type { Attempt, Clock, Procedure, Step } from '../../execution/ports';

/** What an endpoint has to say for itself, to be made to say something else. */
export interface PointingOptions {
  readonly clock: Clock;
  /** Of the endpoint. */
  readonly id: string;
  /** What it shall say. */
  readonly wanted: string;
  /** What it says now. */
  readonly read: () => Promise<string>;
  /** Writes it; how often that succeeded in this run already is told. */
  readonly write: (written: number) => Promise<void>;
  /** What has to come before the writing. */
  readonly before?: (attempts: readonly Attempt[]) => Promise<Step | undefined>;
  /** What has to come after it, when it reads as it should. */
  readonly after?: (attempts: readonly Attempt[]) => Promise<Step | undefined>;
}

export const WRITE = 'write';

/** For so long a read may be behind a write that succeeded. */
const BEHIND: Seconds = 10;
/** So often it is written; whoever writes something else each time is no accident. */
const MOST_WRITES = 3;

/** Writes, reads back, and believes the reading alone. */
export class Pointing implements Procedure {
  readonly #options: PointingOptions;

  constructor(options: PointingOptions) {
    this.#options = options;
  }

  async next(attempts: readonly Attempt[]): Promise<Step> {
    const { clock, id, wanted, read, write, before, after } = this.#options;
    const now = await read();
    if (now === wanted) return (await after?.(attempts)) ?? { kind: 'done', proof: `${id} says ${now}` };
    const writes = attempts.filter(({ step }) => step === WRITE);
    const written = writes.filter(({ outcome }) => outcome === 'done').length;
    const last = writes.at(-1);
    if (last?.outcome === 'done') {
      if (clock.now() < last.at + BEHIND) return { kind: 'wait', title: `${id} says ${wanted}`, seconds: 2 };
      if (written >= MOST_WRITES) {
        const problem = `${id} was written ${written} times and says ${now}, not ${wanted}: somebody else writes it, too; stop that, and write it by hand`;
        return { kind: 'stuck', problem };
      }
    }
    const title = `make ${id} say ${wanted}, not ${now}`;
    return (await before?.(attempts)) ?? { kind: 'do', id: WRITE, title, call: () => write(written) };
  }
}
