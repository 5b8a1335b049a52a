import { DynamoLedger } from '../../../../../lib/runbook/adapters/aws/ledger/dynamo-ledger';
import type { JournalRow, Lease, Taking } from '../../../../../lib/runbook/execution/ports';
import { endOf, LOST_AFTER, LOST_BEFORE, tableStage, type TableStage } from './_helpers/table-stage';

const AT = 1_900_000_000;

let stage: TableStage;
let ledger: DynamoLedger;
beforeEach(async () => {
  stage = await tableStage();
  ledger = new DynamoLedger(stage.options());
});
afterEach(() => stage.end());

const take = (): Promise<Taking> => ledger.take({ runId: 'run-1', holder: 'ann', at: AT, ttl: 60 });
const lease = (more: Partial<Lease> = {}): Lease => ({
  ...{ runId: 'run-1', epoch: 1, holder: 'ann', until: AT + 60, isAbortAsked: false },
  ...more,
});
const row: JournalRow = { type: 'shortfall', phase: 'restore', problem: 'so', number: 1, at: AT };
const ended: JournalRow = { type: 'ended', outcome: 'DONE', number: 1, at: AT };
const asked = { type: 'abort asked', by: 'eve', reason: 'the primary is back' } as const;

const sum = (seconds: readonly number[]): number => seconds.reduce((total, each) => total + each, 0);

interface Asked {
  readonly action: string;
  readonly call: () => Promise<unknown>;
  readonly value: unknown;
}

const everything: readonly (readonly [string, Asked])[] = [
  ['standing', { action: 'GetItem', call: () => ledger.standing(), value: { open: lease(), lastRun: 'run-1' } }],
  ['take', { action: 'UpdateItem', call: take, value: { kind: 'ours', lease: lease({ epoch: 2 }) } }],
  ['renew', { action: 'UpdateItem', call: () => ledger.renew(lease(), AT + 70), value: lease({ until: AT + 70 }) }],
  ['leave', { action: 'UpdateItem', call: () => ledger.leave(lease(), AT + 70), value: undefined }],
  ['append', { action: 'TransactWriteItems', call: () => ledger.append(lease(), row), value: undefined }],
  ['append the end', { action: 'TransactWriteItems', call: () => ledger.append(lease(), ended), value: undefined }],
  ['rows', { action: 'Query', call: () => ledger.rows('run-1'), value: [] }],
  ['askAbort', { action: 'TransactWriteItems', call: () => ledger.askAbort('run-1', asked, AT), value: undefined }],
];

describe.each([
  ['throttled', { kind: 'throttle' }],
  ['lost before', LOST_BEFORE],
  ['lost after', LOST_AFTER],
  ['5xx', { kind: 'error', code: 'InternalServerError', message: 'Internal', httpStatus: 500 }],
] as const)('four times %s is nothing', (_, mishap) => {
  test.each(everything)('%s', async (_name, { action, call, value }) => {
    await take();
    stage.faults({ action, mishap, times: 4 });
    expect(await endOf(call())).toEqual({ value });
  });
});

test.each(everything)('%s: ten seconds of throttling are nothing', async (_, { action, call, value }) => {
  await take();
  stage.faults({ action, times: 13 });
  expect(await endOf(call())).toEqual({ value });
  expect(sum(stage.waits)).toBeGreaterThan(10);
});

test.each(everything)('%s: throttled for 20 s is told as such', async (_, { action, call }) => {
  await take();
  stage.faults({ action, times: 99 });
  expect(await endOf(call())).toMatchObject({ code: 'aws-throttled', family: 'retryable' });
});

test.each(everything)('%s: one answer lost among throttled ones, and nobody knows', async (_, { action, call }) => {
  await take();
  stage.faults({ action, mishap: LOST_BEFORE }, { action, call: 2, times: 99 });
  expect(await endOf(call())).toMatchObject({ code: 'aws-unclear', family: 'unknown' });
});

test.each(everything)('%s: a denial is told at once', async (_, { action, call }) => {
  await take();
  const waits = stage.waits.length;
  stage.faults({ action, mishap: { kind: 'access-denied' } });
  expect(await endOf(call())).toMatchObject({ code: 'aws-denied', family: 'refused' });
  expect(stage.waits).toHaveLength(waits);
});

test('a denial after a lost answer says nothing about the call before', async () => {
  await take();
  const action = 'TransactWriteItems';
  stage.faults({ action, mishap: LOST_AFTER }, { action, call: 2, mishap: { kind: 'access-denied' } });
  expect(await endOf(ledger.append(lease(), row))).toMatchObject({ code: 'aws-unclear', family: 'unknown' });
});

test('waits longer each time, up to a bound', async () => {
  stage.faults({ action: 'GetItem', times: 99 });
  await endOf(ledger.standing());
  expect(stage.waits.slice(0, 5)).toEqual([0.1, 0.2, 0.4, 0.8, 1]);
  expect(sum(stage.waits)).toBeCloseTo(20.5);
});

test('meeting a transaction is no refusal', async () => {
  await take();
  const mishap = { kind: 'error', code: 'TransactionConflictException', message: 'Busy', httpStatus: 400 } as const;
  stage.faults({ action: 'UpdateItem', mishap, times: 99 });
  expect(await endOf(ledger.renew(lease(), AT + 70))).toEqual({
    ...{ code: 'ledger-busy', family: 'retryable' },
    message:
      'dynamodb:UpdateItem of understudy-orders in eu-west-1 met another write of the same items: it had no effect, and may be made again',
  });
});

test('a lease that was lost after a lost answer is lost: what was written may be there, what comes next may not be done', async () => {
  await take();
  const action = 'TransactWriteItems';
  stage.faults({ action, mishap: LOST_AFTER });
  const { options } = stage;
  const other = new DynamoLedger(options());
  const clock = {
    ...stage.clock,
    wait: async () => {
      await other.take({ runId: 'run-1', holder: 'bob', at: AT + 60, ttl: 60 });
    },
  };
  expect(await endOf(new DynamoLedger({ ...options(), clock }).append(lease(), row))).toEqual({
    ...{ code: 'lease-lost', family: 'refused' },
    message:
      'run run-1 with ann, epoch 1, has not the lease any more: it is now that of run run-1, epoch 2, with bob; ' +
      'nothing was written; stop here',
  });
  expect(await ledger.rows('run-1')).toEqual([row]);
});
