import { UnderstudyError, type Member, type MemberId, type Topology } from '../../../../topology';

/** A member, and the name that its instance has in the project. */
export interface Place {
  readonly member: Member;
  readonly name: string;
}

export function placeOf(topology: Topology, member: Member): Place {
  return { member, name: member.gcp?.name ?? `${topology.name}-${member.id}` };
}

/** @throws UnderstudyError `no-such-member` (refused) when nobody of that id is declared */
export function placeById(topology: Topology, id: MemberId): Place {
  const member = topology.members.find((each) => each.id === id);
  if (member !== undefined) return placeOf(topology, member);
  const ids = topology.members.map((each) => each.id).join(', ');
  throw new UnderstudyError(
    'no-such-member',
    `${topology.name} has no member ${id}; allowed: ${ids}; fix: name one of them`,
  );
}
