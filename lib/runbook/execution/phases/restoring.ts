import { drive } from '../drive';
import type { Ending } from '../ending';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';
import { lateWrites } from './late-writes';

/** Backups, standby and protection. Of a planned run, whether the old primary stood still to the end. */
export async function restoring(run: Run): Promise<Ending<'restore'>> {
  const { topology, target, ports } = run;
  const [end, late] = await Promise.all([
    drive(run, {
      phase: 'restore',
      name: 'restore',
      procedure: ports.fleet.restore(topology, target),
      isAbortable: false,
    }),
    lateWrites(run, 'restore'),
  ]);
  const problems = [...(end.kind === 'done' ? [] : [end.problem]), ...late];
  return incompleteIf(run, 'restore', problems);
}
