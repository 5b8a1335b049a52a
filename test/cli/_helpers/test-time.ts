interface Waiter {
  readonly at: number;
  readonly end: () => void;
}

/** Time in which everybody who waits is woken in order, one after the other, and nobody really waits. */
export class TestTime {
  #now: number;
  readonly #waiters = new Set<Waiter>();
  #isPumping = false;

  /** @param start seconds since 1970 */
  constructor(start = Date.parse('2026-11-23T03:00:00Z') / 1000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  wait(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((done) => {
      if (signal?.aborted === true) {
        done();
        return;
      }
      const waiter: Waiter = {
        at: this.#now + seconds,
        end: () => {
          this.#waiters.delete(waiter);
          signal?.removeEventListener('abort', waiter.end);
          done();
        },
      };
      signal?.addEventListener('abort', waiter.end);
      this.#waiters.add(waiter);
      this.#pump();
    });
  }

  /** One waiter at a time, and whoever is woken may do all that needs no waiting before the next one is. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    const turn = setTimeout(() => {
      this.#isPumping = false;
      const [next] = [...this.#waiters].sort((a, b) => a.at - b.at);
      if (next === undefined) return;
      this.#now = Math.max(this.#now, next.at);
      next.end();
      if (this.#waiters.size > 0) this.#pump();
    }, 0);
    // Whoever a test has left waiting keeps nobody up.
    turn.unref();
  }
}
