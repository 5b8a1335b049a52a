import type { Finding } from '../finding';
import type { Cloud, Topology } from '../topology';
import { TopologyView } from '../topology-view';
import { AURORA_CLUSTER_RULES } from './aurora-cluster-rules';
import { AURORA_GLOBAL_RULES } from './aurora-global-rules';
import { AURORA_INSTANCE_RULES } from './aurora-instance-rules';
import { AURORA_REPLICA_RULES } from './aurora-replica-rules';
import { AURORA_SERVERLESS_RULES } from './aurora-serverless-rules';
import { DURABILITY_RULES } from './durability-rules';
import { ENGINE_RULES } from './engine-rules';
import { GCP_DR_RULES } from './gcp-dr-rules';
import { GCP_DURABILITY_RULES } from './gcp-durability-rules';
import { GCP_EDITION_RULES } from './gcp-edition-rules';
import { GCP_LINEAGE_RULES } from './gcp-lineage-rules';
import { GCP_NAMING_RULES } from './gcp-naming-rules';
import { GCP_PLACEMENT_RULES } from './gcp-placement-rules';
import { GCP_PROMOTION_RULES } from './gcp-promotion-rules';
import { GCP_READ_POOL_RULES } from './gcp-read-pool-rules';
import { judgeable, VALUE_RULES } from './judgeable';
import { KIND_RULES } from './kind-rules';
import { LINEAGE_RULES } from './lineage-rules';
import { NAMING_RULES } from './naming-rules';
import { PLACEMENT_RULES } from './placement-rules';
import { PROMOTION_RULES } from './promotion-rules';
import type { Rule } from './rule';
import { RUNBOOK_RULES } from './runbook-rules';
import { SECURITY_RULES } from './security-rules';
import { SIZE_RULES } from './size-rules';
import { STORAGE_RULES } from './storage-rules';

/** Rules of AWS, and those that hold in any cloud. */
const AWS_RULES: readonly Rule[] = [
  ...KIND_RULES,
  ...LINEAGE_RULES,
  ...PROMOTION_RULES,
  ...DURABILITY_RULES,
  ...ENGINE_RULES,
  ...SECURITY_RULES,
  ...PLACEMENT_RULES,
  ...SIZE_RULES,
  ...STORAGE_RULES,
  ...NAMING_RULES,
  ...RUNBOOK_RULES,
  ...AURORA_CLUSTER_RULES,
  ...AURORA_INSTANCE_RULES,
  ...AURORA_SERVERLESS_RULES,
  ...AURORA_REPLICA_RULES,
  ...AURORA_GLOBAL_RULES,
];

/** Rules of Cloud SQL. */
const GCP_RULES: readonly Rule[] = [
  ...GCP_LINEAGE_RULES,
  ...GCP_PROMOTION_RULES,
  ...GCP_DR_RULES,
  ...GCP_DURABILITY_RULES,
  ...GCP_EDITION_RULES,
  ...GCP_READ_POOL_RULES,
  ...GCP_PLACEMENT_RULES,
  ...GCP_NAMING_RULES,
];

/** Those that say nothing of RDS, nor of Cloud SQL. */
const ANY_CLOUD: ReadonlySet<string> = new Set([
  ...['origin-count', 'source-unknown', 'lineage-cycle', 'source-retired', 'follows-nobody'],
  ...['primary-unknown', 'primary-retired', 'primary-not-promotable', 'nothing-promotable', 'region-loss-uncovered'],
  ...['lag-above-data-loss', 'heartbeat-above-lag', 'role-word-in-name'],
]);

/** Every rule, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [...AWS_RULES, ...GCP_RULES];

/** The rules that topologies of a cloud have to keep. */
export function rulesOf(cloud: Cloud): readonly Rule[] {
  return cloud === 'aws' ? AWS_RULES : [...AWS_RULES.filter(({ code }) => ANY_CLOUD.has(code)), ...GCP_RULES];
}

/** All that the rules find in a topology: errors first, each in the order of the rules. */
export function findingsIn(topology: Topology): readonly Finding[] {
  const asItIs = new TopologyView(topology);
  const judged = new TopologyView(judgeable(topology));
  const findings = rulesOf(topology.cloud)
    .filter(({ kinds }) => kinds.includes(topology.kind))
    .flatMap((rule) => rule.check(VALUE_RULES.has(rule.code) ? asItIs : judged));
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ];
}

export type { Rule } from './rule';
