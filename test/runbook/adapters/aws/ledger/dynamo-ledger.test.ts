import { DynamoLedger } from '../../../../../lib/runbook/adapters/aws/ledger/dynamo-ledger';
import type { JournalRow, Lease, Taking } from '../../../../../lib/runbook/execution/ports';
import { endOf, REGION, TABLE, tableStage, type TableStage } from './_helpers/table-stage';

const AT = 1_900_000_000;

let stage: TableStage;
let ledger: DynamoLedger;
beforeEach(async () => {
  stage = await tableStage();
  ledger = new DynamoLedger(stage.options());
});
afterEach(() => stage.end());

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

async function run(...rows: JournalRow[]): Promise<void> {
  await take();
  for (const each of rows) await ledger.append(lease(), each);
}
const asked = { type: 'abort asked', by: 'eve', reason: 'the primary is back' } as const;
const LOST =
  'run run-1 with ann, epoch 1, has not the lease any more: it is now that of run run-1, epoch 2, with bob; ' +
  'nothing was written; stop here';

describe('the lease', () => {
  test('nobody has it at first', async () => {
    expect(await ledger.standing()).toEqual({});
  });

  test('is taken by the first, and told to the second', async () => {
    expect(await take()).toEqual({ kind: 'ours', lease: lease() });
    expect(await take('run-2', 'bob')).toEqual({ kind: 'held', by: lease() });
    expect(await take('run-1', 'bob')).toEqual({ kind: 'held', by: lease() });
    expect(await ledger.standing()).toEqual({ open: lease(), lastRun: 'run-1' });
  });

  test('asking for ones own is no error, and makes an end of the earlier taking', async () => {
    await take();
    expect(await take('run-1', 'ann', AT + 5)).toEqual({ kind: 'ours', lease: lease({ epoch: 2, until: AT + 65 }) });
    expect(await endOf(ledger.append(lease(), row(1)))).toMatchObject({ code: 'lease-lost', family: 'refused' });
  });

  test('that has run out goes to another runner of the same run, never to another run', async () => {
    await take();
    expect(await take('run-2', 'bob', AT + 60)).toEqual({ kind: 'held', by: lease() });
    expect(await take('run-1', 'bob', AT + 59)).toEqual({ kind: 'held', by: lease() });
    const theirs = lease({ holder: 'bob', epoch: 2, until: AT + 120 });
    expect(await take('run-1', 'bob', AT + 60)).toEqual({ kind: 'ours', lease: theirs });
  });

  test('of another run is replaced when it was left, in that epoch and no other', async () => {
    await take();
    const replace = (replaces: Lease, at: number): Promise<Taking> =>
      ledger.take({ runId: 'run-2', holder: 'bob', at, ttl: 60, replaces });
    expect(await replace(lease(), AT + 30)).toEqual({ kind: 'held', by: lease() });
    await ledger.leave(lease(), AT + 20);
    expect(await replace(lease({ epoch: 7 }), AT + 30)).toEqual({ kind: 'held', by: lease({ until: AT + 20 }) });
    const theirs = lease({ runId: 'run-2', holder: 'bob', epoch: 2, until: AT + 90 });
    expect(await replace(lease(), AT + 30)).toEqual({ kind: 'ours', lease: theirs });
  });

  test('is held on, and left', async () => {
    await take();
    expect(await ledger.renew(lease(), AT + 90)).toEqual(lease({ until: AT + 90 }));
    await ledger.leave(lease(), AT + 10);
    expect(await ledger.standing()).toEqual({ open: lease({ until: AT + 10 }), lastRun: 'run-1' });
  });

  test('lets others see what is waited for, until that is over, or somebody else goes on', async () => {
    await take();
    const waiting = lease({ until: AT + 90, waitingFor: 'b to apply everything: 4096 bytes behind' });
    expect(await ledger.renew(lease(), AT + 90, waiting.waitingFor)).toEqual(waiting);
    expect(await ledger.standing()).toEqual({ open: waiting, lastRun: 'run-1' });
    expect(await ledger.renew(waiting, AT + 95)).toEqual(lease({ until: AT + 95 }));
    await ledger.renew(lease(), AT + 90, waiting.waitingFor);
    expect(await take('run-1', 'bob', AT + 90)).not.toHaveProperty('lease.waitingFor');
  });

  test.each<[string, () => Promise<unknown>]>([
    ['renew', () => ledger.renew(lease(), AT + 90)],
    ['leave', () => ledger.leave(lease(), AT + 90)],
    ['append', () => ledger.append(lease(), row(1))],
    ['append the end', () => ledger.append(lease(), ended(1))],
  ])('that somebody else has: %s is refused', async (_, call) => {
    await take();
    await take('run-1', 'bob', AT + 60);
    expect(await endOf(call())).toEqual({ code: 'lease-lost', family: 'refused', message: LOST });
    expect(await ledger.rows('run-1')).toEqual([]);
  });

  test('that nobody ever took is lost, too', async () => {
    expect(await endOf(ledger.renew(lease(), AT))).toEqual({
      ...{ code: 'lease-lost', family: 'refused' },
      message:
        'run run-1 with ann, epoch 1, has not the lease any more: there is none any more; nothing was written; stop here',
    });
  });

  test('its epoch outlives the run', async () => {
    await run(ended(1));
    expect(await ledger.standing()).toEqual({ lastRun: 'run-1' });
    expect(await take('run-2', 'bob')).toEqual({
      kind: 'ours',
      lease: lease({ runId: 'run-2', holder: 'bob', epoch: 2 }),
    });
    expect(await endOf(ledger.append(lease(), row(2)))).toMatchObject({ code: 'lease-lost' });
  });

  test('of a run that is over is lost', async () => {
    await run(ended(1));
    expect(await endOf(ledger.renew(lease(), AT))).toEqual({
      ...{ code: 'lease-lost', family: 'refused' },
      message:
        'run run-1 with ann, epoch 1, has not the lease any more: it is now that of run run-1, epoch 1, which is over; ' +
        'nothing was written; stop here',
    });
  });
});

