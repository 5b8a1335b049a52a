import { isUnderstudyError, TopologyView } from '../../../topology';
import { approvalOf, candidateList, lossEstimate, requestOf, seen, type Observation } from '../../decision';
import type { Ending } from '../ending';
import { decided, lookAround } from '../look-around';
import { planHash } from '../plan-hash';
import type { Run } from '../run';

/** Looks at everything. Without a single candidate in sight there is nothing to decide. */
export async function observing(run: Run): Promise<Ending<'observe'>> {
  let observation: Observation;
  try {
    [observation] = await Promise.all([lookAround(run), run.arrive(true)]);
  } catch (error) {
    // Who may not look will not be let look later: nothing was changed yet, so the run can end.
    if (!isUnderstudyError(error) || error.family !== 'refused' || run.event.mode === 'plan') throw error;
    return { signal: 'unclear', detail: error.message };
  }
  const { promotable } = new TopologyView(run.topology);
  const inSight = promotable.filter(({ id }) => seen(observation, id).controlPlane === 'reachable');
  if (promotable.length === 0 || inSight.length > 0) return { signal: 'ok' };
  const ids = promotable.map(({ id }) => id).join(', ');
  return { signal: 'unclear', detail: `the cloud's API answers for none of ${ids}` };
}

/** Decides, and writes down what was found. */
export async function checking(run: Run): Promise<Ending<'preflight'>> {
  await run.pass(true);
  const observation = run.observation ?? (await lookAround(run));
  const decision = decided(run, observation);
  if (decision === undefined) return { signal: 'blocked', detail: `mode ${run.event.mode} promotes nobody` };
  run.decision = decision;
  const { chosen, plan } = decision;
  await run.append({
    type: 'observed',
    findings: decision.findings,
    candidates: candidateList(decision.candidates),
    ...(chosen?.loss === undefined || run.kind === 'switchover' ? {} : { loss: lossEstimate(chosen.loss) }),
  });
  if (plan !== undefined) await run.append({ type: 'planned', plan, planHash: planHash(plan) });
  return decision.isBlocked ? { signal: 'blocked' } : { signal: 'ok' };
}

/** Whom: that was decided with the rest. */
export async function choosing(run: Run): Promise<Ending<'choose'>> {
  await run.pass(true);
  return run.decision?.chosen === undefined ? { signal: 'nobody' } : { signal: 'ok' };
}

/** Holds the plan of now against the one that was read. */
export async function approving(run: Run): Promise<Ending<'approve'>> {
  // The last before anything is changed.
  await run.checkpoint(true);
  const { mode, approve } = run.event;
  const hash = run.last('planned')?.planHash ?? '';
  const { signal, problem, fix } = approvalOf({ isPlanOnly: mode === 'plan', planHash: hash, approve });
  return problem === undefined ? { signal } : { signal, detail: `${problem}; ${fix ?? ''}` };
}

/** Of a plan, which kind of run it is for follows from what is seen. */
export function kindOf(
  run: Pick<Run, 'event'>,
  observation: Parameters<typeof requestOf>[1],
): 'switchover' | 'failover' {
  return requestOf(run.event, observation)?.kind ?? 'failover';
}
