import type { MemberId } from '../../../../topology';
import type { Instant } from '../../../decision';
import type { JournalRow, Lease, Standing, TakingRequest } from '../../../execution/ports';

/** Lease and standing are one document: one read sees both, and whatever is written is written together with it. */
export interface KeptStanding {
  /** The last lease; whether its run is open. */
  readonly lease?: Lease & { readonly isOpen: boolean; readonly taking: string; readonly rows: number };
  readonly primary?: MemberId;
  readonly promotedAt?: Instant;
  readonly promotedBy?: string;
  readonly declared?: MemberId;
}

export type KeptLease = NonNullable<KeptStanding['lease']>;

/** A lease as the port has it. */
export function told({ isOpen: _, taking: __, rows: ___, ...lease }: KeptLease): Lease {
  return lease;
}

export function standingOf({ lease, ...standing }: KeptStanding = {}): Standing {
  return {
    ...standing,
    ...(lease?.isOpen === true ? { open: told(lease) } : {}),
    ...(lease === undefined ? {} : { lastRun: lease.runId }),
  };
}

export function isHeld(kept: KeptLease | undefined, { runId, epoch }: Lease): kept is KeptLease {
  return kept?.isOpen === true && kept.runId === runId && kept.epoch === epoch;
}

export function isFree(kept: KeptLease | undefined, { runId, holder, at, replaces }: TakingRequest): boolean {
  if (kept?.isOpen !== true) return true;
  if (kept.runId === runId) return kept.until <= at || kept.holder === holder;
  return kept.until <= at && kept.runId === replaces?.runId && kept.epoch === replaces.epoch;
}

/** What a row changes besides the journal. */
export function changedBy(row: JournalRow, standing: KeptStanding, lease: KeptLease): KeptStanding {
  if (row.type === 'ended') return { ...standing, lease: { ...lease, isOpen: false } };
  if (row.type !== 'promoted') return { ...standing, lease };
  const { member: primary, at: promotedAt, declared } = row;
  return { primary, promotedAt, promotedBy: lease.runId, declared, lease };
}