describe('a wish to stop', () => {
  test('reaches the runner, and whoever takes over; a new run knows nothing of it', async () => {
    await take();
    await ledger.askAbort('run-1', asked, AT + 1);
    expect(await ledger.renew(lease(), AT + 90)).toEqual(lease({ until: AT + 90, isAbortAsked: true }));
    expect(await take('run-1', 'bob', AT + 90)).toMatchObject({ kind: 'ours', lease: { isAbortAsked: true } });
    await ledger.append(lease({ epoch: 2 }), ended(1));
    expect(await take('run-2')).toMatchObject({ kind: 'ours', lease: { isAbortAsked: false } });
  });

  test('is kept with who had it, and is no row', async () => {
    await take('a#b');
    await ledger.askAbort('a#b', asked, AT + 1);
    expect(await ledger.rows('a#b')).toEqual([]);
    const [kept] = stage.cloud.tables.items(REGION, TABLE);
    expect(kept).toEqual({
      ...{ topology: { S: 'orders' }, item: { S: `abort#a%23b#${AT + 1}` } },
      ...{ by: { S: 'eve' }, reason: { S: 'the primary is back' }, at: { N: String(AT + 1) } },
    });
  });

  test('needs a run that is open', async () => {
    expect(await endOf(ledger.askAbort('run-1', asked, AT))).toEqual({
      ...{ code: 'no-such-run', family: 'refused' },
      message: 'run run-1 is not open; none is; nothing was stopped',
    });
    await take();
    expect(await endOf(ledger.askAbort('run-2', asked, AT))).toEqual({
      ...{ code: 'no-such-run', family: 'refused' },
      message: 'run run-2 is not open; the one that is: run-1; nothing was stopped',
    });
  });
});

