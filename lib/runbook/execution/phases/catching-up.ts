import type { Seconds } from '../../../topology';
import type { Instant } from '../../decision';
import type { Ending } from '../ending';
import { growingWait } from '../growing-wait';
import { askNow } from '../look-around';
import type { DataPlaneSighting, LogMark } from '../ports';
import type { Run } from '../run';
import { markOf } from './fencing';

/** Waits until the target has applied everything that the frozen primary had. */
export async function catchingUp(run: Run): Promise<Ending<'catch-up'>> {
  const { target, limits, ports } = run;
  const frozen = run.last('frozen')?.position;
  if (frozen === undefined) return { signal: 'failed', detail: 'no position was captured' };
  const deadline = ports.clock.now() + limits.phase['catch-up'];
  let seenAt = 'nowhere';
  const patience = new Patience(limits.reconnection);
  for (let waits = 0; ports.clock.now() < deadline; waits += 1) {
    const known = waits === 0 ? run.applied : undefined;
    const [, said] = await Promise.all([run.arrive(true), known ?? askNow(run, target)]);
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
    if (patience.isOver(said, ports.clock.now())) {
      const detail = `for ${limits.reconnection} s ${target} has been connected to nobody, and has applied nothing: what ${run.topology.primary} has does not come`;
      return { signal: 'failed', detail };
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

/** With a target that says that nothing comes. One that applies what it has, or does not say, is waited for. */
class Patience {
  readonly #longest: Seconds;
  #since: Instant | undefined;
  #at: string | undefined;

  constructor(longest: Seconds) {
    this.#longest = longest;
  }

  isOver({ isFollowing, log, position }: DataPlaneSighting, now: Instant): boolean {
    const at = markOf(position ?? log ?? {});
    const isLeft = isFollowing === false && (this.#since === undefined || at === this.#at);
    this.#since = isLeft ? (this.#since ?? now) : undefined;
    this.#at = at;
    return this.#since !== undefined && now - this.#since >= this.#longest;
  }
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
