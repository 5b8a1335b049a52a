/*
 * What programs of others may rely on: asking and understanding a runbook, its decisions alone, and its engine over ports of
 * one's own. The ports on AWS are in the functions and in the command, which have the SDK in them: it is no dependency of
 * this package.
 */

export {
  ACCEPTANCES,
  MODES,
  OUTCOMES,
  parseEvent,
  parseResult,
  PHASES,
  type Acceptance,
  type Candidate,
  type FenceOutcome,
  type LossEstimate,
  type Mode,
  type Outcome,
  type Phase,
  type Plan,
  type RunbookEvent,
  type RunbookFinding,
  type RunbookResult,
  type SplitBrainRisk,
} from './contract';
export {
  decide,
  policyFor,
  type Decision,
  type Instant,
  type Kind,
  type LagSample,
  type MemberObservation,
  type Observation,
  type Obstacle,
  type Policy,
  type Position,
  type Reach,
  type Replication,
  type Request,
} from './decision';
export {
  MemoryLedger,
  runRunbook,
  USUAL_LIMITS,
  watch,
  type Host,
  type Limits,
  type Stage,
  type Watched,
} from './execution';
export type * from './execution/ports';
