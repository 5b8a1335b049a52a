import type { Seconds } from '../../../topology';
import { fenceVerdict, seenPrimary, type Position } from '../../decision';
import { drive, type DriveEnd } from '../drive';
import type { Ending } from '../ending';
import { growingWait } from '../growing-wait';
import { askNow, only, tryWriteNow, wasReached } from '../look-around';
import type { Run } from '../run';

/** Planned: the primary takes no more writes, and its position stands still. Unplanned: nobody can write on it any more. */
export async function fencing(run: Run): Promise<Ending<'fence'>> {
  if (run.move !== 'stepwise') {
    await run.pass(true);
    return { signal: 'left to the cloud' };
  }
  return run.kind === 'switchover' ? freeze(run) : fence(run);
}

/**
 * How far apart two looks at a frozen primary are at least, in which its position is the same. Whoever insists on writing more
 * seldom is found by the looks that come after: before the promotion, and until the primary is put away.
 */
const STILL: Seconds = 0.05;

async function freeze(run: Run): Promise<Ending<'fence'>> {
  const { topology, limits, ports } = run;
  const end = await drive(run, {
    phase: 'fence',
    name: 'freeze',
    procedure: ports.fleet.freeze(topology),
    isAbortable: true,
    failedLooks: limits.failedLooks,
  });
  if (end.kind === 'stuck') return { signal: 'not proven', detail: end.problem };
  if (end.kind === 'timed out') return { signal: 'timed out', detail: end.problem };
  const deadline = ports.clock.now() + limits.phase['catch-up'];
  let last: string | undefined;
  for (let waits = 0; ports.clock.now() < deadline; waits += 1) {
    const [, { position, acceptsWrites }] = await Promise.all([run.arrive(true), askNow(run, topology.primary)]);
    const stands = position === undefined ? undefined : writtenMark(position);
    if (acceptsWrites === 'no' && position !== undefined && stands !== undefined && stands === last) {
      await run.append({ type: 'frozen', position });
      await run.append({
        type: 'fenced',
        fence: { outcome: 'proven', reason: `${end.proof}; its position stands still` },
      });
      return { signal: 'ok' };
    }
    last = acceptsWrites === 'no' ? stands : undefined;
    // Meanwhile the target applies: what it has by then need not be asked again.
    const still = Math.max(STILL, growingWait(waits, limits.poll));
    [run.applied] = await Promise.all([
      askNow(run, run.target),
      run.wait(still, `the position of ${topology.primary} to stand still`),
    ]);
  }
  return {
    signal: 'timed out',
    detail: `the position of ${topology.primary} did not stand still, or could not be read`,
  };
}

/** Of one server, equal when nobody has written in between. A log may grow all the same: where writes are told apart, only they count. */
export function writtenMark(position: Position): string | undefined {
  return position.written ?? markOf(position);
}

/** Equal exactly when the log is as long. */
export function markOf({ ordinal, token }: { readonly ordinal?: number; readonly token?: string }): string | undefined {
  return token ?? (ordinal === undefined ? undefined : String(ordinal));
}

async function fence(run: Run): Promise<Ending<'fence'>> {
  const { topology, ports } = run;
  const end = await drive(run, {
    phase: 'fence',
    name: 'fence',
    procedure: ports.fleet.fence(topology),
    isAbortable: true,
    // A Region that was silent a moment ago is asked once more: it must not hold up the promotion.
    failedLooks: isSilent(run) ? 1 : run.limits.failedLooks,
  });
  const acceptsWrites = end.kind === 'done' ? await tryWriteNow(run, topology.primary) : 'unknown';
  const { outcome, reason } = await provenBy(run, end);
  const { signal, fence: verdict } = fenceVerdict(
    'failover',
    { outcome, reason },
    { id: topology.primary, acceptsWrites },
    run.event.acceptSplitBrainRisk,
  );
  await run.append({ type: 'fenced', fence: verdict });
  if (signal !== 'not proven') return { signal };
  return { signal: end.kind === 'timed out' ? 'timed out' : signal, detail: verdict.reason };
}

function isSilent({ observation }: Run): boolean {
  return observation !== undefined && seenPrimary(observation).controlPlane === 'unreachable';
}

interface Proof {
  readonly outcome: 'proven' | 'attempted' | 'impossible';
  readonly reason: string;
}

/** What the procedure did, held against what can be seen from here. Attempted is not done. */
async function provenBy(run: Run, end: DriveEnd): Promise<Proof> {
  const { primary } = run.topology;
  if (end.kind !== 'done') {
    const isTried = run.attemptsIn('fence').some(({ outcome }) => outcome !== 'refused' && outcome !== 'not-taken');
    return { outcome: isTried ? 'attempted' : 'impossible', reason: end.problem };
  }
  const { members } = await run.ports.fleet.look(only(run.topology, primary));
  if (members.some(({ id, stoppedAt }) => id === primary && stoppedAt !== undefined)) {
    return { outcome: 'proven', reason: `${end.proof}; the cloud says that it does not run` };
  }
  const { dataPlane } = await askNow(run, primary);
  if (dataPlane === 'reachable') return { outcome: 'attempted', reason: `${end.proof}; but ${primary} still answers` };
  if (dataPlane === 'unreachable' && (await wasReached(run, primary))) {
    return {
      outcome: 'proven',
      reason: `${end.proof}; ${primary} answered this network before, and does not any more`,
    };
  }
  const why = dataPlane === 'unknown' ? 'nobody here can ask it' : 'this network never reached it before';
  return { outcome: 'attempted', reason: `${end.proof}; that nobody can write is not proven: ${why}` };
}
