import type { Member, Topology } from '../../../../topology';

/** Most days that RDS keeps automated backups. */
const MOST_DAYS = 35;

/**
 * Days of backups for a new primary: its own, else the old primary's. Never none: without backups it can have no replicas.
 */
export function retentionFor(topology: Topology, target: Member): number {
  const primary = topology.members.find(({ id }) => id === topology.primary);
  const days = target.retentionDays || primary?.retentionDays || 1;
  return Math.min(MOST_DAYS, Math.max(1, days));
}

/** Whether the new primary is to have a standby: the stronger of its own and the old primary's. */
export function wantsStandby(topology: Topology, target: Member): boolean {
  const primary = topology.members.find(({ id }) => id === topology.primary);
  return target.standby === 'multi-az' || primary?.standby === 'multi-az';
}
