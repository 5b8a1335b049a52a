import type { Finding } from '../finding';
import type { Topology } from '../topology';
import { TopologyView } from '../topology-view';
import { DURABILITY_RULES } from './durability-rules';
import { ENGINE_RULES } from './engine-rules';
import { judgeable, VALUE_RULES } from './judgeable';
import { LINEAGE_RULES } from './lineage-rules';
import { NAMING_RULES } from './naming-rules';
import { PLACEMENT_RULES } from './placement-rules';
import { PROMOTION_RULES } from './promotion-rules';
import type { Rule } from './rule';
import { RUNBOOK_RULES } from './runbook-rules';
import { SECURITY_RULES } from './security-rules';
import { SIZE_RULES } from './size-rules';
import { STORAGE_RULES } from './storage-rules';

/** Every rule, in the order in which findings are reported. */
export const RULES: readonly Rule[] = [
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
];

/** All that the rules find in a topology: errors first, each in the order of the rules. */
export function findingsIn(topology: Topology): readonly Finding[] {
  const asItIs = new TopologyView(topology);
  const judged = new TopologyView(judgeable(topology));
  const findings = RULES.flatMap((rule) => rule.check(VALUE_RULES.has(rule.code) ? asItIs : judged));
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ];
}

export type { Rule } from './rule';
