import type { Lease } from '../../../execution/ports';
import type { Item } from './dynamo-table';

/** True while the lease is the one that was taken. Its time does not matter: until somebody else takes it, it holds. */
export const HELD = '#runId = :runId AND #epoch = :epoch AND #isOpen = :open';

export const heldValues = ({ runId, epoch }: Lease): Item => ({
  ':runId': { S: runId },
  ':epoch': { N: String(epoch) },
  ':open': { BOOL: true },
});
