import { randomUUID } from 'node:crypto';
import { UnderstudyError, type Seconds } from '../../../../topology';
import type { Instant } from '../../../decision';
import type {
  JournalEntry,
  JournalRow,
  Lease,
  Ledger,
  Standing,
  Taking,
  TakingRequest,
} from '../../../execution/ports';
import { Documents, idOf, type DocumentsOptions } from '../firestore/documents';
import { repeatWhileBusy, type Patience } from '../repeat-while-busy';
import { journalIn, keptRow, rowPath, rowsPath } from './journal-documents';
import { changedBy, isFree, isHeld, standingOf, told, type KeptLease, type KeptStanding } from './kept-standing';

export type FirestoreLedgerOptions = DocumentsOptions & Patience & { readonly topology: string };

/** The document as it was read, and which of its versions that was. */
interface Read {
  readonly kept: KeptStanding;
  readonly version?: string;
}

/** A run without its journal stands still, perhaps in the middle of a fence. This is well below the life of a lease. */
const PATIENCE: Seconds = 20;

/**
 * Lease and journal in Firestore.
 *
 * Every write has the standing in it, on the condition that it is the version that was just read: so a row is written in one
 * breath with the check of the lease, and of two who write at once one looks again. What is throttled or not answered is asked
 * again for 20 s.
 */
export class FirestoreLedger implements Ledger {
  readonly #documents: Documents;
  readonly #patience: Patience;
  readonly #path: string;

  constructor(options: FirestoreLedgerOptions) {
    this.#documents = new Documents(options);
    this.#patience = { atLeast: PATIENCE, ...options };
    this.#path = `understudy/${idOf(options.topology)}`;
  }

