import type { Seconds, Topology } from '../../topology';

/** What is negotiable in a decision. */
export interface Policy {
  /** Positions that differ by no more count as equal: then the priority decides. */
  readonly tolerance: Seconds;
  /** A sibling that has heard from the primary no longer ago proves that it is alive. */
  readonly freshness: Seconds;
  /** Time between two samples of a lag: how much a sample may be out of date. */
  readonly samplePeriod: Seconds;
  /** Time after a promotion in which another one is refused. */
  readonly coolDown: Seconds;
  /** Most data loss without consent; undefined: any loss needs consent. */
  readonly maxDataLoss?: Seconds;
}

/**
 * The policy that a topology's objectives ask for.
 *
 * The cool-down is that of orchestrator's `RecoveryPeriodBlockSeconds` (3600 s); samples are CloudWatch's (one a minute).
 */
export function policyFor({ objectives }: Topology): Policy {
  return { tolerance: 1, freshness: 30, samplePeriod: 60, coolDown: 3600, maxDataLoss: objectives.dataLoss };
}
