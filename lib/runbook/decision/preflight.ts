import { formatDuration, type MemberId, type Seconds } from '../../topology';
import type { Candidates, EligibleCandidate } from './candidates';
import { seen, type Observation } from './observation';
import type { Policy } from './policy';
import { witnesses } from './witness';

/** One thing that preflight saw. */
export interface PreflightFinding {
  readonly id: string;
  /** `block` stops the run unless it is accepted. */
  readonly severity: 'block' | 'warn';
  readonly problem: string;
  readonly fix: string;
  /** Whether naming it in the event accepts it. What would make two primaries, or promote nobody, cannot be accepted so. */
  readonly overridable: boolean;
}

/** What was asked, as far as it decides. */
export interface Request {
  readonly mode: 'switchover' | 'failover';
  readonly target?: MemberId;
  readonly expectedPrimary?: MemberId;
  readonly acceptDataLoss?: Seconds;
}

interface Case {
  readonly request: Request;
  readonly observation: Observation;
  readonly candidates: Candidates;
  readonly policy: Policy;
  /** Whom this run would promote. */
  readonly chosen?: EligibleCandidate;
}

interface Check {
  readonly id: string;
  readonly severity: PreflightFinding['severity'];
  readonly overridable: boolean;
  readonly when: (each: Case) => boolean;
  readonly message: (each: Case) => { readonly problem: string; readonly fix: string };
}

/** Whom a run would promote: the one that is asked for, else the best. */
export function choose({ target }: Request, { eligible }: Candidates): EligibleCandidate | undefined {
  return target === undefined ? eligible[0] : eligible.find(({ member }) => member === target);
}

/** Everything that stands against a run, or is worth knowing before it. */
export function preflight(
  request: Request,
  observation: Observation,
  candidates: Candidates,
  policy: Policy,
): readonly PreflightFinding[] {
  const each: Case = { request, observation, candidates, policy, chosen: choose(request, candidates) };
  const broken = CHECKS.filter(({ when }) => when(each));
  return [
    ...broken.map(({ id, severity, overridable, message }) => ({ id, severity, overridable, ...message(each) })),
    ...observation.obstacles,
  ];
}

function primaryOf({ observation }: Case) {
  return seen(observation, observation.topology.primary);
}

/** Most loss that the objective and the event allow together. */
function allowedLoss({ policy, request }: Case): Seconds {
  return Math.max(policy.maxDataLoss ?? 0, request.acceptDataLoss ?? 0);
}

/** A member that cannot be promoted now, although it was ahead of the one that would be. */
function fresher({ candidates, chosen, policy }: Case): MemberId | undefined {
  if (chosen === undefined) return undefined;
  return candidates.excluded.find(
    ({ exclusion, position }) =>
      ['cannot be reached', 'is not ready', 'does not replicate'].includes(exclusion) &&
      position !== undefined &&
      position.appliedTo > chosen.position.appliedTo + policy.tolerance,
  )?.member;
}

