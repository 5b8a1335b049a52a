import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { DynamoLedger } from '../../../../../lib/runbook/adapters/aws/ledger/dynamo-ledger';
import type { JournalRow, Lease, Taking } from '../../../../../lib/runbook/execution/ports';
import type { Fault } from '../../../../../lib/rehearsal';
import { abortAsked, appended, EMPTY, held, taken, type Model, type Told } from './_helpers/model-ledger';
import {
  endOf,
  LOST_AFTER,
  LOST_BEFORE,
  THROTTLED,
  tableStage,
  type End,
  type TableStage,
} from './_helpers/table-stage';
import { runs } from '../../../../_proofs/_helpers/runs';

const RUNS = ['run-1', 'run-2'];
const HOLDERS = ['ann', 'bob', 'cyd', 'dan'];

let stage: TableStage;
beforeAll(async () => {
  stage = await tableStage();
});
afterAll(() => stage.end());

let stories = 0;
/** Each story has a topology of its own: nothing is left of the one before. */
function freshLedger(): DynamoLedger {
  stage.cloud.clearFaults();
  stories += 1;
  return new DynamoLedger(stage.options(`orders-${stories}`));
}

/** One runner's next move. Which row it writes and which lease it shows follow from what it was told before. */
interface Move {
  readonly what: 'take' | 'replace' | 'renew' | 'leave' | 'append' | 'repeat' | 'skip' | 'promote' | 'end' | 'abort';
  readonly holder: string;
  readonly runId: string;
  readonly seconds: number;
  readonly mishaps: readonly Fault[];
}

const fault: fc.Arbitrary<Fault> = fc.record({
  mishap: fc.constantFrom(THROTTLED, LOST_BEFORE, LOST_AFTER),
  call: fc.integer({ min: 1, max: 8 }),
  times: fc.integer({ min: 1, max: 6 }),
});
const move: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom<Move['what'][]>(
    ...(['take', 'take', 'replace', 'renew', 'leave', 'append', 'append', 'append'] as const),
    ...(['repeat', 'skip', 'promote', 'end', 'abort'] as const),
  ),
  holder: fc.constantFrom(...HOLDERS),
  runId: fc.constantFrom(...RUNS),
  seconds: fc.integer({ min: 0, max: 40 }),
  mishaps: fc.oneof(fc.constant([]), fc.array(fault, { minLength: 1, maxLength: 3 })),
});

/** What comes up often, but not in every twenty stories. */
const plain = { holder: 'ann', runId: 'run-1', seconds: 0, mishaps: [] };
const OFTEN: readonly Move[][] = [
  [{ ...plain, what: 'take', mishaps: [{ mishap: THROTTLED, times: 100 }] }],
  [
    { ...plain, what: 'take' },
    { ...plain, what: 'take', holder: 'bob', seconds: 40 },
    { ...plain, what: 'append' },
  ],
];

/** What a runner believes: its newest lease, and how many rows its run has. */
interface Belief {
  readonly lease: Lease;
  readonly rows: readonly JournalRow[];
}

const rowOf = (what: Move['what'], number: number, at: number, by: string): JournalRow => {
  if (what === 'promote') return { type: 'promoted', member: `member of ${by}`, from: 'a', declared: 'a', number, at };
  if (what === 'end') return { type: 'ended', outcome: 'DONE', number, at };
  return { type: 'shortfall', phase: 'restore', problem: `by ${by}`, number, at };
};

interface Call {
  readonly real: (ledger: DynamoLedger) => Promise<unknown>;
  readonly model: (model: Model) => Told;
  readonly row?: JournalRow;
}

function callOf({ what, holder, runId, seconds }: Move, belief: Belief | undefined, model: Model): Call {
  const at = stage.clock.now();
  const request = { runId, holder, at, ttl: 30, ...(what === 'replace' ? { replaces: model.standing.open } : {}) };
  if (what === 'abort') {
    const entry = { type: 'abort asked', by: 'eve', reason: 'enough' } as const;
    return { real: (ledger) => ledger.askAbort(runId, entry, at), model: (before) => abortAsked(before, runId) };
  }
  if (what === 'take' || what === 'replace' || belief === undefined) {
    return { real: (ledger) => ledger.take(request), model: (before) => taken(before, request) };
  }
  const { lease, rows } = belief;
  if (what === 'renew' || what === 'leave') {
    const until = what === 'renew' ? at + seconds : at;
    return {
      real: (ledger) => (what === 'renew' ? ledger.renew(lease, until) : ledger.leave(lease, until)),
      model: (before) => {
        const told = held(before, lease, until);
        return what === 'renew' ? told : { ...told, value: undefined };
      },
    };
  }
  const repeated = what === 'repeat' ? rows.at(-1) : undefined;
  const row = repeated ?? rowOf(what, rows.length + (what === 'skip' ? 2 : 1), at, `${holder} ${lease.epoch}`);
  return {
    real: (ledger) => ledger.append(lease, row),
    model: (before) => appended(before, lease, row),
    row,
  };
}

