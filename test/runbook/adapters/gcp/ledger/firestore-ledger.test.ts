import type { Mishap } from '../../../../../lib/rehearsal';
import { FirestoreLedger } from '../../../../../lib/runbook/adapters/gcp';
import type { JournalRow, Lease, Taking } from '../../../../../lib/runbook/execution/ports';
import { isUnderstudyError } from '../../../../../lib/topology';
import { googleStage, PROJECT, type GoogleStage } from '../_helpers/google-stage';

const AT = 1_900_000_000;

let stage: GoogleStage;
let ledger: FirestoreLedger;
beforeEach(async () => {
  stage = await googleStage();
  ledger = ledgerOf('orders');
});
afterEach(() => stage.end());

const ledgerOf = (topology: string): FirestoreLedger => {
  const { rest, clock } = stage;
  return new FirestoreLedger({ rest, project: PROJECT, database: '(default)', topology, clock, random: () => 0.5 });
};
const take = (runId = 'run-1', holder = 'ann', at = AT): Promise<Taking> => ledger.take({ runId, holder, at, ttl: 60 });
const lease = (more: Partial<Lease> = {}): Lease => ({
  ...{ runId: 'run-1', epoch: 1, holder: 'ann', until: AT + 60, isAbortAsked: false },
  ...more,
});
const row = (number: number, problem = `row ${number}`): JournalRow => ({
  ...{ type: 'shortfall', phase: 'restore', problem, number, at: AT + number },
});
const promoted = (number: number): JournalRow => ({
  ...{ type: 'promoted', member: 'bab', from: 'ada', declared: 'ada', number, at: AT + number },
});
const ended = (number: number): JournalRow => ({ type: 'ended', outcome: 'DONE', number, at: AT + number });
const asked = { type: 'abort asked', by: 'eve', reason: 'the primary is back' } as const;

async function codeOf(calling: Promise<unknown>): Promise<string> {
  try {
    await calling;
    return 'ok';
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return `${error.code}, ${error.family}: ${error.message}`;
  }
}

test('nobody has the lease at first; it is taken by the first, and told to the second', async () => {
  expect(await ledger.standing()).toEqual({});
  expect(await take()).toEqual({ kind: 'ours', lease: lease() });
  expect(await take('run-2', 'bob')).toEqual({ kind: 'held', by: lease() });
  expect(await take('run-1', 'bob')).toEqual({ kind: 'held', by: lease() });
  expect(await ledger.standing()).toEqual({ open: lease(), lastRun: 'run-1' });
  expect(await ledgerOf('bills').standing()).toEqual({});
});

test('a lease that has run out goes to another runner of the same run; the one before can write nothing more', async () => {
  await take();
  await ledger.append(lease(), row(1));
  expect(await take('run-2', 'bob', AT + 60)).toEqual({ kind: 'held', by: lease() });
  expect(await take('run-1', 'bob', AT + 60)).toMatchObject({ kind: 'ours', lease: { epoch: 2, holder: 'bob' } });
  expect(await codeOf(ledger.append(lease(), row(2)))).toBe(
    'lease-lost, refused: run run-1 with ann, epoch 1, has not the lease any more: it is now that of run run-1, epoch 2, with bob; nothing was written; stop here',
  );
  await ledger.append(lease({ epoch: 2 }), row(2));
  expect(await ledger.rows('run-1')).toEqual([row(1), row(2)]);
});

test('a run that was left is replaced, in that epoch and no other', async () => {
  await take();
  await ledger.leave(lease(), AT + 20);
  const replace = (replaces: Lease): Promise<Taking> =>
    ledger.take({ runId: 'run-2', holder: 'bob', at: AT + 30, ttl: 60, replaces });
  expect(await replace(lease({ epoch: 7 }))).toMatchObject({ kind: 'held' });
  expect(await replace(lease())).toMatchObject({ kind: 'ours', lease: { runId: 'run-2', epoch: 2 } });
});

test('it is held on, and tells what is waited for', async () => {
  await take();
  expect(await ledger.renew(lease(), AT + 90, 'bab')).toEqual(lease({ until: AT + 90, waitingFor: 'bab' }));
  expect(await ledger.renew(lease(), AT + 95)).toEqual(lease({ until: AT + 95 }));
});

test('rows are kept in order, together, and again without an error', async () => {
  await take();
  await ledger.append(lease(), row(1), row(2));
  await ledger.append(lease(), row(1), row(2));
  await ledger.append(lease(), promoted(3));
  expect(await ledger.rows('run-1')).toEqual([row(1), row(2), promoted(3)]);
  expect(await ledger.standing()).toMatchObject({
    primary: 'bab',
    promotedAt: AT + 3,
    promotedBy: 'run-1',
    declared: 'ada',
  });
  await ledger.append(lease(), ended(4));
  await ledger.append(lease(), ended(4));
  expect(await ledger.standing()).toMatchObject({ primary: 'bab', lastRun: 'run-1' });
  expect((await ledger.standing()).open).toBeUndefined();
  expect(await codeOf(ledger.append(lease(), row(5)))).toMatch(
    /^lease-lost, refused: .*which is over; nothing was written; stop here$/,
  );
});

