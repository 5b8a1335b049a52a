import type { Plan, RunbookFinding } from '../contract';
import { candidatesIn, type Candidates, type EligibleCandidate } from './candidates';
import type { Case } from './check';
import type { Observation } from './observation';
import { planFor } from './plan';
import { policyFor, type Policy } from './policy';
import { isBlocking, preflight } from './preflight';
import type { Request } from './request';

/** What follows from one look and one request. */
export interface Decision {
  readonly candidates: Candidates;
  /** Whom to promote; undefined: nobody can be. */
  readonly chosen?: EligibleCandidate;
  readonly findings: readonly RunbookFinding[];
  /** A finding stands against it that nobody has accepted. */
  readonly isBlocked: boolean;
  /** Also of a run that is blocked, so that a person sees what would have been. */
  readonly plan?: Plan;
}

/** Whom to promote, what stands against it, and what would be done. */
export function decide(
  request: Request,
  observation: Observation,
  policy: Policy = policyFor(observation.topology),
): Decision {
  const candidates = candidatesIn(observation, request.kind, policy);
  const { target } = request;
  const chosen =
    target === undefined ? candidates.eligible[0] : candidates.eligible.find(({ member }) => member === target);
  const each: Case = { request, observation, candidates, policy, ...(chosen === undefined ? {} : { chosen }) };
  const findings = preflight(each);
  return {
    candidates,
    findings,
    isBlocked: findings.some(isBlocking),
    ...(chosen === undefined ? {} : { chosen, plan: planFor(each, chosen) }),
  };
}