async function looked(ledger: DynamoLedger): Promise<unknown> {
  stage.cloud.clearFaults();
  const rows = await Promise.all(RUNS.map(async (runId) => [runId, await ledger.rows(runId)] as const));
  return { standing: await ledger.standing(), rows: Object.fromEntries(rows) };
}

const shown = ({ standing, rows }: Model): unknown => ({
  standing,
  rows: Object.fromEntries(RUNS.map((runId) => [runId, rows[runId] ?? []])),
});

async function remember(end: End, { holder }: Move, beliefs: Map<string, Belief>, ledger: DynamoLedger): Promise<void> {
  const lease = leaseIn(end);
  if (lease) beliefs.set(holder, { lease, rows: await ledger.rows(lease.runId) });
}

/** What a runner was told, if that was a lease. */
function leaseIn(end: End): Lease | undefined {
  const value = 'value' in end ? (end.value as Taking | Lease | undefined) : undefined;
  if (value === undefined || !('kind' in value)) return value;
  return value.kind === 'ours' ? value.lease : undefined;
}

test('whatever goes wrong, the table has in it what a ledger in memory would have', async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 25 }), async (moves) => {
      const ledger = freshLedger();
      const beliefs = new Map<string, Belief>();
      let model = EMPTY;
      for (const each of moves) {
        await stage.clock.wait(each.seconds);
        const { real, model: imagined, row } = callOf(each, beliefs.get(each.holder), model);
        stage.faults(...each.mishaps);
        const end = await endOf(real(ledger));
        const told = imagined(model);
        const seen = await looked(ledger);
        ends.add('value' in end ? 'value' : end.code);
        // After an error that is neither, what the table has in it decides.
        const isOpen = 'code' in end && end.family !== 'refused';
        const wanted = told.refused === undefined ? { value: told.value } : { code: told.refused };
        expect(isOpen ? wanted : 'value' in end ? end : { code: end.code }).toEqual(wanted);
        const mayBeDone = 'value' in end || end.family === 'unknown';
        if (mayBeDone && ('value' in end || isDeepStrictEqual(seen, shown(told.after)))) model = told.after;
        expect(seen).toEqual(shown(model));
        await remember(end, each, beliefs, ledger);
        const belief = beliefs.get(each.holder);
        if (row && belief && 'value' in end) {
          beliefs.set(each.holder, { ...belief, rows: await ledger.rows(belief.lease.runId) });
        }
      }
    }),
    { ...runs(20 + OFTEN.length), examples: OFTEN.map((moves) => [moves]) },
  );
  // How the rarer refusals end is compared above whenever they do.
  expect([...ends]).toEqual(expect.arrayContaining(['aws-throttled', 'lease-lost', 'value']));
}, 120_000);

/** A runner that takes the lease whenever it can, and writes until it is told to stop. */
async function runner(holder: string, ledger: DynamoLedger, told: Map<number, JournalRow[]>): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    const at = stage.clock.now();
    // Of no length: whoever wants it may have it at once, in the middle of what another does.
    const end = await endOf(ledger.take({ runId: 'run-1', holder, at, ttl: 0 }));
    const lease = leaseIn(end);
    if (lease === undefined) continue;
    expect(told.has(lease.epoch)).toBe(false);
    const written: JournalRow[] = [];
    told.set(lease.epoch, written);
    let number = (await ledger.rows('run-1')).length;
    for (let count = 0; count < 5; count += 1) {
      number += 1;
      const row = rowOf('append', number, stage.clock.now(), `${holder}, epoch ${lease.epoch}`);
      const answer = await endOf(ledger.append(lease, row));
      if (!('value' in answer)) break;
      written.push(row);
    }
  }
}

test('of many runners at once, none writes after another that took the lease later', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 4 }), fc.array(fault, { maxLength: 12 }), async (count, faults) => {
      const ledger = freshLedger();
      const told = new Map<number, JournalRow[]>();
      stage.faults(...faults);
      await Promise.all(HOLDERS.slice(0, count).map((holder) => runner(holder, ledger, told)));

      stage.cloud.clearFaults();
      const rows = await ledger.rows('run-1');
      const epochs = rows.map((row) => (row.type === 'shortfall' ? Number(/epoch (\d+)/.exec(row.problem)?.[1]) : NaN));
      expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
      expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
      // What a runner was told is written is there: the journal never forgets.
      expect(rows).toEqual(expect.arrayContaining([...told.values()].flat()));
      changes += new Set(epochs).size - 1;
    }),
    runs(8),
  );
  expect(changes).toBeGreaterThan(5);
}, 120_000);
