import { promotedTo, type Member, type MemberId, type Topology } from '../../../topology';
import type { SqlInstances } from '../../gcp/sql/sql-instances';
import type { FakeInstance } from '../../gcp/sql/fake-instance';
import { identifierOf } from '../stage-seeds';

/**
 * The topology as a person writes it after a promotion on Google: of a designated pair that was turned round nobody is retired, and
 * the old primary is the DR replica; else the old one is, and there are the replicas that the runbook has made.
 */
export function declaredAfterGoogle(topology: Topology, fleet: SqlInstances, primary: MemberId): Topology {
  if (primary === topology.primary) return topology;
  const named = (id: MemberId): string => {
    const member = topology.members.find((each) => each.id === id);
    return member === undefined ? id : identifierOf(topology, member);
  };
  const { gcp } = topology;
  const old = fleet.find(named(topology.primary));
  if (gcp !== undefined && old !== undefined && fleet.sourceOf(old) === named(primary)) {
    return { ...topology, primary, gcp: { ...gcp, drReplica: topology.primary } };
  }
  const after = promotedTo(topology, primary);
  const known = new Set(after.members.map((member) => identifierOf(topology, member)));
  const added = fleet.all.filter((each) => fleet.sourceOf(each) !== undefined && !known.has(each.name));
  const model = after.members.find(({ id }) => id === primary);
  const members = [...after.members, ...added.map((instance) => memberOf(topology, instance, model))];
  if (gcp === undefined) return { ...after, members };
  const { drReplica: _, ...rest } = gcp;
  return { ...after, members, gcp: rest };
}

function memberOf({ name }: Topology, instance: FakeInstance, model: Member | undefined): Member {
  const prefix = `${name}-`;
  const id = instance.name.startsWith(prefix) ? instance.name.slice(prefix.length) : instance.name;
  return {
    ...{ id, region: instance.region, storage: {}, promotion: 1, tags: {}, aws: {} },
    ...(model && { replicaOf: model.id }),
    gcp: { flags: {}, network: {}, ...model?.gcp, name: instance.name },
  };
}
