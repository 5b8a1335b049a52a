import { promotedTo, TopologyView, UnderstudyError, type Topology } from '../../topology';
import type { Standing } from './ports';

/**
 * The topology as it stands: what the program declares, and the promotion that it does not know of yet.
 *
 * Until somebody changes it, the program names the primary of before. Once it names another one than at the time of the last
 * promotion, somebody has decided anew, and the program counts.
 *
 * @throws UnderstudyError `standing-unknown` when the member that was promoted last is not declared any more
 */
export function effectiveTopology(declared: Topology, { primary, declared: then }: Standing): Topology {
  if (primary === undefined || primary === declared.primary || declared.primary !== then) return declared;
  const member = new TopologyView(declared).get(primary);
  if (member !== undefined && member.retired === undefined) return promotedTo(declared, primary);
  throw new UnderstudyError(
    'standing-unknown',
    `${primary} was promoted last, and ${declared.name} declares ${declared.primary} as the primary and has no active member ${primary}; allowed: a program that knows it; fix: declare ${primary}, and primary: ${primary}, and deploy`,
  );
}
