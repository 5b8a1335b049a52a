import type { FakeInstance } from './fake-instance';

export type SqlWorkKind =
  'replicate' | 'promote' | 'switchover' | 'rejoin' | 'restart' | 'configure' | 'stop' | 'start';

/** Something to do to the server behind an instance. */
export interface SqlWork {
  readonly kind: SqlWorkKind;
  /** As it is when the work begins, but for what is asked of it. */
  readonly instance: FakeInstance;
  /** Whom it follows, or is to follow; of a switchover, whose place it takes. */
  readonly source?: FakeInstance | undefined;
  /** Of a switchover: seconds that it may take until all has come over. */
  readonly patience?: number;
}

/**
 * What stands behind the instances: the seam for real database servers. An operation is over when both the timetable and the
 * backend's work are done.
 */
export interface SqlBackend {
  /** @returns undefined if it is done already; a promise that fails makes the operation fail, in its words */
  carryOut(work: SqlWork): Promise<void> | undefined;
  /** Private address of an instance that is there from the start, or whose creation is done. @returns undefined: as Google would give it one */
  addressOf?(instance: FakeInstance): string | undefined;
}

/** Nothing behind the instances: all work is done at once. */
export const NO_SQL_BACKEND: SqlBackend = { carryOut: () => undefined };
