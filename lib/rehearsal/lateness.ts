interface Change {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly by: number;
}

/** By how much later than usual numbers are told. They keep the time at which they were measured, and what was told stays told. */
export class Lateness {
  readonly #changes: Change[] = [{ from: -Infinity, by: 0 }];

  /** From a time on, by so many milliseconds; 0: as usual, and what was held back comes at once. */
  change(now: number, by: number): void {
    this.#changes.push({ from: now, by });
  }

  /** When something is told that would usually be told at that time. */
  toldAt(usual: number): number {
    const told = this.#changes.map(({ from, by }) => Math.max(from, usual + by));
    return told.find((at, index) => at <= (this.#changes[index + 1]?.from ?? Infinity)) ?? Infinity;
  }
}
