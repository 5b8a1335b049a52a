import type { JournalRow, Lease, Standing, Taking, TakingRequest } from '../../../../../../lib/runbook/execution/ports';

/** What a ledger has in it: a value, so that what would have been can be told apart from what was. */
export interface Model {
  readonly standing: Standing;
  readonly epoch: number;
  readonly rows: Readonly<Record<string, readonly JournalRow[]>>;
}

export const EMPTY: Model = { standing: {}, epoch: 0, rows: {} };

/** What a call does: the ledger after it, and what the caller is told; `refused` is the code of the error. */
export interface Told {
  readonly after: Model;
  readonly value?: unknown;
  readonly refused?: string;
}

const isHeld = ({ standing: { open } }: Model, { runId, epoch }: Lease): boolean =>
  open?.runId === runId && open.epoch === epoch;

const withOpen = (model: Model, open: Lease): Model => ({ ...model, standing: { ...model.standing, open } });

export function taken(model: Model, { runId, holder, at, ttl, replaces }: TakingRequest): Told {
  const { open } = model.standing;
  const isSame = open?.runId === runId;
  const isOver = open !== undefined && open.until <= at;
  const isReplaced = isOver && open.runId === replaces?.runId && open.epoch === replaces.epoch;
  const isFree = open === undefined || (isSame && (isOver || open.holder === holder)) || isReplaced;
  if (!isFree) return { after: model, value: { kind: 'held', by: open } satisfies Taking };
  const epoch = model.epoch + 1;
  const lease: Lease = { runId, epoch, holder, until: at + ttl, isAbortAsked: isSame && open.isAbortAsked };
  const after = withOpen({ ...model, epoch, standing: { ...model.standing, lastRun: runId } }, lease);
  return { after, value: { kind: 'ours', lease } satisfies Taking };
}

export function held(model: Model, lease: Lease, until: number): Told {
  if (!isHeld(model, lease) || !model.standing.open) return { after: model, refused: 'lease-lost' };
  const open = { ...model.standing.open, until };
  return { after: withOpen(model, open), value: open };
}

export function appended(model: Model, lease: Lease, row: JournalRow): Told {
  const rows = model.rows[lease.runId] ?? [];
  const there = rows[row.number - 1];
  const isThere = JSON.stringify(there) === JSON.stringify(row);
  if (!isHeld(model, lease)) {
    return row.type === 'ended' && isThere ? { after: model } : { after: model, refused: 'lease-lost' };
  }
  const isOutOfOrder = there === undefined ? row.number !== rows.length + 1 : !isThere;
  if (isOutOfOrder) return { after: model, refused: 'row-out-of-order' };
  const kept = there === undefined ? [...rows, row] : rows;
  const after = { ...model, rows: { ...model.rows, [lease.runId]: kept } };
  return { after: changed(after, lease, row) };
}

function changed(model: Model, { runId: promotedBy }: Lease, row: JournalRow): Model {
  const { open, ...closed } = model.standing;
  if (row.type === 'ended') return { ...model, standing: closed };
  if (row.type !== 'promoted') return model;
  const { member: primary, at: promotedAt, declared } = row;
  return { ...model, standing: { ...model.standing, primary, promotedAt, promotedBy, declared } };
}

export function abortAsked(model: Model, runId: string): Told {
  const { open } = model.standing;
  if (open?.runId !== runId) return { after: model, refused: 'no-such-run' };
  return { after: withOpen(model, { ...open, isAbortAsked: true }) };
}
