/** The time by which the embedded cloud lives: made up for tests, the machine's for a rehearsal that is watched. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  wait(seconds: number): Promise<void>;
  /**
   * Rings once, at a time in milliseconds since 1970; at the next chance if that is past.
   *
   * @returns what takes the alarm back
   */
  alarm(at: number, ring: () => void): () => void;
}
