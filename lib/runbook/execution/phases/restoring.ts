import { drive } from '../drive';
import type { Ending } from '../ending';
import { askNow } from '../look-around';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';
import { hasReached } from './catching-up';

/** Backups, standby and protection. Of a planned run, whether the old primary stood still to the end. */
export async function restoring(run: Run): Promise<Ending<'restore'>> {
  const { topology, target, ports } = run;
  const end = await drive(run, {
    phase: 'restore',
    name: 'restore',
    procedure: ports.fleet.restore(topology, target),
    isAbortable: false,
  });
  const problems = [...(end.kind === 'done' ? [] : [end.problem]), ...(await lateWrites(run))];
  return incompleteIf(run, 'restore', problems);
}

/** A session that insists can write on a frozen primary: then nobody must be left to believe that nothing was lost. */
async function lateWrites(run: Run): Promise<readonly string[]> {
  const frozen = run.last('frozen')?.position;
  if (frozen === undefined) return [];
  const { position } = await askNow(run, run.topology.primary);
  if (position === undefined || hasReached(frozen, position)) return [];
  return [
    `${run.topology.primary} was written to after it was frozen: what is after ${frozen.token ?? 'its last position'} is only there`,
  ];
}
