import { MemoryLedger } from '../../../lib/runbook/execution';
import type { JournalRow, Lease } from '../../../lib/runbook/execution/ports';

const TTL = 120;
const note = (number: number, problem = 'a problem'): JournalRow => ({
  ...{ type: 'shortfall', phase: 'restore', problem, number, at: 5 },
});
const ended = (number: number): JournalRow => ({ type: 'ended', outcome: 'DONE', number, at: 5 });

async function taken(ledger: MemoryLedger, runId = 'R', holder = 'carl', at = 0): Promise<Lease> {
  const taking = await ledger.take({ runId, holder, ttl: TTL, at });
  if (taking.kind === 'held') throw new Error(`held by ${taking.by.runId}`);
  return taking.lease;
}

test('the first who asks has the lease; others of that run are told who has it, until it ends', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  expect(lease).toStrictEqual({ runId: 'R', epoch: 1, holder: 'carl', until: TTL, isAbortAsked: false });
  const request = { runId: 'R', holder: 'dora', ttl: TTL };
  expect(await ledger.take({ ...request, at: TTL - 1 })).toStrictEqual({ kind: 'held', by: lease });
  expect(await ledger.take({ ...request, at: TTL })).toMatchObject({
    kind: 'ours',
    lease: { epoch: 2, holder: 'dora' },
  });
});

test("asking again for one's own is no error", async () => {
  const ledger = new MemoryLedger();
  await taken(ledger);
  expect(await taken(ledger, 'R', 'carl', 1)).toMatchObject({ epoch: 2, until: 1 + TTL });
});

test('another run waits until this one is over, or replaces just that lease once it has ended', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  const request = { runId: 'S', holder: 'dora', ttl: TTL };
  expect(await ledger.take({ ...request, at: 10 * TTL })).toMatchObject({ kind: 'held' });
  expect(await ledger.take({ ...request, at: TTL - 1, replaces: lease })).toMatchObject({ kind: 'held' });
  expect(await ledger.take({ ...request, at: TTL, replaces: { ...lease, epoch: 7 } })).toMatchObject({ kind: 'held' });
  expect(await ledger.take({ ...request, at: TTL, replaces: lease })).toMatchObject({
    kind: 'ours',
    lease: { epoch: 2 },
  });
});

test('once a run is over anybody has the lease', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  await ledger.append(lease, ended(1));
  expect(await ledger.standing()).toStrictEqual({ lastRun: 'R' });
  expect(await taken(ledger, 'S')).toMatchObject({ runId: 'S', epoch: 2 });
});

test('who has not the lease any more can neither write nor renew nor leave', async () => {
  const ledger = new MemoryLedger();
  const old = await taken(ledger);
  await ledger.leave(old, 3);
  await taken(ledger, 'R', 'dora', 3);
  const lost = { code: 'lease-lost', family: 'refused', message: 'run R has not the lease any more' };
  await expect(ledger.append(old, note(1))).rejects.toMatchObject(lost);
  await expect(ledger.renew(old, 99)).rejects.toMatchObject(lost);
  await expect(ledger.leave(old, 99)).rejects.toMatchObject(lost);
  expect(await ledger.rows('R')).toStrictEqual([]);
});

test('rows are kept in order; the same row again is no error, another under its number is', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  await ledger.append(lease, note(1));
  await ledger.append(lease, note(1));
  await expect(ledger.append(lease, note(1, 'another'))).rejects.toMatchObject({
    ...{ code: 'row-out-of-order', message: 'row 1 of run R comes after 1' },
  });
  await expect(ledger.append(lease, note(3))).rejects.toMatchObject({ message: 'row 3 of run R comes after 1' });
  await ledger.append(lease, ended(2));
  // It has closed the run, and is the same row again.
  await ledger.append(lease, ended(2));
  expect(await ledger.rows('R')).toStrictEqual([note(1), ended(2)]);
  expect(await ledger.rows('S')).toStrictEqual([]);
});

test('rows that are written together are there together, or not at all', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  await ledger.append(lease, note(1), note(2));
  await ledger.append(lease, note(1), note(2));
  await expect(ledger.append(lease, note(4), note(5))).rejects.toMatchObject({
    message: 'row 5 of run R comes after 2',
  });
  await ledger.append(lease, note(3), ended(4));
  await ledger.append(lease, note(3), ended(4));
  expect(await ledger.rows('R')).toStrictEqual([note(1), note(2), note(3), ended(4)]);
  expect(await ledger.standing()).toStrictEqual({ lastRun: 'R' });
});

test('a row that promotes changes the standing', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  const promoted = { type: 'promoted', member: 'bab', from: 'ada', declared: 'ada', number: 1, at: 5 } as const;
  await ledger.append(lease, promoted);
  expect(await ledger.standing()).toStrictEqual({
    ...{ primary: 'bab', promotedAt: 5, promotedBy: 'R', declared: 'ada', lastRun: 'R' },
    open: lease,
  });
});

test('others see what is waited for, until that is over', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  expect(await ledger.renew(lease, 200, 'bab')).toStrictEqual({ ...lease, until: 200, waitingFor: 'bab' });
  expect(await ledger.renew({ ...lease, waitingFor: 'bab' }, 201)).toStrictEqual({ ...lease, until: 201 });
});

test('who wants an open run to stop is heard at the next renewal, also by who takes it over', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  const entry = { type: 'abort asked', by: 'dora', reason: 'a mistake' } as const;
  await ledger.askAbort('R', entry, 1);
  expect(await ledger.renew(lease, 200)).toStrictEqual({ ...lease, until: 200, isAbortAsked: true });
  await ledger.leave(lease, 3);
  expect(await taken(ledger, 'R', 'emil', 3)).toMatchObject({ isAbortAsked: true });
  await expect(ledger.askAbort('S', entry, 1)).rejects.toMatchObject({
    ...{ code: 'no-such-run', message: 'run S is not open; dora asked to stop it' },
  });
});

test('nobody wants the run to stop that takes the place of one that was to', async () => {
  const ledger = new MemoryLedger();
  const lease = await taken(ledger);
  await ledger.askAbort('R', { type: 'abort asked', by: 'dora', reason: 'a mistake' }, 1);
  const taking = await ledger.take({ runId: 'S', holder: 'emil', ttl: TTL, at: TTL, replaces: lease });
  expect(taking).toMatchObject({ kind: 'ours', lease: { isAbortAsked: false } });
});

test('what is known already is known to it, but for the run that is open', async () => {
  const open: Lease = { runId: 'R', epoch: 3, holder: 'carl', until: 9, isAbortAsked: false };
  expect(await new MemoryLedger({ primary: 'bab', open }).standing()).toStrictEqual({ primary: 'bab' });
});
