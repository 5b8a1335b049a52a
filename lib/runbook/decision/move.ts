import type { MemberId, Topology } from '../../topology';
import type { Kind } from './signals';

/**
 * How the primary moves.
 *
 * `stepwise`: the runbook silences the old primary, then promotes the new one. `global`: one call to Aurora silences the old
 * cluster, brings the new one up to date and promotes it, in this order or, unplanned, as far as it can. `inside`: one call
 * makes another server of a cluster its writer; there is one volume, so nothing is lost and nobody writes twice.
 */
export type Move = 'stepwise' | 'global' | 'inside';

/**
 * The same of one run. `handover`: one call to Cloud SQL stops the writes of the old primary, waits for the new one, and turns the
 * two of a designated pair round; only planned.
 */
export type RunMove = Move | 'handover';

export function moveOf({ kind, within }: Topology): Move {
  if (within !== undefined) return 'inside';
  return kind === 'global' ? 'global' : 'stepwise';
}

export function moveOfRun(topology: Topology, kind: Kind, target: MemberId): RunMove {
  return kind === 'switchover' && isPartner(topology, target) ? 'handover' : moveOf(topology);
}

/** Enterprise Plus knows of a pair: the DR replica that was named, of SQL Server a replica that may have replicas. */
export function isPartner({ engine, gcp, members }: Topology, target: MemberId): boolean {
  const own = members.find(({ id }) => id === target)?.gcp;
  if (own?.edition !== 'enterprise-plus') return false;
  return engine.name === 'sqlserver' ? own.cascadable === true : gcp?.drReplica === target;
}

/** Id of the finding by which a person lets a cluster be detached from its global database to promote it. */
export const DETACH = 'detach-and-promote';
