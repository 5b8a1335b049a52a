export { OUTCOMES, PHASES, type Outcome, type Phase } from './phase';
export { MODES, runbookEventSchema, type Mode, type RunbookEvent } from './runbook-event';
export {
  runbookResultSchema,
  type Candidate,
  type FenceOutcome,
  type LossEstimate,
  type Plan,
  type RunbookFinding,
  type RunbookResult,
} from './runbook-result';
