import { drive } from '../drive';
import type { Ending } from '../ending';
import { growingWait } from '../growing-wait';
import { askNow, only, tryWriteNow } from '../look-around';
import type { Run } from '../run';

/** Takes back what a planned run did, on a time of its own. */
export async function undoing(run: Run): Promise<Ending<'undo'>> {
  const { topology, ports, limits } = run;
  const deadline = ports.clock.now() + limits.phase.undo;
  const rival = await rivalOf(run);
  if (rival !== undefined) return { signal: 'incomplete', detail: `${rival}: ${topology.primary} stays frozen` };
  const end = await drive(run, {
    phase: 'undo',
    name: 'unfreeze',
    procedure: ports.fleet.unfreeze(topology, topology.primary),
    isAbortable: false,
  });
  if (end.kind !== 'done') return { signal: end.kind === 'stuck' ? 'incomplete' : 'timed out', detail: end.problem };
  for (let waits = 0; (await tryWriteNow(run, topology.primary)) === 'no'; waits += 1) {
    if (ports.clock.now() >= deadline)
      return { signal: 'incomplete', detail: `${topology.primary} still takes no writes` };
    await run.checkpoint(false);
    await run.wait(growingWait(waits, limits.poll), `${topology.primary} to take a write`);
  }
  return { signal: 'ok' };
}

/** Somebody else may have promoted the target meanwhile: with the old primary opened there would be two. */
async function rivalOf(run: Run): Promise<string | undefined> {
  const { topology, target, ports } = run;
  if (target === '') return undefined;
  const { members } = await ports.fleet.look(only(topology, target));
  const followsNobody = members.some(({ id, replication }) => id === target && replication === 'none');
  const { acceptsWrites } = await askNow(run, target);
  if (!followsNobody && acceptsWrites !== 'yes') return undefined;
  return `${target} ${acceptsWrites === 'yes' ? 'takes writes' : 'follows nobody any more'}, and this run did not promote it`;
}
