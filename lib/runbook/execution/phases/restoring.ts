import { drive } from '../drive';
import type { Ending } from '../ending';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';
import { lateWrites } from './late-writes';

/** Backups, standby and protection. Of a planned run, whether the old primary stood still to the end. */
export async function restoring(run: Run): Promise<Ending<'restore'>> {
  const { topology, target, ports } = run;
  const end = await drive(run, {
    phase: 'restore',
    name: 'restore',
    procedure: ports.fleet.restore(topology, target),
    isAbortable: false,
  });
  const problems = [...(end.kind === 'done' ? [] : [end.problem]), ...(await lateWrites(run, 'restore'))];
  return incompleteIf(run, 'restore', problems);
}