test.each<[string, JournalRow, string]>([
  ['a gap', row(3), 'row 3 of run run-1 was not written: row 2 is not there'],
  ['another row of that number', row(1, 'other'), 'row 1 of run run-1 was not written: another row has that number'],
])('%s is refused', async (_, wrong, words) => {
  await take();
  await ledger.append(lease(), row(1));
  expect(await codeOf(ledger.append(lease(), wrong))).toBe(
    `row-out-of-order, refused: ${words}; allowed is the row after the last; read the rows again`,
  );
});

test('a row that is larger than Firestore takes is refused before it is sent', async () => {
  await take();
  const large = await codeOf(ledger.append(lease(), row(1, 'x'.repeat(1_000_001))));
  expect(large).toMatch(/^row-refused, refused: row 1 of run run-1 cannot be kept: it has 10000\d\d bytes/);
});

test('more rows than a page are all read, whatever is in the id of the run', async () => {
  const runId = 'run/1 %2F?#ü';
  const own = { runId } as const;
  await take(runId);
  await ledger.append(lease(own), ...Array.from({ length: 305 }, (_, index) => row(index + 1)));
  expect(await ledger.rows(runId)).toHaveLength(305);
  expect(await ledger.rows('run')).toEqual([]);
});

test('an abort is told with the next renewal, and only of a run that is open', async () => {
  await take();
  await ledger.askAbort('run-1', asked, AT);
  expect(await ledger.renew(lease(), AT + 90)).toMatchObject({ isAbortAsked: true });
  await ledger.append(lease(), row(1));
  expect(await codeOf(ledger.askAbort('run-2', asked, AT))).toBe(
    'no-such-run, refused: run run-2 is not open; the one that is: run-1; nothing was stopped',
  );
});

test('of two who write at once both are kept', async () => {
  await take();
  await Promise.all([
    ledger.append(lease(), row(1)),
    ledger.askAbort('run-1', asked, AT),
    ledger.renew(lease(), AT + 99),
  ]);
  expect(await ledger.standing()).toMatchObject({ open: { until: AT + 99, isAbortAsked: true } });
  expect(await ledger.rows('run-1')).toEqual([row(1)]);
});

test('of ten who want the lease one gets it', async () => {
  const runners = Array.from({ length: 10 }, (_, index) => `run-${index}`);
  const takings = await Promise.all(runners.map((runId) => take(runId, `holder of ${runId}`)));
  expect(takings.filter(({ kind }) => kind === 'ours')).toHaveLength(1);
});

const LOST: readonly Mishap[] = [
  { kind: 'reset', effect: 'after' },
  { kind: 'reset', effect: 'before' },
  { kind: 'throttle' },
  { kind: 'error', code: 'ABORTED', message: 'contention', httpStatus: 409 },
  { kind: 'error', code: 'INTERNAL', message: 'oops', httpStatus: 500 },
];

test.each(LOST)('a commit that ends with $kind $effect $code is made once, whatever it wrote', async (mishap) => {
  const fault = { service: 'firestore', action: 'documents.commit', mishap } as const;
  for (const call of [1, 3, 5, 7]) stage.google.inject({ ...fault, call });
  expect(await take()).toEqual({ kind: 'ours', lease: lease() });
  await ledger.append(lease(), row(1));
  await ledger.append(lease(), promoted(2));
  await ledger.append(lease(), ended(3));
  expect(await ledger.rows('run-1')).toEqual([row(1), promoted(2), ended(3)]);
  expect(await ledger.standing()).toEqual({
    ...{ primary: 'bab', promotedAt: AT + 2, promotedBy: 'run-1', declared: 'ada', lastRun: 'run-1' },
  });
});

test('half a minute of refusals is too long, ten seconds of them are nothing', async () => {
  const began = stage.clock.now();
  stage.google.inject({ service: 'firestore', mishap: { kind: 'throttle' }, times: 40 });
  expect(await take()).toEqual({ kind: 'ours', lease: lease() });
  expect(stage.clock.now() - began).toBeGreaterThan(5);
  stage.google.inject({ service: 'firestore', mishap: { kind: 'throttle' }, times: 99 });
  expect(await codeOf(ledger.append(lease(), row(1)))).toMatch(/^google-/);
});

test('a database that does not answer is told, and nothing is taken for granted', async () => {
  stage.google.inject({ service: 'firestore', mishap: { kind: 'reset', effect: 'before' }, times: 999 });
  expect(await codeOf(take())).toMatch(/^google-unclear, unknown: firestore.documents.get of understudy\/orders/);
});

test('a row that somebody took away is told', async () => {
  await take();
  await ledger.append(lease(), row(1), row(3));
  expect(await codeOf(ledger.rows('run-1'))).toMatch(
    /^journal-damaged, unknown: the journal of run run-1 is damaged: where row 2 belongs, stands row 3;/,
  );
});
