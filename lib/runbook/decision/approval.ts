import type { Signal } from './signals';

/** What a person has said about a plan. */
export interface Approval {
  readonly signal: Extract<Signal, 'ok' | 'plan only' | 'not approved'>;
  readonly problem?: string;
  readonly fix?: string;
}

interface Question {
  readonly isPlanOnly: boolean;
  /** Hash of the plan that follows from what is seen now. */
  readonly planHash: string;
  /** Hash of the plan that a person has read. */
  readonly approve?: string | undefined;
}

/** Whether the plan of now is the plan that was approved. */
export function approvalOf({ isPlanOnly, planHash, approve }: Question): Approval {
  if (isPlanOnly) return { signal: 'plan only' };
  if (approve === planHash) return { signal: 'ok' };
  if (approve === undefined) {
    return {
      signal: 'not approved',
      problem: `nobody has approved the plan ${planHash}`,
      fix: `read the plan, and call again with approve: ${planHash}`,
    };
  }
  return {
    signal: 'not approved',
    problem: `the plan that was approved is ${approve}, and the plan now is ${planHash}`,
    fix: `what was asked, or what is seen, has changed: read the plan again, and call again with approve: ${planHash}`,
  };
}