const CHECKS: readonly Check[] = [
  {
    id: 'wrong-primary',
    severity: 'block',
    overridable: false,
    when: ({ request, observation }) =>
      request.expectedPrimary !== undefined && request.expectedPrimary !== observation.topology.primary,
    message: ({ request, observation }) => ({
      problem: `${request.expectedPrimary} was expected to be the primary, and ${observation.topology.primary} is`,
      fix: 'look at the status again: somebody else may have promoted meanwhile',
    }),
  },
  {
    id: 'target-not-eligible',
    severity: 'block',
    overridable: false,
    when: ({ request, chosen }) => request.target !== undefined && chosen === undefined,
    message: ({ request, candidates, observation }) => ({
      problem:
        candidates.excluded.find(({ member }) => member === request.target)?.reason ??
        `${request.target} is no member of ${observation.topology.name}`,
      fix: `choose ${candidates.eligible.map(({ member }) => member).join(' or ') || 'nobody: no member can be promoted now'}`,
    }),
  },
  {
    id: 'no-candidate',
    severity: 'block',
    overridable: false,
    when: ({ request, chosen }) => request.target === undefined && chosen === undefined,
    message: ({ candidates }) => ({
      problem: `no member can be promoted: ${candidates.excluded.map(({ reason }) => reason).join('; ')}`,
      fix: 'mend one of them, or restore a backup',
    }),
  },
  {
    id: 'primary-unreachable',
    severity: 'block',
    overridable: false,
    when: (each) => each.request.mode === 'switchover' && primaryOf(each).dataPlane !== 'reachable',
    message: (each) => ({
      problem: `the primary ${primaryOf(each).id} cannot be reached (${primaryOf(each).dataPlane}), so it cannot be frozen`,
      fix: 'a switchover needs it alive; use failover when it is lost',
    }),
  },
  {
    id: 'primary-alive',
    severity: 'block',
    overridable: true,
    when: (each) =>
      each.request.mode === 'failover' &&
      primaryOf(each).dataPlane === 'reachable' &&
      primaryOf(each).acceptsWrites !== 'no',
    message: (each) => ({
      problem: `the primary ${primaryOf(each).id} answers and takes writes`,
      fix: 'use switchover, which loses nothing',
    }),
  },
  {
    id: 'second-witness',
    severity: 'block',
    overridable: true,
    when: (each) =>
      each.request.mode === 'failover' &&
      primaryOf(each).dataPlane !== 'reachable' &&
      witnesses(each.observation, each.policy).length > 0,
    message: (each) => ({
      problem: `${witnesses(each.observation, each.policy).join(' and ')} still hears from the primary ${primaryOf(each).id}: it is alive, only not reachable from here`,
      fix: 'mend the network, or run the switchover from where the primary can be reached',
    }),
  },
  {
    id: 'cooling-down',
    severity: 'block',
    overridable: true,
    when: ({ observation, policy }) =>
      observation.lastPromotion !== undefined && observation.at - observation.lastPromotion < policy.coolDown,
    message: ({ observation, policy }) => ({
      problem: `the last promotion ended ${formatDuration(Math.floor(observation.at - (observation.lastPromotion ?? 0)))} ago`,
      fix: `wait until ${formatDuration(policy.coolDown)} have passed, or find out first why it has to be again`,
    }),
  },
  {
    id: 'loss-unknown',
    severity: 'block',
    overridable: true,
    when: ({ request, chosen }) => request.mode === 'failover' && chosen !== undefined && chosen.loss === undefined,
    message: ({ chosen }) => ({
      problem: `how much promoting ${chosen?.member} would lose cannot be told: the primary was never seen alive`,
      fix: 'look for its last sign of life, or accept that any amount may be lost',
    }),
  },
  {
    id: 'loss-too-large',
    severity: 'block',
    overridable: false,
    when: (each) =>
      each.request.mode === 'failover' &&
      (each.chosen?.loss?.seconds ?? 0) + (each.chosen?.loss?.error ?? 0) > allowedLoss(each),
    message: (each) => {
      const worst = Math.ceil((each.chosen?.loss?.seconds ?? 0) + (each.chosen?.loss?.error ?? 0));
      return {
        problem: `promoting ${each.chosen?.member} may lose ${formatDuration(worst)} of acknowledged writes, and ${formatDuration(allowedLoss(each))} are allowed`,
        fix: `accept it with acceptDataLoss: ${worst}`,
      };
    },
  },
  {
    id: 'fresher-sibling',
    severity: 'block',
    overridable: true,
    when: (each) => each.request.mode === 'failover' && fresher(each) !== undefined,
    message: (each) => ({
      problem: `${fresher(each)} had applied more than ${each.chosen?.member} when it was last heard of, and cannot be promoted now`,
      fix: `bring ${fresher(each)} back, or accept that its writes are lost`,
    }),
  },
  {
    id: 'blind-to-primary',
    severity: 'warn',
    overridable: true,
    when: (each) => primaryOf(each).controlPlane !== 'reachable',
    message: (each) => ({
      problem: `the cloud's API does not answer for ${primaryOf(each).id} (${primaryOf(each).controlPlane}): it cannot be fenced from here`,
      fix: 'stop its clients by other means, and say who takes the risk in acceptSplitBrainRisk',
    }),
  },
];
