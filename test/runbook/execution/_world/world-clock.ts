import type { Clock } from '../../../../lib/runbook/execution/ports';

const MOST_WAITS_FOR_NOTHING = 100;

/** Time of the simulated world, in seconds. It passes when somebody waits, and lets everything live on second by second. */
export class WorldClock implements Clock {
  #now: number;
  #waitsForNothing = 0;
  readonly #everySecond: ((now: number) => void)[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  everySecond(live: (now: number) => void): void {
    this.#everySecond.push(live);
  }

  async wait(seconds: number): Promise<void> {
    this.#waitsForNothing = seconds > 0 ? 0 : this.#waitsForNothing + 1;
    if (this.#waitsForNothing > MOST_WAITS_FOR_NOTHING) throw new Error('somebody waits for ever, and no time passes');
    const end = this.#now + seconds;
    // So that two who wait at once wait together.
    await Promise.resolve();
    this.advanceTo(end);
  }

  advanceTo(end: number): void {
    while (this.#now < end) {
      this.#now = Math.min(end, Math.floor(this.#now) + 1);
      if (Number.isInteger(this.#now)) for (const live of this.#everySecond) live(this.#now);
    }
  }
}
