import { ENGINES } from '../engines';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { canCascade } from './can-cascade';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

function origins(view: TopologyView): readonly Member[] {
  return view.topology.members.filter((member) => member.replicaOf === undefined);
}

function crossRegionFollowers(member: Member, view: TopologyView): readonly Member[] {
  return view.followersOf(member).filter((replica) => view.isCrossRegion(replica));
}

/** Who was created from whom, how many and how deep. Source: Amazon RDS User Guide, "Working with DB instance read replicas". */
export const LINEAGE_RULES: readonly Rule[] = [
  topologyRule({
    code: 'origin-count',
    severity: 'error',
    about: 'exactly one member is the origin: the one without `replicaOf`',
    // Without an origin, every member is in a cycle or has an unknown source: those findings say more.
    when: (view) => origins(view).length > 1,
    message: (view) => ({
      at: ['members'],
      problem: `${listOf(origins(view).map((member) => member.id))} have no replicaOf`,
      allowed: 'exactly one origin, from which all others were created, directly or not',
      fix: 'give all but one of them a replicaOf, or put them into a topology of their own',
    }),
  }),
  memberRule({
    code: 'source-unknown',
    severity: 'error',
    about: '`replicaOf` names a member of the topology',
    when: (member, view) => member.replicaOf !== undefined && view.get(member.replicaOf) === undefined,
    message: (member, view) => ({
      at: ['replicaOf'],
      problem: `replicaOf is ${member.replicaOf}, which is no member`,
      allowed:
        listOf(view.topology.members.filter((each) => each !== member).map((each) => each.id)) ||
        'nobody: there is no other member',
      fix: 'name the member it was created from; one that is gone stays in the topology as `retired: removed`',
    }),
  }),
  memberRule({
    code: 'lineage-cycle',
    severity: 'error',
    about: 'no member was created from itself, directly or not',
    when: (member, view) => view.isInCycle(member),
    message: (member, view) => ({
      at: ['replicaOf'],
      problem: [member, ...view.lineageOf(member), member].map((each) => each.id).join(' is a replica of '),
      allowed: 'a chain that ends at the origin',
      fix: 'take replicaOf away from the member that was created first',
    }),
  }),
  memberRule({
    code: 'source-retired',
    severity: 'error',
    kinds: ['instances', 'cluster'],
    about: 'a replica does not follow a retired member',
    when: (member, view) => view.followedBy(member)?.retired !== undefined,
    message: (member) => ({
      at: ['replicaOf'],
      problem: `${member.id} follows ${member.replicaOf}, which is retired: it receives nothing any more`,
      allowed: 'replicas that follow the primary, directly or not',
      fix: `set \`retired: kept\` on ${member.id} and add a new member with replicaOf the primary`,
    }),
  }),
  memberRule({
    code: 'follows-nobody',
    severity: 'error',
    kinds: ['instances', 'cluster'],
    about: 'only the primary follows nobody: anything else would be a second primary',
    // With several origins, one of them most likely lacks its replicaOf: that finding says more.
    when: (member, view) =>
      view.hasPrimary &&
      view.roleOf(member) === 'replica' &&
      member.replicaOf === undefined &&
      !view.isTurned(member) &&
      origins(view).length === 1,
    message: (member, view) => ({
      at: [],
      problem: `${member.id} follows nobody and is not the primary (${view.topology.primary} is): that would be two primaries`,
      allowed: 'members that are the primary, follow it, or are retired',
      fix: `set \`retired: kept\` on ${member.id}, or make it the primary`,
    }),
  }),
  memberRule({
    code: 'cascade-unsupported',
    severity: 'error',
    kinds: ['instances', 'cluster'],
    about: 'Oracle, SQL Server, Db2 and PostgreSQL before 14.1 have no replicas of replicas',
    when: (member, view) => view.followersOf(member).length > 0 && !canCascade(member, view),
    message: (member, view) => {
      const { title, cascadesFrom } = ENGINES[view.topology.engine.name];
      const followers = listOf(view.followersOf(member).map((each) => each.id));
      const from = view.primary?.id ?? view.topology.primary;
      return cascadesFrom === undefined
        ? {
            at: [],
            problem: `${member.id} is a replica and has replicas (${followers}), which ${title} cannot do`,
            allowed: 'replicas of the primary only',
            fix: `create ${followers} from ${from}`,
          }
        : {
            at: ['version'],
            problem: `${member.id} is a replica on ${title} ${member.version} and has replicas (${followers})`,
            allowed: `cascading from ${title} ${cascadesFrom} on`,
            fix: `upgrade to ${cascadesFrom} or later, or create ${followers} from ${from}`,
          };
    },
  }),
  memberRule({
    code: 'cascade-too-deep',
    severity: 'error',
    kinds: ['instances'],
    about: 'at most three replicas below the primary in one chain',
    when: (member, view) => {
      const { maxDepth } = ENGINES[view.topology.engine.name];
      return maxDepth > 1 && view.upstreamOf(member).length > maxDepth;
    },
    message: (member, view) => ({
      at: ['replicaOf'],
      problem: `${member.id} is ${view.upstreamOf(member).length} replicas below ${view.upstreamOf(member).at(-1)?.id}`,
      allowed: `at most ${ENGINES[view.topology.engine.name].maxDepth} for ${ENGINES[view.topology.engine.name].title}`,
      fix: `create ${member.id} from a member nearer to the primary`,
    }),
  }),
  memberRule({
    code: 'too-many-replicas',
    severity: 'error',
    kinds: ['instances'],
    about: 'replicas per source: 15; Oracle 5, Db2 3',
    when: (member, view) => view.followersOf(member).length > ENGINES[view.topology.engine.name].maxReplicas,
    message: (member, view) => ({
      at: [],
      problem: `${member.id} has ${view.followersOf(member).length} replicas`,
      allowed: `at most ${ENGINES[view.topology.engine.name].maxReplicas} of one source for ${ENGINES[view.topology.engine.name].title}`,
      fix: 'remove some, or create some from a replica where the engine can cascade',
    }),
  }),
  memberRule({
    code: 'replica-limit-disputed',
    severity: 'warning',
    kinds: ['instances'],
    about: 'SQL Server with 6 to 15 replicas: AWS documents contradict each other',
    when: (member, view) => {
      const { disputedReplicas, maxReplicas } = ENGINES[view.topology.engine.name];
      const count = view.followersOf(member).length;
      return disputedReplicas !== undefined && count > disputedReplicas && count <= maxReplicas;
    },
    message: (member, view) => ({
      at: [],
      problem: `${member.id} has ${view.followersOf(member).length} replicas, and AWS's documents disagree: the API reference allows 5, the user guide 15 with more lag`,
      allowed: 'at most 5, on which both agree',
      fix: 'try it in an account of yours before you rely on it, or keep to 5',
    }),
  }),
  memberRule({
    code: 'many-cross-region-replicas',
    severity: 'warning',
    kinds: ['instances'],
    about: 'RDS does not guarantee more than five cross-Region replicas of one source',
    when: (member, view) => crossRegionFollowers(member, view).length > 5,
    message: (member, view) => ({
      at: [],
      problem: `${member.id} has ${crossRegionFollowers(member, view).length} replicas in other Regions`,
      allowed: 'up to 5 of one source, which is what RDS says it can guarantee',
      fix: 'create one replica in each Region and the others from that one, where the engine can cascade',
    }),
  }),
  memberRule({
    code: 'cascade-returns',
    severity: 'warning',
    kinds: ['instances'],
    about: 'a chain that leaves a Region and comes back cannot be deployed in one pass',
    when: (member, view) => {
      const source = view.followedBy(member);
      return (
        source !== undefined &&
        view.isCrossRegion(member) &&
        view.upstreamOf(source).some((each) => each.region === member.region)
      );
    },
    message: (member, view) => ({
      at: ['replicaOf'],
      problem: `${member.id} is in ${member.region} and follows ${member.replicaOf} in ${view.sourceOf(member)?.region}, which itself depends on ${member.region}`,
      allowed:
        'chains that do not return to a Region they left, so that the stacks of two Regions do not wait for each other',
      fix: `create ${member.id} from a member in ${member.region}; or deploy once without it, then with it`,
    }),
  }),
];
