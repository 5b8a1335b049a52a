import { drive } from '../drive';
import type { Ending } from '../ending';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';

/** Replicas of the new primary. */
export async function rebuilding(run: Run): Promise<Ending<'rebuild'>> {
  const { topology, target, ports } = run;
  const end = await drive(run, {
    phase: 'rebuild',
    name: 'rebuild',
    procedure: ports.fleet.rebuild(topology, target),
    isAbortable: false,
  });
  return incompleteIf(run, 'rebuild', end.kind === 'done' ? [] : [end.problem]);
}
