import type { MemberId, Retired } from './topology';
import type { TopologyInput } from './schema';

/**
 * What a topology has to say after `promoted` was promoted: it is the primary, and whoever does not follow it is retired.
 * In a global database nobody is: after a switchover or a managed failover, all follow the new primary.
 *
 * Nobody's `replicaOf` changes. The replicas that followed the old primary receive nothing any more; new ones are added as
 * new members with `replicaOf` the new primary.
 */
export function afterPromotion(input: TopologyInput, promoted: MemberId): TopologyInput {
  if (input.kind === 'global') return { ...input, primary: promoted };
  const follows = (id: MemberId | undefined, below: readonly MemberId[] = []): boolean =>
    id === promoted ||
    (id !== undefined && !below.includes(id) && follows(input.members[id]?.replicaOf, [...below, id]));
  const members = Object.entries(input.members).map(([id, member]) => {
    const retired: Retired | undefined = member.retired ?? (follows(id) ? undefined : 'kept');
    return [id, retired === undefined ? member : { ...member, retired }] as const;
  });
  return { ...input, primary: promoted, members: Object.fromEntries(members) };
}
