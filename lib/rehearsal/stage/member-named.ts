import { UnderstudyError, type Member, type MemberId, type Topology } from '../../topology';

/** @throws UnderstudyError `no-such-member` */
export function memberNamed({ members }: Topology, id: MemberId): Member {
  const found = members.find((member) => member.id === id);
  if (found) return found;
  const ids = members.map((member) => member.id).join(', ');
  throw new UnderstudyError('no-such-member', `no member is called ${id}; allowed: ${ids}; name one of them`);
}
