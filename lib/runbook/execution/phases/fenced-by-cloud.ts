import { isUnderstudyError, type Seconds } from '../../../topology';
import { fenceVerdict } from '../../decision';
import type { Ending } from '../ending';
import { growingWait } from '../growing-wait';
import type { CloudFence } from '../ports';
import type { Run } from '../run';

/** How late the cloud may tell of what it did, perhaps never: clients wait meanwhile. The fence comes before the promotion, so its word should be there. */
const TELLING: Seconds = 30;

/**
 * What became of the fence that the call to promote has set itself. It is known when there is no way back: what is not proven
 * was accepted by a person before, or needs one now.
 */
export async function fencedByCloud(run: Run): Promise<Ending<'confirm'>> {
  const { topology, event } = run;
  const told = (await untilTold(run)) ?? {
    outcome: 'attempted' as const,
    reason: `the cloud does not tell whether it could stop the writes of ${topology.primary}`,
  };
  // Who could be asked was asked before; the old primary is made anew by now, and answers for nothing that was.
  const primary = { id: topology.primary, acceptsWrites: 'unknown' as const };
  const { signal, fence } = fenceVerdict(run.kind, told, primary, event.acceptSplitBrainRisk);
  await run.append({ type: 'fenced', fence });
  return signal === 'ok' ? { signal } : { signal, detail: fence.reason };
}

async function untilTold(run: Run): Promise<CloudFence | undefined> {
  const { ports, topology, target, limits } = run;
  const deadline = ports.clock.now() + TELLING;
  for (let waits = 0; ; waits += 1) {
    const [, told] = await Promise.all([run.arrive(false), asked(run)]);
    if (told !== undefined || ports.clock.now() >= deadline) return told;
    await run.wait(growingWait(waits, limits.poll), `word of whether ${topology.primary} was fenced before ${target}`);
  }
}

async function asked({ ports, topology, target, promotion }: Run): Promise<CloudFence | undefined> {
  try {
    return await ports.fleet.fenceOf?.(topology, target, promotion);
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return undefined;
  }
}
