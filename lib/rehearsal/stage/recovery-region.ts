import { TopologyView, type Topology } from '../../topology';

/** Where a runbook is deployed as a rule: in the Region of the best candidate. */
export function recoveryRegion(topology: Topology): string {
  const replicas = [...new TopologyView(topology).replicas].filter(({ promotion }) => promotion !== 'never');
  const [best] = replicas.sort((a, b) => Number(a.promotion) - Number(b.promotion));
  return best?.region ?? '';
}