  async standing(): Promise<Standing> {
    return standingOf((await this.#read()).kept);
  }

  take(request: TakingRequest): Promise<Taking> {
    const { runId, holder, at, ttl } = request;
    const taking = randomUUID();
    return this.#repeat<Taking>(`run ${runId} wants the lease`, async () => {
      const { kept, version } = await this.#read();
      const before = kept.lease;
      // The answer of the call before was lost.
      if (before?.isOpen === true && before.taking === taking) return { told: { kind: 'ours', lease: told(before) } };
      if (before !== undefined && !isFree(before, request)) return { told: { kind: 'held', by: told(before) } };
      const isSame = before?.isOpen === true && before.runId === runId;
      const lease: KeptLease = {
        ...{ runId, holder, taking, epoch: (before?.epoch ?? 0) + 1, until: at + ttl, isOpen: true },
        isAbortAsked: isSame && before.isAbortAsked,
        rows: before?.runId === runId ? before.rows : (await this.rows(runId)).length,
      };
      return (await this.#write({ ...kept, lease }, version))
        ? { told: { kind: 'ours', lease: told(lease) } }
        : undefined;
    });
  }

  renew(lease: Lease, until: Instant, waitingFor?: string): Promise<Lease> {
    return this.#hold(lease, ({ waitingFor: _, ...kept }) => ({
      ...kept,
      until,
      ...(waitingFor === undefined ? {} : { waitingFor }),
    }));
  }

  async leave(lease: Lease, at: Instant): Promise<void> {
    await this.#hold(lease, (kept) => ({ ...kept, until: at }));
  }

  append(lease: Lease, ...rows: readonly JournalRow[]): Promise<void> {
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return Promise.resolve();
    return this.#repeat(`run ${lease.runId} writes row ${first.number}`, async () => {
      const { kept, version } = await this.#read();
      const isThere =
        kept.lease?.runId === lease.runId && kept.lease.rows >= last.number && (await this.#hasAll(lease, rows));
      // This very row closed the run: nothing comes after it that would need the lease.
      if (isThere && last.type === 'ended') return { told: undefined };
      if (!isHeld(kept.lease, lease)) throw lost(lease, kept.lease);
      if (isThere) return { told: undefined };
      const fresh = rows.filter(({ number }) => number > (kept.lease?.rows ?? 0));
      if (fresh.length !== rows.length || first.number !== kept.lease.rows + 1)
        throw outOfOrder(lease, first, kept.lease);
      const after = changedBy(last, kept, { ...kept.lease, rows: last.number });
      const writes = rows.map((row) => ({
        path: rowPath(this.#path, lease.runId, row.number),
        value: keptRow(lease, row),
      }));
      return (await this.#write(after, version, writes)) ? { told: undefined } : undefined;
    });
  }

  async rows(runId: string): Promise<readonly JournalRow[]> {
    const documents = await this.#repeat(`run ${runId} is read`, async () => ({
      told: await this.#documents.list(rowsPath(this.#path, runId)),
    }));
    return journalIn(runId, documents);
  }

  askAbort(runId: string, entry: Extract<JournalEntry, { type: 'abort asked' }>, at: Instant): Promise<void> {
    // Rows are the runner's alone; who asked is kept beside them.
    const asked = {
      path: `${this.#path}/aborts/${idOf(`${runId} ${at} ${randomUUID()}`)}`,
      value: { ...entry, runId, at },
    };
    return this.#repeat(`run ${runId} is to stop`, async () => {
      const { kept, version } = await this.#read();
      const { lease } = kept;
      if (lease?.isOpen !== true || lease.runId !== runId) {
        const there = lease?.isOpen === true ? `the one that is: ${lease.runId}` : 'none is';
        throw new UnderstudyError('no-such-run', `run ${runId} is not open; ${there}; nothing was stopped`);
      }
      if (await this.#documents.get(asked.path)) return { told: undefined };
      const isDone = await this.#write({ ...kept, lease: { ...lease, isAbortAsked: true } }, version, [asked]);
      return isDone ? { told: undefined } : undefined;
    });
  }

  #hold(lease: Lease, change: (kept: KeptLease) => KeptLease): Promise<Lease> {
    return this.#repeat(`run ${lease.runId} holds the lease`, async () => {
      const { kept, version } = await this.#read();
      if (!isHeld(kept.lease, lease)) throw lost(lease, kept.lease);
      const held = change(kept.lease);
      return (await this.#write({ ...kept, lease: held }, version)) ? { told: told(held) } : undefined;
    });
  }

  async #read(): Promise<Read> {
    const found = await this.#documents.get(this.#path);
    return found === undefined ? { kept: {} } : { kept: found.value as KeptStanding, version: found.version };
  }

  #write(
    kept: KeptStanding,
    version: string | undefined,
    others: readonly { readonly path: string; readonly value: unknown }[] = [],
  ): Promise<boolean> {
    const standing = { path: this.#path, value: kept, ...(version === undefined ? {} : { version }) };
    return this.#documents.commit(standing, ...others);
  }

  async #hasAll({ runId }: Lease, rows: readonly JournalRow[]): Promise<boolean> {
    const there = await Promise.all(rows.map(({ number }) => this.#documents.get(rowPath(this.#path, runId, number))));
    return rows.every((row, index) => {
      const { row: kept } = (there[index]?.value ?? {}) as { readonly row?: JournalRow };
      return JSON.stringify(kept) === JSON.stringify(row);
    });
  }

  #repeat<T>(what: string, attempt: () => Promise<{ readonly told: T } | undefined>): Promise<T> {
    return repeatWhileBusy(this.#patience, what, attempt);
  }
}

function lost(lease: Lease, there: KeptLease | undefined): UnderstudyError {
  const now =
    there === undefined
      ? 'there is none any more'
      : `it is now that of run ${there.runId}, epoch ${there.epoch}, ${there.isOpen ? `with ${there.holder}` : 'which is over'}`;
  return new UnderstudyError(
    'lease-lost',
    `run ${lease.runId} with ${lease.holder}, epoch ${lease.epoch}, has not the lease any more: ${now}; nothing was written; stop here`,
  );
}

function outOfOrder({ runId }: Lease, { number }: JournalRow, { rows }: KeptLease): UnderstudyError {
  const why = number <= rows ? 'another row has that number' : `row ${number - 1} is not there`;
  return new UnderstudyError(
    'row-out-of-order',
    `row ${number} of run ${runId} was not written: ${why}; allowed is the row after the last; read the rows again`,
  );
}
