import type { ScaledClock } from '../scaled-clock';

/** Of the cloud's time. */
export const MINUTE = 60_000;

/** Does something at every full minute of a clock, as CloudWatch measures. Time runs slowly meanwhile; a round that takes longer skips. */
export class EveryMinute {
  readonly #clock: ScaledClock;
  readonly #work: () => Promise<void>;
  #cancel: () => void = () => undefined;
  #isOver = false;
  #round: Promise<unknown> = Promise.resolve();

  constructor(clock: ScaledClock, work: () => Promise<void>) {
    this.#clock = clock;
    this.#work = work;
    this.#await();
  }

  /** Waits for the round that is on its way. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#cancel();
    await this.#round;
  }

  #await(): void {
    const next = (Math.floor(this.#clock.now() / MINUTE) + 1) * MINUTE;
    this.#cancel = this.#clock.alarm(next, () => {
      this.#round = this.#clock.during(this.#work).finally(() => {
        if (!this.#isOver) this.#await();
      });
    });
  }
}
