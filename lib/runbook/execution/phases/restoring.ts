import { drive } from '../drive';
import type { Ending } from '../ending';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';

/** Backups, standby and protection. */
export async function restoring(run: Run): Promise<Ending<'restore'>> {
  const { topology, target, ports } = run;
  const end = await drive(run, {
    phase: 'restore',
    name: 'restore',
    procedure: ports.fleet.restore(topology, target),
    isAbortable: false,
  });
  return incompleteIf(run, 'restore', end.kind === 'done' ? [] : [end.problem]);
}
