import { decide, lossEstimate, requestOf, seenPrimary, type Observation } from '../../decision';
import { isUnderstudyError } from '../../../topology';
import { backoff, perform, REFUSALS } from '../drive';
import type { Ending } from '../ending';
import { askNow, lookAround } from '../look-around';
import { withStop } from '../observe';
import type { DataPlaneSighting, Step } from '../ports';
import type { Run } from '../run';
import { hasReached } from './catching-up';
import { markOf, writtenMark } from './fencing';

/** What, of all that preflight finds, still stands against a promotion after the fence. */
const STILL_COUNTS: readonly string[] = [
  ...['another-primary', 'possible-primary', 'unknown-member', 'target-not-eligible', 'no-candidate'],
  ...['loss-unknown', 'loss-too-large'],
];

/** The point of no return: one call. */
export async function promoting(run: Run): Promise<Ending<'promote'>> {
  const { topology, target, ports, limits } = run;
  const deadline = ports.clock.now() + limits.phase.promote;
  // Inside a cluster Aurora may be moving the writer by itself. That is what was asked for, and no change: it is waited for first.
  let isChecked = run.move !== 'inside';
  const changed = isChecked ? await whatStaysChanged(run) : undefined;
  if (changed !== undefined) return { signal: 'changed', detail: changed };
  const procedure = ports.fleet.promote(topology, target, run.promotion);
  let denials = 0;
  for (;;) {
    const looked = looking(run, () => procedure.next(run.attemptsIn('promote')));
    const [, look] = await Promise.all([run.pass(true), looked]);
    denials = look.kind === 'denied' ? denials + 1 : 0;
    const step = stepOf(run, look, denials);
    // Done, or on its way, without a call of ours in this phase: only looking tells more.
    if (step.kind === 'done') return { signal: 'unclear', detail: step.proof };
    if (step.kind === 'stuck') return { signal: 'changed', detail: step.problem };
    const refused = run.attemptsIn('promote').filter(({ outcome }) => outcome === 'refused');
    if (ports.clock.now() >= deadline) {
      // What stood in its way so long may be a promotion: somebody else's, or one of ours whose answer was wrong.
      const signal = refused.length > 0 && step.kind === 'wait' ? 'unclear' : 'changed';
      return { signal, detail: `${target} cannot be promoted: ${step.title}` };
    }
    if (step.kind === 'do' && refused.length >= REFUSALS) {
      return { signal: 'refused', detail: refused.at(-1)?.problem ?? 'it was refused' };
    }
    if (step.kind === 'wait') {
      await run.wait(step.seconds, step.title);
      continue;
    }
    if (!isChecked) {
      isChecked = true;
      const since = await whatStaysChanged(run);
      if (since !== undefined) return { signal: 'changed', detail: since };
      continue;
    }
    // The look took its time, and after this call nobody can stop any more.
    await run.checkpoint(true);
    const answer = await perform(run, 'promote', 'promote', step);
    if (answer.outcome === 'done') return { signal: 'ok' };
    if (answer.outcome === 'unclear') return { signal: 'unclear', detail: answer.problem };
    await run.wait(backoff(run, 'promote'), `${step.title}, again: ${answer.problem}`);
  }
}

/** What passes, as a connection that failed, is no change: after the fence an end costs more than a second look. */
async function whatStaysChanged(run: Run): Promise<string | undefined> {
  for (let looks = 1; ; looks += 1) {
    const changed = await whatChanged(run);
    if (changed === undefined || looks >= run.limits.failedLooks) return changed;
    await run.wait(run.limits.poll, `another look: ${changed}`);
    await run.checkpoint(true);
  }
}

type Look = Step | { readonly kind: 'denied'; readonly problem: string };

async function looking(run: Run, look: () => Promise<Step>): Promise<Look> {
  try {
    return await look();
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    if (error.family === 'refused') return { kind: 'denied', problem: error.message };
    return { kind: 'wait', title: error.message, seconds: run.limits.poll };
  }
}

