import { IDLE_CLIMB, type Seconds, type Topology } from '../../topology';

/** What is negotiable in a decision. */
export interface Policy {
  /** Width of the steps in which positions are compared. Only inside one step does the priority decide. */
  readonly tolerance: Seconds;
  /** A member that has heard from the primary no longer ago proves that it is alive. */
  readonly freshness: Seconds;
  /** How far a lag may climb although the primary is alive, because it is idle. */
  readonly idleClimb: Seconds;
  /** The time that one sample of a lag stands for: how much it may be out of date. */
  readonly samplePeriod: Seconds;
  /** How long a receiver may wait for a source that is gone, and report a lag of 0 all the while. */
  readonly silence: Seconds;
  /** Most that any two clocks may differ. */
  readonly clockSkew: Seconds;
  /** Time after a promotion in which another one is refused. */
  readonly coolDown: Seconds;
  /** Lag with which a switchover may begin: writes stand still for about as long. */
  readonly maxCatchUp: Seconds;
  /** Most data loss without consent; undefined: any loss needs consent. */
  readonly maxDataLoss?: Seconds;
  /** Time between reading a plan and approving it, for which a consent that is proposed makes room. */
  readonly deliberation: Seconds;
}

/**
 * The policy that a topology's objectives ask for.
 *
 * The cool-down is that of orchestrator's `RecoveryPeriodBlockSeconds` (3600 s); samples are CloudWatch's (one a minute).
 * PostgreSQL's lag is the age of the newest write that was applied: it climbs while the primary is idle, and when it is gone.
 * Elsewhere it is 0 when all that has arrived is applied, also while nothing arrives, until the receiver gives up
 * (MySQL's `replica_net_timeout`: 60 s). None of this, nor how far clocks differ, was measured on RDS.
 */
export function policyFor({ objectives, engine, heartbeat }: Topology): Policy {
  return {
    tolerance: 1,
    freshness: 30,
    idleClimb: engine.name === 'postgres' ? (heartbeat ?? IDLE_CLIMB) : 0,
    samplePeriod: 60,
    silence: engine.name === 'postgres' ? 0 : 60,
    clockSkew: 1,
    coolDown: 3600,
    maxCatchUp: objectives.lag,
    maxDataLoss: objectives.dataLoss,
    deliberation: 900,
  };
}
