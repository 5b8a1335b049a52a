import type { Breaker } from './breaker';
import { DURABILITY_BREAKERS } from './durability-breakers';
import { ENGINE_BREAKERS } from './engine-breakers';
import { LINEAGE_BREAKERS } from './lineage-breakers';
import { NAMING_BREAKERS } from './naming-breakers';
import { PLACEMENT_BREAKERS } from './placement-breakers';
import { PROMOTION_BREAKERS } from './promotion-breakers';
import { RUNBOOK_BREAKERS } from './runbook-breakers';
import { SECURITY_BREAKERS } from './security-breakers';
import { STORAGE_BREAKERS } from './storage-breakers';

/** At least one breaker for every rule. */
export const BREAKERS: readonly Breaker[] = [
  ...LINEAGE_BREAKERS,
  ...PROMOTION_BREAKERS,
  ...DURABILITY_BREAKERS,
  ...ENGINE_BREAKERS,
  ...SECURITY_BREAKERS,
  ...PLACEMENT_BREAKERS,
  ...STORAGE_BREAKERS,
  ...NAMING_BREAKERS,
  ...RUNBOOK_BREAKERS,
];
