import type { MemberId, Role } from '../topology';

interface Watchable {
  readonly memberId: MemberId;
  readonly role: Role;
  readonly declared: { readonly region?: string };
}

/**
 * A warning for each Region of which nobody watches the members although others are watched. When nobody watches anything,
 * alarms are most likely made elsewhere.
 *
 * @param members those that have a lag, or will have one when the primary moves
 * @param alarms the construct that watches one Region
 */
export function unwatchedRegions(
  members: readonly Watchable[],
  watched: ReadonlySet<string | undefined>,
  alarms: string,
): readonly string[] {
  if (watched.size === 0) return [];
  const unwatched = members.filter(({ declared }) => !watched.has(declared.region));
  return [...new Set(unwatched.map(({ declared }) => declared.region))].map((region = '?') => {
    const ids = unwatched.filter(({ declared }) => declared.region === region).map(({ memberId }) => memberId);
    return `nobody watches the lag of ${ids.join(', ')} in ${region}. Allowed: ${alarms} in each Region with replicas, where their metrics are. Fix: add one to the stack of ${region}.`;
  });
}
