export { firestoreDatabase, fittingName, googleFunctionName } from './google-names';
export {
  googleRunbookSettingsSchema,
  settingsDocument,
  type GoogleEndpointSetting,
  type GoogleRunbookSettings,
} from './google-runbook-settings';
export { parseEvent, parseResult } from './parse-message';
export { OUTCOMES, PHASES, type Outcome, type Phase } from './phase';
export { MODES, runbookEventSchema, type Mode, type RunbookEvent } from './runbook-event';
export {
  ACCEPTANCES,
  runbookResultSchema,
  type Acceptance,
  type Candidate,
  type FenceOutcome,
  type LossEstimate,
  type Plan,
  type RunbookFinding,
  type RunbookResult,
  type SplitBrainRisk,
} from './runbook-result';
export {
  QUARANTINE_TAG,
  runbookSettingsSchema,
  SETTINGS_VARIABLE,
  settingsParameter,
  USUAL_TTL,
  usualParameter,
  type EndpointSetting,
  type RunbookSettings,
} from './runbook-settings';