describe('the journal', () => {
  test('has no rows of a run that is not there, nor of one whose id begins the same', async () => {
    await take('run-1#0');
    await ledger.append(lease({ runId: 'run-1#0' }), row(1));
    expect(await ledger.rows('run-1')).toEqual([]);
    expect(await ledger.rows('run-1#0')).toEqual([row(1)]);
  });

  test('is read to its end, whatever a page holds', async () => {
    const rows = Array.from({ length: 401 }, (_, index) => row(index + 1));
    for (const each of rows) {
      const item = { S: `run#run-1#${String(each.number).padStart(6, '0')}` };
      stage.cloud.tables.put(REGION, TABLE, { topology: { S: 'orders' }, item, row: { S: JSON.stringify(each) } });
    }
    stage.faults({ action: 'Query', call: 2 });
    expect(await ledger.rows('run-1')).toEqual(rows);
    expect(stage.cloud.calls.map(({ outcome }) => outcome)).toEqual([
      ...['ok', 'ProvisionedThroughputExceededException', 'ok', 'ok'],
    ]);
  });

  test('is of one topology', async () => {
    await run(row(1), promoted(2));
    const other = new DynamoLedger(stage.options('payments'));
    expect(await other.rows('run-1')).toEqual([]);
    expect(await other.standing()).toEqual({});
  });

  test('takes the same row again, and no other in its place', async () => {
    await run(row(1), row(2), row(1));
    expect(await endOf(ledger.append(lease(), row(1, 'another')))).toEqual({
      ...{ code: 'row-out-of-order', family: 'refused' },
      message:
        'row 1 of run run-1 was not written: another row has that number; allowed is the row after the last; read the rows again',
    });
    expect(await ledger.rows('run-1')).toEqual([row(1), row(2)]);
  });

  test('takes several rows in one call, all of them or none', async () => {
    await run(row(1));
    const calls = stage.cloud.mutations.length;
    await ledger.append(lease(), row(2), row(3), promoted(4));
    expect(stage.cloud.mutations.slice(calls).map(({ action }) => action)).toEqual(['TransactWriteItems']);
    expect(await endOf(ledger.append(lease(), row(5), row(3, 'another')))).toMatchObject({ code: 'row-out-of-order' });
    await ledger.append(lease(), row(5), ended(6));
    // Their answer was lost.
    await ledger.append(lease(), row(5), ended(6));
    expect(await ledger.rows('run-1')).toEqual([row(1), row(2), row(3), promoted(4), row(5), ended(6)]);
    expect(await ledger.standing()).toMatchObject({ primary: 'bab', lastRun: 'run-1' });
  });

  test('has no gaps', async () => {
    await run(row(1));
    expect(await endOf(ledger.append(lease(), row(3)))).toEqual({
      ...{ code: 'row-out-of-order', family: 'refused' },
      message:
        'row 3 of run run-1 was not written: row 2 is not there; allowed is the row after the last; read the rows again',
    });
  });

  test('a promotion changes the standing in the same breath, an end closes the run', async () => {
    await run(row(1), promoted(2));
    const standing = { primary: 'bab', promotedAt: AT + 2, promotedBy: 'run-1', declared: 'ada', lastRun: 'run-1' };
    expect(await ledger.standing()).toEqual({ ...standing, open: lease() });
    await ledger.append(lease(), ended(3));
    expect(await ledger.standing()).toEqual(standing);
  });

  test('a row that is too large is refused before anything is asked', async () => {
    await run();
    const calls = stage.cloud.calls.length;
    const text = 'é'.repeat(200_000);
    expect(await endOf(ledger.append(lease(), row(1, text)))).toEqual({
      ...{ code: 'row-refused', family: 'refused' },
      message: 'row 1 of run run-1 cannot be kept: it has 400078 bytes; allowed are 389120; write less into one row',
    });
    expect(stage.cloud.calls).toHaveLength(calls);
  });

  test.each([0, 1.5, 1_000_000])('row %d is refused', async (number) => {
    await run();
    expect(await endOf(ledger.append(lease(), row(number)))).toEqual({
      ...{ code: 'row-refused', family: 'refused' },
      message: `row ${number} of run run-1 cannot be kept: its number is ${number}; allowed are 1 to 999999; begin another run`,
    });
  });

  test.each([
    ['no JSON', { S: '{' }, 'no row can be read'],
    ['another row', { S: JSON.stringify(row(5)) }, 'stands row 5'],
  ])('that somebody changed is not read as if nothing was: %s', async (_, text, found) => {
    await run(row(1));
    const key = { topology: { S: 'orders' }, item: { S: 'run#run-1#000002' } };
    stage.cloud.tables.put(REGION, TABLE, { ...key, row: text });
    expect(await endOf(ledger.rows('run-1'))).toEqual({
      ...{ code: 'journal-damaged', family: 'unknown' },
      message:
        `the journal of run run-1 is damaged: where row 2 belongs, ${found}; somebody has changed the table; ` +
        'look there, and at the databases, before anything else is done',
    });
  });
});
