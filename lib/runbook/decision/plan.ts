import { formatDuration, type Seconds } from '../../topology';
import type { Plan } from '../contract';
import type { EligibleCandidate } from './candidates';
import { lossBound, type Case } from './check';
import { instantText } from './instant-text';
import { lossEstimate } from './loss';

/**
 * How long the cloud takes, from published figures; nobody measured them for this database.
 *
 * Promotion of an RDS replica: "several minutes or longer". A reboot: one to two minutes.
 */
const PROMOTION: Seconds = 300;
const FENCE: Seconds = 120;

/** The plan that follows from what was seen: what a run is going to do, as a person approves it. */
export function planFor({ request, observation, policy }: Case, chosen: EligibleCandidate): Plan {
  const { kind, override = [], acceptSplitBrainRisk: splitBrainRisk } = request;
  const { topology, lastPromotion } = observation;
  const { primary } = topology;
  const { member: target, loss } = chosen;
  const isPlanned = kind === 'switchover';
  const fence = isPlanned
    ? `freeze ${primary}: no more writes, its position captured twice and equal`
    : `fence ${primary}: quarantine it, end its sessions, prove that nobody can write`;
  const unplannedLoss = loss === undefined ? 'unknown' : lossEstimate(loss);
  return {
    mode: kind,
    topology: topology.name,
    primary,
    target,
    loss: isPlanned ? 'nothing' : unplannedLoss,
    lossBound: lossBound({ request, policy }),
    fence,
    irreversible: `promote ${target}: it never follows ${primary} again`,
    accepted: [...new Set(override)].toSorted(),
    ...(splitBrainRisk === undefined ? {} : { splitBrainRisk }),
    ...(lastPromotion === undefined ? {} : { lastPromotion: instantText(lastPromotion) }),
    duration: (isPlanned ? 0 : FENCE) + PROMOTION,
    steps: [
      fence,
      ...(isPlanned ? [`wait until ${target} has applied that position`] : []),
      `promote ${target} (about ${formatDuration(PROMOTION)}; cannot be undone)`,
      `turn on backups, standby and deletion protection of ${target}`,
      `point the writer endpoints to ${target}, and stale readers away`,
      `create replicas of ${target}; keep ${primary}, fenced`,
    ],
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
