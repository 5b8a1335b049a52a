export { appliedTo, comparePositions } from './applied-to';
export {
  candidatesIn,
  type Candidates,
  type EligibleCandidate,
  type ExcludedMember,
  type Exclusion,
} from './candidates';
export { lossOf, type Loss } from './loss';
export {
  seen,
  type Instant,
  type LagSample,
  type MemberObservation,
  type Observation,
  type Obstacle,
  type Position,
  type Reach,
  type Replication,
} from './observation';
export { TRANSITIONS, transition, type Kind, type Signal, type Transition } from './phase-table';
export { policyFor, type Policy } from './policy';
export { choose, preflight, type PreflightFinding, type Request } from './preflight';
export { stateDiagram } from './state-diagram';
export { witnesses } from './witness';
export { fingerprint, planFor, type RunPlan } from './plan';
