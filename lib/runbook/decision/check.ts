import { formatDuration, type MemberId, type Seconds } from '../../topology';
import type { Acceptance, RunbookFinding } from '../contract';
import type { Candidates, EligibleCandidate } from './candidates';
import type { Move } from './move';
import type { Observation } from './observation';
import type { Policy } from './policy';
import type { Request } from './request';

/** What a check looks at. */
export interface Case {
  readonly request: Request;
  readonly observation: Observation;
  readonly candidates: Candidates;
  readonly policy: Policy;
  /** Whom this run would promote. */
  readonly chosen?: EligibleCandidate;
}

/** What is wrong, and what to do. */
export interface Message {
  readonly problem: string;
  readonly fix: string;
}

/** One thing that preflight looks for. */
export interface Check {
  readonly id: string;
  readonly severity: RunbookFinding['severity'];
  /** What would make two primaries, or promote nobody, cannot be accepted by its id. */
  readonly acceptance: Acceptance;
  /** Where it is looked for. @default everywhere */
  readonly moves?: readonly Move[];
  /** Undefined: all is well. */
  readonly look: (each: Case) => Message | undefined;
}

/** Most loss that is allowed: what the event says, else the objective. Nothing said is nothing allowed. */
export function lossBound({ request, policy }: Pick<Case, 'request' | 'policy'>): Seconds {
  return request.kind === 'switchover' ? 0 : (request.acceptDataLoss ?? policy.maxDataLoss ?? 0);
}

/** A length of time for a person: whole seconds, rounded up. */
export function whole(seconds: Seconds): string {
  return formatDuration(Math.ceil(seconds));
}

/** Ids as a person lists them. */
export function listed(ids: readonly MemberId[], last: 'and' | 'or'): string {
  return ids.length < 2 ? ids.join('') : `${ids.slice(0, -1).join(', ')} ${last} ${ids.at(-1) ?? ''}`;
}
