import type { MemberId, Seconds } from '../../../topology';
import type { Instant } from '../../decision';
import type { JournalEntry, JournalRow } from './journal-row';

/** Who works on the topology. */
export interface Lease {
  readonly runId: string;
  /** Grows with every taker: what an earlier one still wants to write is refused. */
  readonly epoch: number;
  /** Who the runner is, for a person. */
  readonly holder: string;
  /** When it ends unless it is renewed. A run that was left (its host's time ran out) has ended at once. */
  readonly until: Instant;
  /** Somebody wants the run to stop. */
  readonly isAbortAsked: boolean;
  /** What it waited for when the lease was last renewed, for a person. */
  readonly waitingFor?: string;
}

/** What the runbook knows about the topology beyond the program that declares it. */
export interface Standing {
  /** Who was promoted last. Undefined: nobody ever, the program says who is primary. */
  readonly primary?: MemberId;
  /** When that was. */
  readonly promotedAt?: Instant;
  /** The run that did it. */
  readonly promotedBy?: string;
  /** Whom the program declared as the primary then: when it names a third one now, it was changed since, and counts. */
  readonly declared?: MemberId;
  /** The run that is not over, and who has it. */
  readonly open?: Lease;
  /** The newest run that took the lease, over or not. */
  readonly lastRun?: string;
}

export type Taking =
  | { readonly kind: 'ours'; readonly lease: Lease }
  /** Another run is not over, or another runner works on this one. */
  | { readonly kind: 'held'; readonly by: Lease };

export interface TakingRequest {
  readonly runId: string;
  readonly holder: string;
  readonly ttl: Seconds;
  readonly at: Instant;
  /** A run of another id that was left, and that may be replaced: only when the lease is still that one's, in that epoch. */
  readonly replaces?: Lease;
}

/**
 * Lease and journal of one topology, in the Region that it recovers in.
 *
 * All reads are consistent. Errors are UnderstudyErrors of family `retryable` or `unknown`; `lease-lost` (family `refused`)
 * when the lease given is not the one that is there.
 */
export interface Ledger {
  standing(): Promise<Standing>;
  /** Takes the lease if no run is open, or if this one is and nobody holds it now. Asking again for one's own is no error. */
  take(request: TakingRequest): Promise<Taking>;
  /** Holds it on until `until`, and lets others know what is waited for. Says also whether somebody wants the run to stop. */
  renew(lease: Lease, until: Instant, waitingFor?: string): Promise<Lease>;
  /** Leaves the run for another runner, or for oneself later. */
  leave(lease: Lease, at: Instant): Promise<void>;
  /**
   * Writes rows that follow each other, all or none, if and only if the lease is still the one that is there: so nothing is done
   * that was not allowed. Writing the same rows under the same numbers again is no error.
   *
   * A row `promoted` changes the standing (primary, promotedAt, promotedBy, declared), and a row `ended` closes the run, in the
   * same breath. Either is the last one of those that are written together.
   */
  append(lease: Lease, ...rows: readonly JournalRow[]): Promise<void>;
  /** All rows of a run, in order; none when there is no such run. */
  rows(runId: string): Promise<readonly JournalRow[]>;
  /** Says that an open run is to stop. Needs no lease. @throws UnderstudyError `no-such-run` when that run is not open */
  askAbort(runId: string, entry: Extract<JournalEntry, { type: 'abort asked' }>, at: Instant): Promise<void>;
}
