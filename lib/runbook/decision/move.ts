import type { Topology } from '../../topology';

/**
 * How the primary moves.
 *
 * `stepwise`: the runbook silences the old primary, then promotes the new one. `global`: one call to Aurora silences the old
 * cluster, brings the new one up to date and promotes it, in this order or, unplanned, as far as it can. `inside`: one call
 * makes another server of a cluster its writer; there is one volume, so nothing is lost and nobody writes twice.
 */
export type Move = 'stepwise' | 'global' | 'inside';

export function moveOf({ kind, within }: Topology): Move {
  if (within !== undefined) return 'inside';
  return kind === 'global' ? 'global' : 'stepwise';
}

/** Id of the finding by which a person lets a cluster be detached from its global database to promote it. */
export const DETACH = 'detach-and-promote';
