import { drive } from '../drive';
import type { Ending } from '../ending';
import { tryWriteNow } from '../look-around';
import type { Run } from '../run';

/** Takes back what a planned run did, on a time of its own. */
export async function undoing(run: Run): Promise<Ending<'undo'>> {
  const { topology, ports, limits } = run;
  const deadline = ports.clock.now() + limits.phase.undo;
  const end = await drive(run, {
    phase: 'undo',
    name: 'unfreeze',
    procedure: ports.fleet.unfreeze(topology, topology.primary),
    isAbortable: false,
  });
  if (end.kind !== 'done') return { signal: end.kind === 'stuck' ? 'incomplete' : 'timed out', detail: end.problem };
  while ((await tryWriteNow(run, topology.primary)) === 'no') {
    if (ports.clock.now() >= deadline)
      return { signal: 'incomplete', detail: `${topology.primary} still takes no writes` };
    await run.checkpoint(false);
    await run.wait(limits.poll, `${topology.primary} to take a write`);
  }
  return { signal: 'ok' };
}
