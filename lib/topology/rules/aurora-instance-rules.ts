import { ENGINES } from '../engines';
import { parseInstanceClass } from '../instance-class';
import { isOffered, type ClassPlace } from '../offered-classes';
import type { ClusterInstance, Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { instancesOf, SERVERLESS } from './cluster-facts';
import { classRefusal } from './class-refusal';
import { memberRule, type Rule } from './rule';

const KINDS = ['cluster', 'global'] as const;

/** The first instance of a member of which something holds. */
type Find = (member: Member, view: TopologyView) => ClusterInstance | undefined;

const misspelt: Find = (member) =>
  instancesOf(member).find(
    ({ size }) => size !== undefined && size !== SERVERLESS && parseInstanceClass(size) === undefined,
  );

/** Undefined while it is not known, or the engine has to change first. */
function placeOf({ region, version }: Member, { topology: { engine, kind } }: TopologyView): ClassPlace | undefined {
  const isSuited = ENGINES[engine.name].kinds.includes(kind);
  return region === undefined || !isSuited ? undefined : { engine: { ...engine, version }, region };
}

const notOffered: Find = (member, view) => {
  const place = placeOf(member, view);
  if (place === undefined || misspelt(member, view) !== undefined) return undefined;
  return instancesOf(member).find(
    ({ size }) => size !== undefined && size !== SERVERLESS && isOffered(size, place) === false,
  );
};

const badlyNamed: Find = (member) =>
  instancesOf(member).find(
    ({ identifier }) =>
      identifier !== undefined && (identifier.length > 63 || !/^[a-z](-?[a-z0-9])*$/.test(identifier)),
  );

/** Somebody else's instance of the same name. */
function namesake(member: Member, view: TopologyView): string | undefined {
  const others = view.topology.members.flatMap((each) =>
    each === member ? [] : instancesOf(each).map(({ identifier }) => identifier),
  );
  const own = instancesOf(member).map(({ identifier }) => identifier);
  return own.find((name, index) => name !== undefined && (others.includes(name) || own.indexOf(name) !== index));
}

/** The servers of Aurora clusters. */
export const AURORA_INSTANCE_RULES: readonly Rule[] = [
  memberRule({
    code: 'instance-size-unknown',
    severity: 'error',
    kinds: KINDS,
    about: 'the size of an instance is a DB instance class or db.serverless',
    when: (member, view) => misspelt(member, view) !== undefined,
    message: (member, view) => {
      const { id = '', size } = misspelt(member, view) ?? {};
      return {
        at: ['instances', id, 'size'],
        problem: `the size of ${id} is ${size}`,
        allowed: 'a DB instance class, for example db.r7g.large, or db.serverless',
        fix: 'write db., the family, a dot and the size',
      };
    },
  }),
  memberRule({
    code: 'instance-size-not-offered',
    severity: 'error',
    kinds: KINDS,
    about: 'Aurora has the class in that Region for that engine and version, as far as this release knows',
    when: (member, view) => notOffered(member, view) !== undefined,
    message: (member, view) => {
      const { id = '', size = '' } = notOffered(member, view) ?? {};
      const place = placeOf(member, view) ?? { engine: view.topology.engine, region: '' };
      return { at: ['instances', id, 'size'], ...classRefusal(`${id} of ${member.id}`, size, place) };
    },
  }),
  memberRule({
    code: 'instance-identifier-invalid',
    severity: 'error',
    kinds: KINDS,
    about: 'identifiers of instances: 1 to 63 letters, digits and hyphens',
    when: (member, view) => badlyNamed(member, view) !== undefined,
    message: (member, view) => {
      const { id = '', identifier = '' } = badlyNamed(member, view) ?? {};
      return {
        at: ['instances', id, 'identifier'],
        problem: `the identifier of ${id} is ${identifier} (${identifier.length} characters)`,
        allowed: '1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last',
        fix: 'shorten a name or an id, or give the instance an `identifier`',
      };
    },
  }),
  memberRule({
    code: 'instance-identifier-duplicate',
    severity: 'error',
    kinds: KINDS,
    about: 'identifiers of instances are unique, across clusters and Regions too',
    when: (member, view) => namesake(member, view) !== undefined,
    message: (member, view) => ({
      at: ['instances'],
      problem: `${member.id} has an instance ${namesake(member, view)}, and so it is called elsewhere in the topology`,
      allowed: 'one identifier for each instance, in all clusters and Regions together',
      fix: 'give one of the two another id or `identifier`',
    }),
  }),
];
