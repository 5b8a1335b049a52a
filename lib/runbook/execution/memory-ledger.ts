import { UnderstudyError } from '../../topology';
import type { Instant } from '../decision';
import type { JournalEntry, JournalRow, Lease, Ledger, Standing, Taking, TakingRequest } from './ports';

/** A ledger that is forgotten with the process: for plans, which leave no trace, and as the model of the real ones. */
export class MemoryLedger implements Ledger {
  #standing: Standing;
  #epoch = 0;
  readonly #rows = new Map<string, JournalRow[]>();

  /** @param standing what is known already; its open run is not taken over */
  constructor({ open: _, ...standing }: Standing = {}) {
    this.#standing = standing;
  }

  standing(): Promise<Standing> {
    return Promise.resolve(this.#standing);
  }

  take({ runId, holder, ttl, at, replaces }: TakingRequest): Promise<Taking> {
    const { open } = this.#standing;
    const isReplaced = open?.runId === replaces?.runId && open?.epoch === replaces?.epoch && (open?.until ?? at) <= at;
    const isFree =
      open === undefined || (open.runId === runId && (open.until <= at || open.holder === holder)) || isReplaced;
    if (!isFree) return Promise.resolve({ kind: 'held', by: open });
    this.#epoch += 1;
    const isAbortAsked = open?.runId === runId && open.isAbortAsked;
    const lease: Lease = { runId, epoch: this.#epoch, holder, until: at + ttl, isAbortAsked };
    this.#standing = { ...this.#standing, open: lease, lastRun: runId };
    return Promise.resolve({ kind: 'ours', lease });
  }

  renew(lease: Lease, until: Instant, waitingFor?: string): Promise<Lease> {
    return this.#held(lease, ({ waitingFor: _, ...open }) => {
      const renewed = { ...open, until, ...(waitingFor === undefined ? {} : { waitingFor }) };
      this.#standing = { ...this.#standing, open: renewed };
      return renewed;
    });
  }

  async leave(lease: Lease, at: Instant): Promise<void> {
    await this.#held(lease, (open) => {
      this.#standing = { ...this.#standing, open: { ...open, until: at } };
    });
  }

  append(lease: Lease, ...rows: readonly JournalRow[]): Promise<void> {
    const before = this.#rows.get(lease.runId) ?? [];
    const row = rows.at(-1);
    if (row === undefined) return Promise.resolve();
    const isThere = rows.every((each) => {
      const kept = before[each.number - 1];
      return kept !== undefined && JSON.stringify(kept) === JSON.stringify(each);
    });
    // This very row closed the run: nothing comes after it that would need the lease.
    if (isThere && row.type === 'ended') return Promise.resolve();
    return this.#held(lease, () => {
      if (isThere) return;
      if (row.number !== before.length + rows.length) {
        throw new UnderstudyError(
          'row-out-of-order',
          `row ${row.number} of run ${lease.runId} comes after ${before.length}`,
        );
      }
      this.#rows.set(lease.runId, [...before, ...rows]);
      if (row.type === 'promoted') {
        const { member: primary, at: promotedAt, declared } = row;
        this.#standing = { ...this.#standing, primary, promotedAt, promotedBy: lease.runId, declared };
      }
      if (row.type === 'ended') {
        const { open: _, ...closed } = this.#standing;
        this.#standing = closed;
      }
    });
  }

  rows(runId: string): Promise<readonly JournalRow[]> {
    return Promise.resolve(this.#rows.get(runId) ?? []);
  }

  askAbort(runId: string, entry: Extract<JournalEntry, { type: 'abort asked' }>, _at: Instant): Promise<void> {
    const { open } = this.#standing;
    if (open?.runId !== runId) {
      return Promise.reject(
        new UnderstudyError('no-such-run', `run ${runId} is not open; ${entry.by} asked to stop it`),
      );
    }
    this.#standing = { ...this.#standing, open: { ...open, isAbortAsked: true } };
    return Promise.resolve();
  }

  /** Looks and acts in one breath: nobody comes in between. */
  #held<T>(lease: Lease, act: (open: Lease) => T): Promise<T> {
    return new Promise((resolve) => {
      const { open } = this.#standing;
      if (open?.runId !== lease.runId || open.epoch !== lease.epoch) {
        throw new UnderstudyError('lease-lost', `run ${lease.runId} has not the lease any more`);
      }
      resolve(act(open));
    });
  }
}
