import { UnderstudyError } from '../topology';
import type { Clock } from './clock';

/** setTimeout takes 32 bits: a longer wait would ring at once. */
const LONGEST = 2 ** 31 - 1;

export interface ScaledClockOptions {
  /** How many seconds pass here in one of the machine's, while time is only waited for. */
  readonly scale: number;
  /** The same while somebody is at work: a slower clock does not count what the machine takes as if a cloud did. @default scale */
  readonly atWork?: number;
}

/** Somebody at work: while there is one who does not rest, time runs slower. */
export interface Shift {
  /** Waits for something that is not work. */
  rest<T>(wait: () => Promise<T>): Promise<T>;
  end(): void;
}

/** From when on time ran how fast: both in milliseconds since 1970. */
interface Bend {
  readonly machine: number;
  readonly told: number;
  readonly rate: number;
}

interface Pending {
  readonly due: number;
  readonly ring: () => void;
  readonly isAwaited: boolean;
  timer?: NodeJS.Timeout;
}

/**
 * Time that runs as many times as fast as the machine's, so that minutes of waiting for a cloud take seconds; and slower while
 * somebody is at work, so that a machine that is slow or busy makes nobody late.
 */
export class ScaledClock implements Clock {
  /** How many seconds pass here in one of the machine's, while time is only waited for. */
  readonly scale: number;
  /** The same while somebody is at work. */
  readonly atWork: number;
  /** Both told the same time when it began. */
  readonly #bends: Bend[];
  readonly #pending = new Set<Pending>();
  #workers = 0;

  constructor({ scale, atWork = scale }: ScaledClockOptions) {
    for (const rate of [scale, atWork]) {
      if (Number.isFinite(rate) && rate > 0) continue;
      throw new UnderstudyError(
        'scale-refused',
        `the scale of time is ${rate}. Allowed: a number above 0; 1 is real time. Fix: write one.`,
      );
    }
    this.scale = scale;
    this.atWork = atWork;
    const now = Date.now();
    this.#bends = [{ machine: now, told: now, rate: scale }];
  }

  now(): number {
    return this.at(Date.now());
  }

  /** What is told here when the machine tells that time, both in milliseconds since 1970. */
  at(machine: number): number {
    const { machine: since, told, rate } = this.#bends.findLast((bend) => bend.machine <= machine) ?? this.#first;
    return told + (machine - since) * rate;
  }

  wait(seconds: number): Promise<void> {
    return new Promise((resolve) => this.#add(this.now() + seconds * 1000, resolve, true));
  }

  alarm(at: number, ring: () => void): () => void {
    const pending = this.#add(at, ring, false);
    return () => {
      clearTimeout(pending.timer);
      this.#pending.delete(pending);
    };
  }

  /** Somebody begins to work. */
  begin(): Shift {
    let [isOver, resting] = [false, 0];
    const isAtWork = (): boolean => !isOver && resting === 0;
    const becoming = (change: () => void): void => {
      const was = isAtWork();
      change();
      if (was !== isAtWork()) this.#count(was ? -1 : 1);
    };
    this.#count(1);
    return {
      rest: async (wait) => {
        becoming(() => (resting += 1));
        try {
          return await wait();
        } finally {
          becoming(() => (resting -= 1));
        }
      },
      end: () => becoming(() => (isOver = true)),
    };
  }

  /** Time runs slower until it is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const shift = this.begin();
    try {
      return await work();
    } finally {
      shift.end();
    }
  }

  get #first(): Bend {
    return this.#bends[0] as Bend;
  }

  #count(change: 1 | -1): void {
    this.#workers += change;
    const rate = this.#workers > 0 ? this.atWork : this.scale;
    if (rate === this.#bends.at(-1)?.rate) return;
    const machine = Date.now();
    this.#bends.push({ machine, told: this.at(machine), rate });
    for (const pending of this.#pending) this.#arm(pending);
  }

  #add(due: number, ring: () => void, isAwaited: boolean): Pending {
    const pending: Pending = { due, ring, isAwaited };
    this.#pending.add(pending);
    this.#arm(pending);
    return pending;
  }

  #arm(pending: Pending): void {
    clearTimeout(pending.timer);
    const rate = this.#bends.at(-1)?.rate ?? this.scale;
    const left = Math.min(Math.max(0, (pending.due - this.now()) / rate), LONGEST);
    pending.timer = setTimeout(() => this.#ring(pending), left);
    if (!pending.isAwaited) pending.timer.unref();
  }

  #ring(pending: Pending): void {
    this.#pending.delete(pending);
    pending.ring();
  }
}
