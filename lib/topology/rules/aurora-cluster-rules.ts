import { listOf } from './list-of';
import { hasWriter, instancesOf, mostReaders, readersOf } from './cluster-facts';
import type { ClusterInstance, Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { memberRule, type Rule } from './rule';

const KINDS = ['cluster', 'global'] as const;

/** Most custom endpoints of one cluster. Source: Amazon Aurora User Guide, "Custom endpoints for Amazon Aurora". */
const MOST_ENDPOINTS = 5;

/** Whether an active member has to have an instance: whoever takes writes, and whoever applies a binary log. */
function needsInstance(member: Member, view: TopologyView): boolean {
  return member.retired === undefined && member.instances?.length === 0 && hasWriter(member, view);
}

function misplaced({ tier }: ClusterInstance): boolean {
  return tier !== undefined && (tier < 0 || tier > 15 || !Number.isInteger(tier));
}

function scalingProblem(member: Member, view: TopologyView): string | undefined {
  const { readerScaling } = member.aws;
  if (readerScaling === undefined || readerScaling.max === undefined) return undefined;
  const { min = 0, max, cpu, connections } = readerScaling;
  const [declared, most] = [readersOf(member, view), mostReaders(member, view)];
  if (cpu !== undefined && connections !== undefined) return 'aim at cpu and at connections';
  if (min > max) return `have ${min} readers or more and ${max} or fewer`;
  if (hasWriter(member, view) && max < declared) return `have ${max} readers at most, and ${declared} are declared`;
  return hasWriter(member, view) && max > most ? `have up to ${max} readers, and Aurora allows ${most}` : undefined;
}

function strangers({ aws: { endpoints = {} }, instances }: Member): readonly string[] {
  if (instances === undefined) return [];
  const known = instances.map(({ id }) => id);
  return Object.values(endpoints)
    .flat()
    .filter((id) => !known.includes(id));
}

/** What an Aurora cluster is made of. */
export const AURORA_CLUSTER_RULES: readonly Rule[] = [
  memberRule({
    code: 'cluster-without-instance',
    severity: 'error',
    kinds: KINDS,
    about: 'a cluster that takes writes, or follows by binary log, has an instance',
    when: needsInstance,
    message: (member, view) => ({
      at: ['instances'],
      problem: `${member.id} is ${view.roleOf(member) === 'primary' ? 'the primary' : 'a replica cluster'} and has no instance`,
      allowed: 'one instance or more; only secondaries of a global database can do without',
      fix: 'add an instance, better two',
    }),
  }),
  memberRule({
    code: 'too-many-readers',
    severity: 'error',
    kinds: KINDS,
    about: 'readers: 15; of the primary of a global database one less for each secondary, of a secondary 16',
    when: (member, view) => member.retired === undefined && readersOf(member, view) > mostReaders(member, view),
    message: (member, view) => ({
      at: ['instances'],
      problem: `${member.id} has ${readersOf(member, view)} readers`,
      allowed: `at most ${mostReaders(member, view)}${view.isGlobal && hasWriter(member, view) ? `: 15, less one for each of the ${view.replicas.length} secondaries` : ''}`,
      fix: 'remove some, or make them larger',
    }),
  }),
  memberRule({
    code: 'promotion-tier-range',
    severity: 'error',
    kinds: KINDS,
    about: 'promotion tiers are 0 to 15',
    when: (member) => instancesOf(member).some(misplaced),
    message: (member) => {
      const { id = '', tier } = instancesOf(member).find(misplaced) ?? {};
      return {
        at: ['instances', id, 'tier'],
        problem: `the tier of ${id} is ${tier}`,
        allowed: 'a whole number from 0, who becomes writer first, to 15',
        fix: 'write one of these, or leave it out for 1',
      };
    },
  }),
  memberRule({
    code: 'no-reader',
    severity: 'warning',
    kinds: KINDS,
    about: 'a cluster that takes writes has a reader to fail over to',
    when: (member, view) => member.retired === undefined && hasWriter(member, view) && instancesOf(member).length === 1,
    message: (member) => ({
      at: ['instances'],
      problem: `${member.id} has one instance: when it is lost Aurora makes a new one, which takes up to 10 minutes and more`,
      allowed: 'two instances or more: a failover to a reader usually takes less than 60 seconds',
      fix: 'add an instance',
    }),
  }),
  memberRule({
    code: 'reader-scaling-range',
    severity: 'error',
    kinds: KINDS,
    about: 'readers scale between their declared number and what Aurora allows, by processors or by connections',
    when: (member, view) => scalingProblem(member, view) !== undefined,
    message: (member, view) => ({
      at: ['aws', 'readerScaling'],
      problem: `the readers of ${member.id} are to ${scalingProblem(member, view)}`,
      allowed: `min up to max, max from ${readersOf(member, view)} to ${mostReaders(member, view)}, and cpu or connections`,
      fix: 'change them so',
    }),
  }),
  memberRule({
    code: 'endpoint-instance-unknown',
    severity: 'error',
    kinds: KINDS,
    about: 'custom endpoints name instances of their cluster',
    when: (member) => strangers(member).length > 0,
    message: (member) => ({
      at: ['aws', 'endpoints'],
      problem: `a custom endpoint of ${member.id} names ${listOf(strangers(member))}, which it does not have`,
      allowed: listOf(instancesOf(member).map(({ id }) => id)) || 'nobody: it has no instance',
      fix: 'name instances of this cluster',
    }),
  }),
  memberRule({
    code: 'too-many-endpoints',
    severity: 'error',
    kinds: KINDS,
    about: 'a cluster has at most five custom endpoints',
    when: ({ aws: { endpoints = {} } }) => Object.keys(endpoints).length > MOST_ENDPOINTS,
    message: ({ id, aws: { endpoints = {} } }) => ({
      at: ['aws', 'endpoints'],
      problem: `${id} has ${Object.keys(endpoints).length} custom endpoints`,
      allowed: `at most ${MOST_ENDPOINTS}`,
      fix: 'remove some',
    }),
  }),
];
