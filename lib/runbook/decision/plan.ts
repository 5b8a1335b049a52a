import type { Plan } from '../contract';
import type { EligibleCandidate } from './candidates';
import { lossBound, type Case } from './check';
import { instantText } from './instant-text';
import { courseOf } from './course';
import { lossEstimate } from './loss';
import { moveOf } from './move';

/** The plan that follows from what was seen: what a run is going to do, as a person approves it. */
export function planFor(each: Case, chosen: EligibleCandidate): Plan {
  const { request, observation, policy } = each;
  const { kind, override = [], acceptSplitBrainRisk: splitBrainRisk } = request;
  const { topology, lastPromotion } = observation;
  const { primary } = topology;
  const { member: target, loss } = chosen;
  const isPlanned = kind === 'switchover';
  const isLossless = isPlanned || moveOf(topology) === 'inside';
  const { fence, irreversible, duration, steps } = courseOf(each, target);
  const unplannedLoss = loss === undefined ? 'unknown' : lossEstimate(loss);
  return {
    mode: kind,
    topology: topology.name,
    primary,
    target,
    loss: isLossless ? 'nothing' : unplannedLoss,
    lossBound: lossBound({ request, policy }),
    fence,
    irreversible,
    accepted: [...new Set(override)].toSorted(),
    ...(splitBrainRisk === undefined ? {} : { splitBrainRisk }),
    ...(lastPromotion === undefined ? {} : { lastPromotion: instantText(lastPromotion) }),
    duration,
    steps: [...steps],
  };
}

/**
 * The plan as a text that is equal exactly when what a person approves is: its hash is what they send back.
 *
 * In it is what they decide: who replaces whom, how, how the old one is silenced, what it may cost at most, and what they
 * accept by name. Not in it is what changes by itself while they read: the estimates. A loss that grows above its bound is
 * refused by preflight, whatever was approved. The last promotion is in it so that an approval is good for one promotion only.
 */
export function fingerprint(plan: Plan): string {
  const { mode, topology, primary, target, fence, irreversible, lossBound: bound, accepted } = plan;
  const { splitBrainRisk: risk, lastPromotion = null } = plan;
  const named = risk === undefined ? null : [risk.by, risk.reason];
  return JSON.stringify([
    ...['understudy plan 1', mode, topology, primary, target, fence, irreversible],
    ...[bound, accepted, named, lastPromotion],
  ]);
}
