import type { ReplicationMember } from './replication-member';

/**
 * A warning for each Region whose replicas nobody watches although others are watched. When nobody watches anything, alarms
 * are most likely made elsewhere.
 */
export function unwatchedRegions(
  members: readonly ReplicationMember[],
  watched: ReadonlySet<string | undefined>,
): readonly string[] {
  if (watched.size === 0) return [];
  const replicas = members.filter(({ role, declared }) => role === 'replica' && !watched.has(declared.region));
  return [...new Set(replicas.map(({ declared }) => declared.region))].map((region = '?') => {
    const ids = replicas.filter(({ declared }) => declared.region === region).map(({ memberId }) => memberId);
    return `nobody watches the lag of ${ids.join(', ')} in ${region}. Allowed: ReplicationLagAlarms in each Region with replicas, where their metrics are. Fix: add one to the stack of ${region}.`;
  });
}
