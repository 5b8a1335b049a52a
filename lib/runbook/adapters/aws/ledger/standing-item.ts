import type { Lease, Standing } from '../../../execution/ports';
import type { Item } from './dynamo-table';

/** Lease and standing are one item: so one read sees both as they were at one time. Its epoch outlives every run. */
export const STANDING = 'standing';

/** The last lease, and whether its run is open. */
export interface KeptLease extends Lease {
  readonly isOpen: boolean;
  /** Which call took it: two runners of one name are two. */
  readonly taking: string | undefined;
}

export function leaseOf(item: Item | undefined): KeptLease | undefined {
  const { runId, epoch, holder, until, isOpen, isAbortAsked, taking, waitingFor } = item ?? {};
  if (runId?.S === undefined) return undefined;
  return {
    runId: runId.S,
    epoch: Number(epoch?.N),
    holder: holder?.S ?? '',
    until: Number(until?.N),
    isAbortAsked: isAbortAsked?.BOOL ?? false,
    isOpen: isOpen?.BOOL ?? false,
    taking: taking?.S,
    ...(waitingFor?.S === undefined || waitingFor.S === '' ? {} : { waitingFor: waitingFor.S }),
  };
}

/** A lease as the port has it. */
export function told({ isOpen: _, taking: __, ...lease }: KeptLease): Lease {
  return lease;
}

export function standingOf(item: Item | undefined): Standing {
  const { primary, promotedAt, promotedBy, declared } = item ?? {};
  const lease = leaseOf(item);
  return {
    ...(primary?.S === undefined ? {} : { primary: primary.S }),
    ...(promotedAt?.N === undefined ? {} : { promotedAt: Number(promotedAt.N) }),
    ...(promotedBy?.S === undefined ? {} : { promotedBy: promotedBy.S }),
    ...(declared?.S === undefined ? {} : { declared: declared.S }),
    ...(lease?.isOpen === true ? { open: told(lease) } : {}),
    ...(lease === undefined ? {} : { lastRun: lease.runId }),
  };
}
