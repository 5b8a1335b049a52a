import { promotedTo, type Member, type MemberId, type Topology } from '../../topology';
import type { Instance } from '../rds/instance';
import { identifierOf } from './stage-seeds';

/** The topology as a person writes it after a promotion: the new primary, and the replicas of it that the runbook has made. */
export function declaredAfter(topology: Topology, instances: readonly Instance[], primary: MemberId): Topology {
  if (primary === topology.primary) return topology;
  const after = promotedTo(topology, primary);
  const known = new Set(after.members.map((member) => identifierOf(topology, member)));
  const added = instances.filter(({ id, source }) => source !== undefined && !known.has(id));
  const model = after.members.find(({ id }) => id === primary);
  return { ...after, members: [...after.members, ...added.map((instance) => memberOf(topology, instance, model))] };
}

function memberOf(
  { name, primary: _, ...topology }: Topology,
  { id, region }: Instance,
  model: Member | undefined,
): Member {
  const prefix = `${name.toLowerCase()}-`;
  const member = id.startsWith(prefix) ? id.slice(prefix.length) : id;
  const like = model ?? topology.members[0];
  return {
    ...{ id: member, region, storage: {}, promotion: 1, tags: {}, aws: { identifier: id } },
    ...(like === undefined ? {} : { replicaOf: like.id }),
  };
}
