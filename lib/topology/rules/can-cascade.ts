import { ENGINES } from '../engines';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { isAtLeast } from '../version';

/** Whether the member, being what it is now, can have replicas; true as well when the version that decides it is unknown. */
export function canCascade(member: Member, view: TopologyView): boolean {
  if (!view.isReplica(member)) return true;
  const { maxDepth, cascadesFrom } = ENGINES[view.topology.engine.name];
  if (maxDepth === 1) return false;
  return cascadesFrom === undefined || member.version === undefined || isAtLeast(member.version, cascadesFrom);
}
