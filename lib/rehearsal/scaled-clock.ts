import { UnderstudyError } from '../topology';
import type { Clock } from './clock';

/** setTimeout takes 32 bits: a longer wait would ring at once. */
const LONGEST = 2 ** 31 - 1;

export interface ScaledClockOptions {
  /** How many seconds pass here in one of the machine's. */
  readonly scale: number;
}

/** Time that runs as many times as fast as the machine's, so that minutes of waiting for a cloud take seconds. */
export class ScaledClock implements Clock {
  readonly scale: number;
  /** When both told the same time. */
  readonly #origin = Date.now();

  constructor({ scale }: ScaledClockOptions) {
    if (!Number.isFinite(scale) || scale <= 0) {
      throw new UnderstudyError(
        'scale-refused',
        `the scale of time is ${scale}. Allowed: a number above 0; 1 is real time. Fix: write one.`,
      );
    }
    this.scale = scale;
  }

  now(): number {
    return this.at(Date.now());
  }

  /** What is told here when the machine tells that time, both in milliseconds since 1970. */
  at(machine: number): number {
    return this.#origin + (machine - this.#origin) * this.scale;
  }

  wait(seconds: number): Promise<void> {
    return new Promise((resolve) => void setTimeout(resolve, (seconds * 1000) / this.scale));
  }

  alarm(at: number, ring: () => void): () => void {
    const timer = setTimeout(ring, Math.min(Math.max(0, (at - this.now()) / this.scale), LONGEST));
    timer.unref();
    return () => clearTimeout(timer);
  }
}
