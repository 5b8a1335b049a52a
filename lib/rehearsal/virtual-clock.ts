import type { Clock } from './clock';

/** No date means anything here; this one is easy to read in a log. */
const START = Date.UTC(2030, 0, 1);

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** Time that passes when it is told to, so that four minutes of promotion take none. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #alarms = new Set<Alarm>();

  constructor(start: number = START) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Lets time pass, with every alarm rung at its own time. */
  advance(seconds: number): void {
    this.#advanceTo(this.#now + seconds * 1000);
  }

  /**
   * Whoever waits makes time pass: there is nothing else that would.
   * Of two who wait at once, the longer wait contains the shorter.
   */
  async wait(seconds: number): Promise<void> {
    const end = this.#now + seconds * 1000;
    // So that whoever waits in the same turn has begun at the same time.
    await Promise.resolve();
    this.#advanceTo(end);
  }

  alarm(at: number, ring: () => void): () => void {
    const alarm: Alarm = { at, ring };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  #advanceTo(end: number): void {
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#alarms.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.ring();
    }
    this.#now = Math.max(this.#now, end);
  }

  #next(end: number): Alarm | undefined {
    const due = [...this.#alarms].filter(({ at }) => at <= end);
    return due.reduce<Alarm | undefined>((first, alarm) => (first && first.at <= alarm.at ? first : alarm), undefined);
  }
}
