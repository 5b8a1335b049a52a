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
import { repeatSafely, type Patience } from '../repeat-safely';
import { appendWrites } from './append-writes';
import { DynamoTable, type DynamoTableOptions, type Item } from './dynamo-table';
import { itemOfRow, rowKey, rowsIn, rowsOf } from './journal-item';
import { HELD, heldValues } from './lease-condition';
import { leaseOf, STANDING, standingOf, told, type KeptLease } from './standing-item';

export type DynamoLedgerOptions = DynamoTableOptions & Patience;

/** A run without its journal stands still, perhaps in the middle of a fence. This is well below the life of a lease. */
const PATIENCE: Seconds = 20;

/**
 * Lease and journal in one DynamoDB table.
 *
 * Whatever it asks may be asked twice: so it repeats what was throttled, conflicted or was not answered, by itself, for 20 s and
 * the last call of them.
 */
export class DynamoLedger implements Ledger {
  readonly #table: DynamoTable;
  readonly #patience: Patience;

  constructor(options: DynamoLedgerOptions) {
    this.#table = new DynamoTable(options);
    this.#patience = { atLeast: PATIENCE, ...options };
  }

  async standing(): Promise<Standing> {
    return standingOf(await this.#standingItem());
  }

  take(request: TakingRequest): Promise<Taking> {
    const taking = randomUUID();
    return repeatSafely(this.#patience, async () => {
      const before = leaseOf(await this.#table.get(STANDING));
      // The answer of the call before was lost.
      if (before?.isOpen === true && before.taking === taking) return { kind: 'ours', lease: told(before) };
      if (before?.isOpen === true && !isFree(before, request)) return { kind: 'held', by: told(before) };
      const after = leaseOf(await this.#table.update(STANDING, takingOf(before, request, taking)));
      if (after) return { kind: 'ours', lease: told(after) };
      throw new UnderstudyError('ledger-busy', `run ${request.runId} wants the lease, and somebody was faster`, {
        family: 'retryable',
      });
    });
  }

  async renew(lease: Lease, until: Instant, waitingFor?: string): Promise<Lease> {
    return told(await this.#hold(lease, until, waitingFor));
  }

  async leave(lease: Lease, at: Instant): Promise<void> {
    await this.#hold(lease, at);
  }

  async append(lease: Lease, ...rows: readonly JournalRow[]): Promise<void> {
    const [first, ...others] = rows;
    if (first === undefined) return;
    const writes = appendWrites(this.#table, lease, [first, ...others]);
    await repeatSafely(this.#patience, async () => {
      if (await this.#table.transact(writes)) return;
      await this.#explain(lease, first, rows.at(-1) ?? first);
    });
  }

  async rows(runId: string): Promise<readonly JournalRow[]> {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await repeatSafely(this.#patience, () => this.#table.page(rowsOf(runId), start));
      items.push(...page.items);
      start = page.next;
    } while (start !== undefined);
    return rowsIn(runId, items);
  }

  askAbort(runId: string, entry: Extract<JournalEntry, { type: 'abort asked' }>, at: Instant): Promise<void> {
    const table = this.#table;
    const values = { ':runId': { S: runId }, ':open': { BOOL: true }, ':asked': { BOOL: true } };
    const condition = '#runId = :runId AND #isOpen = :open';
    // Rows are the runner's alone; who asked is kept beside them.
    const asked = { by: { S: entry.by }, reason: { S: entry.reason }, at: { N: String(at) } };
    return repeatSafely(this.#patience, async () => {
      const isDone = await table.transact([
        table.change(STANDING, { condition, update: 'SET #isAbortAsked = :asked', values }),
        table.put(`abort#${encodeURIComponent(runId)}#${at}`, asked),
      ]);
      if (isDone) return;
      const there = standingOf(await table.get(STANDING)).open?.runId;
      throw new UnderstudyError(
        'no-such-run',
        `run ${runId} is not open; ${there === undefined ? 'none is' : `the one that is: ${there}`}; nothing was stopped`,
      );
    });
  }

  #standingItem(): Promise<Item | undefined> {
    return repeatSafely(this.#patience, () => this.#table.get(STANDING));
  }

  #hold(lease: Lease, until: Instant, waitingFor = ''): Promise<KeptLease> {
    const values = { ...heldValues(lease), ':until': { N: String(until) }, ':waitingFor': { S: waitingFor } };
    const update = 'SET #until = :until, #waitingFor = :waitingFor';
    return repeatSafely(this.#patience, async () => {
      const item = await this.#table.update(STANDING, { condition: HELD, update, values });
      const held = leaseOf(item);
      if (held) return held;
      throw lost(lease, leaseOf(await this.#table.get(STANDING)));
    });
  }

  /** A condition of an append did not hold. Which one is looked up: what was refused may be what was carried out already. */
  async #explain(lease: Lease, row: JournalRow, last: JournalRow): Promise<void> {
    const there = leaseOf(await this.#table.get(STANDING));
    const end = await this.#table.get(rowKey(lease.runId, last.number));
    // This very row closed the run: nothing comes after it that would need the lease.
    if (last.type === 'ended' && end?.['row']?.S === itemOfRow(lease, last)['row']?.S) return;
    const kept = row === last ? end : await this.#table.get(rowKey(lease.runId, row.number));
    if (there?.isOpen !== true || there.runId !== lease.runId || there.epoch !== lease.epoch) throw lost(lease, there);
    const why = kept === undefined ? `row ${row.number - 1} is not there` : 'another row has that number';
    throw new UnderstudyError(
      'row-out-of-order',
      `row ${row.number} of run ${lease.runId} was not written: ${why}; allowed is the row after the last; read the rows again`,
    );
  }
}

function isFree(open: KeptLease, { runId, holder, at, replaces }: TakingRequest): boolean {
  if (open.runId === runId) return open.until <= at || open.holder === holder;
  return open.until <= at && open.runId === replaces?.runId && open.epoch === replaces.epoch;
}

/** Takes it if it is still as it was seen: of all who saw the same, one is first. */
function takingOf(before: KeptLease | undefined, { runId, holder, at, ttl }: TakingRequest, taking: string) {
  const isSameRun = before?.isOpen === true && before.runId === runId;
  const changes = ['epoch', 'runId', 'holder', 'until', 'taking', 'isOpen', 'waitingFor'];
  if (!isSameRun) changes.push('isAbortAsked');
  const seen = before && {
    ':seenEpoch': { N: String(before.epoch) },
    ':seenOpen': { BOOL: before.isOpen },
    ':seenUntil': { N: String(before.until) },
  };
  return {
    condition: seen
      ? '#epoch = :seenEpoch AND #isOpen = :seenOpen AND #until = :seenUntil'
      : 'attribute_not_exists(#item)',
    update: `SET ${changes.map((name) => `#${name} = :${name}`).join(', ')}`,
    values: {
      ...seen,
      ':epoch': { N: String((before?.epoch ?? 0) + 1) },
      ':runId': { S: runId },
      ':holder': { S: holder },
      ':until': { N: String(at + ttl) },
      ':taking': { S: taking },
      ':isOpen': { BOOL: true },
      ':waitingFor': { S: '' },
      ...(isSameRun ? {} : { ':isAbortAsked': { BOOL: false } }),
    },
  };
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
