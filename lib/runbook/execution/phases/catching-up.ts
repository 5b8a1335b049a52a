import type { Ending } from '../ending';
import { growingWait } from '../growing-wait';
import { askNow } from '../look-around';
import type { LogMark } from '../ports';
import type { Run } from '../run';
import { markOf } from './fencing';

/** Waits until the target has applied everything that the frozen primary had. */
export async function catchingUp(run: Run): Promise<Ending<'catch-up'>> {
  const { target, limits, ports } = run;
  const frozen = run.last('frozen')?.position;
  if (frozen === undefined) return { signal: 'failed', detail: 'no position was captured' };
  const deadline = ports.clock.now() + limits.phase['catch-up'];
  let seenAt = 'nowhere';
  for (let waits = 0; ports.clock.now() < deadline; waits += 1) {
    const [, said] = await Promise.all([run.arrive(true), askNow(run, target)]);
    const { log, position = log, acceptsWrites, dataPlane } = said;
    if (acceptsWrites === 'yes')
      return { signal: 'failed', detail: `${target} takes writes: somebody has promoted it` };
    if (position !== undefined && hasReached(position, frozen)) return { signal: 'ok' };
    if (position !== undefined && !isComparable(position, frozen)) {
      return {
        signal: 'failed',
        detail: `the positions of ${target} and of ${run.topology.primary} cannot be compared`,
      };
    }
    seenAt = position?.token ?? dataPlane;
    const title = `${target} to apply everything${missing(position, frozen)}`;
    await run.wait(growingWait(waits, limits.poll), title);
  }
  return {
    signal: 'timed out',
    detail: `${target} is at ${seenAt}, and ${frozen.token ?? 'the last position'} is to be reached`,
  };
}

/** How far it still is, for a person who waits. */
function missing(position: LogMark | undefined, frozen: LogMark): string {
  if (position?.ordinal === undefined || frozen.ordinal === undefined || position.unit !== frozen.unit) return '';
  return `: ${frozen.ordinal - position.ordinal} ${frozen.unit ?? 'writes'} behind`;
}

/** Whether everything up to the second position is in the first. */
export function hasReached(position: LogMark, frozen: LogMark): boolean {
  if (position.ordinal !== undefined && frozen.ordinal !== undefined && position.unit === frozen.unit) {
    return position.ordinal >= frozen.ordinal;
  }
  return markOf(position) !== undefined && markOf(position) === markOf(frozen);
}

/** Whether one can be behind the other at all. */
export function isComparable(position: LogMark, frozen: LogMark): boolean {
  const isCounted = position.ordinal !== undefined && frozen.ordinal !== undefined;
  return (isCounted && position.unit === frozen.unit) || (position.token !== undefined && frozen.token !== undefined);
}
