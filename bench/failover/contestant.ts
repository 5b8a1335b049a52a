/** What one run has shown. */
export interface Sample {
  /** From the invocation to the first acknowledged write on the new primary. */
  readonly milliseconds: number;
  /** Writes that were acknowledged, by either primary. */
  readonly acknowledged: number;
  /** Of those, how many the new primary does not have. */
  readonly lost: number;
  /** Of one whose primary died: from its death to the invocation. */
  readonly waited?: number;
}

/** One way to get a new primary. */
export interface Contestant {
  readonly name: string;
  /** `limit`: no tool at all. */
  readonly kind: 'limit' | 'planned' | 'unplanned';
  readonly isOurs: boolean;
  /** Why it cannot be run on this machine, and what to do. Undefined: it can be. */
  readonly missing?: string;
  /** What is counted of it, in a few words. */
  readonly note: string;
  /** Sets up a pair of servers, promotes one, and leaves nothing. */
  readonly run: () => Promise<Sample>;
}
