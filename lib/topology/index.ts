export { afterPromotion } from './after-promotion';
export { check, hasErrors, type Checked } from './check';
export { define } from './define';
export { formatDuration, parseDuration } from './duration';
export {
  AURORA_ENGINES,
  canAuthenticateByIam,
  ENGINES,
  ENGINE_NAMES,
  engineMajor,
  INSTANCE_ENGINES,
  type AuroraEngineName,
  type EngineFacts,
  type EngineName,
  type InstanceEngineName,
} from './engines';
export { CloudSqlView } from './gcp/cloud-sql-view';
export { databaseVersion } from './gcp/database-version';
export type * from './gcp/gcp-topology';
export { formatFinding, messageOf, type Finding, type Severity, type TextPosition } from './finding';
export { isAurora, TOPOLOGY_KINDS, type TopologyKind } from './kinds';
export { usualRetention } from './normalise';
export { checkText, parse } from './parse';
export { promotedTo } from './promoted-to';
export { isSince } from './rules/cluster-facts';
export { IDLE_CLIMB } from './rules/durability-rules';
export { readText } from './read-text';
export { RULES, findingsIn, rulesOf, type Rule } from './rules/rules';
export {
  runbookRegions,
  type EndpointRequest,
  type RunbookNetworkRequest,
  type RunbookRegion,
  type RunbookRequest,
} from './runbook-request';
export { topologyJsonSchema, type MemberInput, type TopologyInput } from './schema';
export { duration, name, oneOf, section, text, whole } from './schema-leaves';
export { shapeFindings, type Shape } from './shape-findings';
export type * from './topology';
export { TopologyRefused } from './topology-refused';
export { TopologyView } from './topology-view';
export { UnderstudyError, isUnderstudyError, type ErrorFamily } from './understudy-error';
