import { UnderstudyError, type Member, type MemberId, type Topology } from '../../../../topology';

/** Where RDS has a database instance, and under which name. */
export interface Place {
  readonly identifier: string;
  readonly region: string;
}

/** A member, and where it is. */
export interface MemberPlace extends Place {
  readonly member: Member;
}

/** Where a member is; undefined while its Region is unknown. */
export function placeOf(topology: Topology, member: Member): MemberPlace | undefined {
  if (member.region === undefined) return undefined;
  // RDS keeps names in lower case.
  const identifier = (member.aws.identifier ?? `${topology.name}-${member.id}`).toLowerCase();
  return { identifier, region: member.region, member };
}

/** @throws UnderstudyError `no-such-member` (refused) when nobody of that id is declared, or nobody knows its Region */
export function placeById(topology: Topology, id: MemberId): MemberPlace {
  const member = topology.members.find((each) => each.id === id);
  const place = member && placeOf(topology, member);
  if (place) return place;
  const ids = topology.members.map((each) => each.id).join(', ');
  throw new UnderstudyError(
    'no-such-member',
    member === undefined
      ? `${topology.name} has no member ${id}; allowed: ${ids}; fix: name one of them`
      : `the Region of ${id} is not known; allowed: a member with a Region; fix: declare the region of ${id}`,
  );
}

/** A place for a person: `orders-bab in eu-west-1`. */
export function named({ identifier, region }: Place): string {
  return `${identifier} in ${region}`;
}
