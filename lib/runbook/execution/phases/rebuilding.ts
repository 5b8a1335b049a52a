import { drive } from '../drive';
import type { Ending } from '../ending';
import type { Run } from '../run';
import { incompleteIf, noteShortfall } from '../shortfall';
import { lateWrites } from './late-writes';

/** Replicas of the new primary. */
export async function rebuilding(run: Run): Promise<Ending<'rebuild'>> {
  const { topology, target, ports } = run;
  // Once more while it can be asked: the old primary is put away now.
  const late = await lateWrites(run, 'rebuild');
  for (const problem of late) await noteShortfall(run, 'rebuild', problem);
  const end = await drive(run, {
    phase: 'rebuild',
    name: 'rebuild',
    procedure: ports.fleet.rebuild(topology, target, run.promotion),
    isAbortable: false,
  });
  if (end.kind === 'done' && end.kept !== undefined) await run.append({ type: 'kept', what: end.kept });
  return incompleteIf(run, 'rebuild', end.kind === 'done' ? [] : [end.problem]);
}
