export { aliveUntil } from './alive-until';
export { approvalOf, type Approval } from './approval';
export {
  candidateList,
  candidatesIn,
  type Candidates,
  type EligibleCandidate,
  type ExcludedMember,
} from './candidates';
export { decide, type Decision } from './decide';
export type { Exclusion } from './exclusion';
export { fenceVerdict, type FenceVerdict } from './fence-verdict';
export { instantText } from './instant-text';
export { lossEstimate, lossOf, worstOf, type Loss } from './loss';
export {
  seen,
  seenPrimary,
  type Instant,
  type LagSample,
  type MemberObservation,
  type Observation,
  type Obstacle,
  type Position,
  type Reach,
  type Replication,
} from './observation';
export { DETACH, moveOf, moveOfRun, type Move, type RunMove } from './move';
export { outcomeOf } from './outcome';
export { TRANSITIONS, transition, type Transition } from './phase-table';
export { fingerprint, planFor } from './plan';
export { policyFor, type Policy } from './policy';
export { isBlocking, preflight } from './preflight';
export { requestOf, type Request } from './request';
export { resumeAt } from './resume';
export { SIGNALS, type Kind, type Signal, type SignalOf } from './signals';
export { stateDiagram } from './state-diagram';
export { witnesses, type Witness } from './witness';