/** A look that is denied once may be denied by mistake. Denied again and again, it stays so. */
function stepOf({ limits }: Run, look: Look, denials: number): Step {
  if (look.kind !== 'denied') return look;
  const { problem } = look;
  if (denials >= limits.failedLooks) return { kind: 'stuck', problem };
  return { kind: 'wait', title: problem, seconds: limits.poll };
}

/** Anything that is not as it was approved; undefined: it is. */
async function whatChanged(run: Run): Promise<string | undefined> {
  // Where the cloud moves the primary itself nothing was frozen: what counts is whether it still can.
  return run.kind === 'switchover' && run.move === 'stepwise' ? movedSince(run) : lostSince(run);
}

/** The frozen primary must stand where it stood, and the target there, too. */
async function movedSince(run: Run): Promise<string | undefined> {
  const { topology, target } = run;
  const frozen = run.last('frozen')?.position;
  const [primary, candidate] = await Promise.all([askNow(run, topology.primary), askNow(run, target)]);
  if (frozen === undefined) return 'no position was captured';
  if (primary.acceptsWrites !== 'no') return `${topology.primary} is not frozen any more`;
  if (primary.position === undefined || writtenMark(primary.position) !== writtenMark(frozen)) {
    return `${topology.primary} was at ${markOf(frozen) ?? 'a position'} when it was frozen, and is at ${markOf(primary.position ?? {}) ?? 'an unknown one'}: somebody still writes`;
  }
  const { log, position = log } = candidate;
  if (position === undefined || !hasReached(position, frozen)) {
    return `${target} has not applied everything any more`;
  }
  return undefined;
}

/** The candidate is looked at again, and the loss is reckoned anew now that the fence stands. */
async function lostSince(run: Run): Promise<string | undefined> {
  const before = run.observation ?? (await lookAround(run));
  const observation = await refreshed(run, before);
  run.observation = observation;
  const request = requestOf(run.event, observation);
  if (request === undefined) return `mode ${run.event.mode} promotes nobody`;
  const { findings, chosen } = decide({ ...request, kind: run.kind, target: run.target }, observation);
  const against = findings.filter(
    (each) => each.severity === 'block' && !each.accepted && STILL_COUNTS.includes(each.id),
  );
  if (against.length > 0) return against.map(({ problem, fix }) => `${problem}; ${fix}`).join('; ');
  if (chosen?.loss !== undefined && run.kind === 'failover')
    await run.append({ type: 'loss', loss: lossEstimate(chosen.loss) });
  return undefined;
}

const UNASKED = (id: string): DataPlaneSighting => ({ id, dataPlane: 'unknown', acceptsWrites: 'unknown' });

/** Only the candidate is looked at again: a Region that is lost is not on the way to the promotion. */
async function refreshed(run: Run, before: Observation): Promise<Observation> {
  const { topology, target, ports } = run;
  const only = topology.members.filter(({ id }) => id === target);
  const { members } = await ports.fleet.look({ ...topology, members: only });
  const isAskable = members.find(({ id }) => id === target)?.isAskable ?? true;
  const data = isAskable ? await askNow(run, target) : UNASKED(target);
  const now: Observation = {
    ...before,
    at: ports.clock.now(),
    members: before.members.map((member) => {
      if (member.id !== target) return member;
      const found = members.find(({ id }) => id === target);
      const { address: _, isAskable: _____, ...sighting } = { address: undefined, isAskable: true, ...found };
      const { position: __, lastHeard: ___, ...rest } = member;
      const { log: ____, isFollowing: ______, ...said } = data;
      return { ...rest, ...sighting, ...said };
    }),
  };
  const fenced = run.last('fenced');
  const stoppedAt = fenced?.fence.outcome === 'proven' ? fenced.at : seenPrimary(before).stoppedAt;
  return withStop(now, stoppedAt);
}
