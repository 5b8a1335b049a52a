import { ENGINES } from '../engines';
import { parseInstanceClass } from '../instance-class';
import { isOffered, type ClassPlace } from '../offered-classes';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { classRefusal } from './class-refusal';
import { memberRule, type Rule } from './rule';

/** Where a member is to be; undefined while that is not known, or an edition that cannot have replicas has to change first. */
function placeOf({ region, version }: Member, { topology, replicas }: TopologyView): ClassPlace | undefined {
  const { engine, aws } = topology;
  const { editions, replicatingEditions } = ENGINES[engine.name];
  const stays = replicas.length === 0 || editions.length === 0 || replicatingEditions.includes(engine.edition ?? '');
  if (region === undefined || !stays) return undefined;
  const isCluster = topology.kind === 'multi-az-cluster';
  return { engine: { ...engine, version }, region, license: aws.license, isCluster };
}

function isRefused(member: Member, view: TopologyView): boolean {
  const place = placeOf(member, view);
  return member.size !== undefined && place !== undefined && isOffered(member.size, place) === false;
}

/** Refused, and not for what its source is refused for already. */
function isNotOffered(member: Member, view: TopologyView): boolean {
  if (!isRefused(member, view)) return false;
  const source = view.sourceOf(member);
  if (source === undefined || source.retired === 'removed') return true;
  return source.size !== member.size || source.region !== member.region || !isRefused(source, view);
}

/** Instance classes. */
export const SIZE_RULES: readonly Rule[] = [
  memberRule({
    code: 'size-unknown',
    severity: 'error',
    kinds: ['instances', 'multi-az-cluster'],
    about: 'the size is a DB instance class',
    when: (member, view) =>
      member.size !== undefined &&
      parseInstanceClass(member.size) === undefined &&
      view.sourceOf(member)?.size !== member.size,
    message: ({ size }) => ({
      at: ['size'],
      problem: `size is ${size}`,
      allowed: 'a DB instance class, for example db.r7g.large',
      fix: 'write db., the family, a dot and the size',
    }),
  }),
  memberRule({
    code: 'size-not-offered',
    severity: 'error',
    kinds: ['instances', 'multi-az-cluster'],
    about: 'RDS offers the class in that Region for that engine and version, as far as this release knows',
    when: isNotOffered,
    message: (member, view) => {
      const { id, size = '', region = '' } = member;
      const place = placeOf(member, view) ?? { engine: view.topology.engine, region };
      return { at: ['size'], ...classRefusal(id, size, place) };
    },
  }),
];
