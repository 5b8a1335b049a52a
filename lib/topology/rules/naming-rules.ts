import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

/** Words that say what a member is now. A promotion makes liars of them. */
const ROLE_WORDS = [
  'primary',
  'secondary',
  'replica',
  'master',
  'slave',
  'standby',
  'leader',
  'follower',
  'writer',
  'reader',
  'failover',
];
const ROLE_WORD = new RegExp(`(^|[^a-z])(${ROLE_WORDS.join('|')})s?([^a-z]|$)`, 'i');

function roleWordIn(...names: readonly (string | undefined)[]): string | undefined {
  for (const name of names) {
    const word = ROLE_WORD.exec(name ?? '')?.[2];
    if (word !== undefined) return word;
  }
  return undefined;
}

function namesake(member: Member, view: TopologyView): Member | undefined {
  const identifier = member.aws.identifier?.toLowerCase();
  if (identifier === undefined) return undefined;
  return view.topology.members.find((other) => other !== member && other.aws.identifier?.toLowerCase() === identifier);
}

/** Identifiers. Source: Amazon RDS User Guide, "Naming constraints in Amazon RDS". */
export const NAMING_RULES: readonly Rule[] = [
  memberRule({
    code: 'identifier-invalid',
    severity: 'error',
    about: 'DB instance and cluster identifiers: 1 to 63 letters, digits and hyphens',
    when: ({ aws: { identifier } }) =>
      identifier !== undefined && (identifier.length > 63 || !/^[a-z](-?[a-z0-9])*$/.test(identifier)),
    message: ({ aws: { identifier = '' } }) => ({
      at: ['aws', 'identifier'],
      problem: `the identifier is ${identifier} (${identifier.length} characters)`,
      allowed: '1 to 63 lower-case letters, digits and single hyphens, a letter first, no hyphen last',
      fix: 'shorten the name or the id, or give the member `aws.identifier`',
    }),
  }),
  memberRule({
    code: 'identifier-duplicate',
    severity: 'error',
    about: 'DB instance and cluster identifiers are unique, across Regions too',
    when: (member, view) => namesake(member, view) !== undefined,
    message: (member, view) => ({
      at: ['aws', 'identifier'],
      problem: `${member.id} and ${namesake(member, view)?.id} both have the identifier ${member.aws.identifier}`,
      allowed: 'one identifier for each member, in all Regions together',
      fix: 'change one of them',
    }),
  }),
  topologyRule({
    code: 'role-word-in-name',
    severity: 'warning',
    about: 'no name says primary or replica: roles move',
    when: (view) => namedByRole(view).length > 0,
    message: (view) => {
      const named = namedByRole(view);
      return {
        at: named[0]?.id === undefined ? ['name'] : ['members', named[0].id],
        problem: `${listOf(named.map(({ name, word }) => `${name} says ${word}`))}; a name stays for ever, a role does not`,
        allowed: 'names by place or purpose, for example virginia-a or reporting',
        fix: 'rename before the first deployment; afterwards it would replace the database',
      };
    },
  }),
];

function namedByRole({ topology }: TopologyView): readonly { name: string; word: string; id?: string }[] {
  const own = roleWordIn(topology.name);
  if (own !== undefined) return [{ name: topology.name, word: own }];
  return topology.members.flatMap(({ id, aws: { identifier }, instances = [], gcp }) => {
    const [said] = [id, identifier, gcp?.name, ...instances.map((each) => each.identifier)].flatMap((name) => {
      const word = roleWordIn(name);
      return name === undefined || word === undefined ? [] : [{ name, word, id }];
    });
    return said === undefined ? [] : [said];
  });
}
