import { formatDuration } from '../duration';
import { replicasKeepBackups } from '../engines';
import { parseInstanceClass } from '../instance-class';
import type { Member } from '../topology';
import type { TopologyView } from '../topology-view';
import { listOf } from './list-of';
import { memberRule, topologyRule, type Rule } from './rule';

function isPromotable(member: Member, view: TopologyView): boolean {
  return view.isReplica(member) && member.promotion !== 'never';
}

/** The classes of a promotable replica and of the primary, when both are known. */
function classes(member: Member, view: TopologyView) {
  const size = member.size === undefined ? undefined : parseInstanceClass(member.size);
  const primarySize = view.primary?.size === undefined ? undefined : parseInstanceClass(view.primary.size);
  if (!isPromotable(member, view) || size === undefined || primarySize === undefined) return undefined;
  return { own: size, primary: primarySize };
}

function promotableElsewhere(view: TopologyView): readonly Member[] {
  return view.promotable.filter((member) => member.region === undefined || member.region !== view.primary?.region);
}

/** Who is primary, and who can become it. */
export const PROMOTION_RULES: readonly Rule[] = [
  topologyRule({
    code: 'primary-unknown',
    severity: 'error',
    about: '`primary` names a member',
    when: (view) => view.primary === undefined,
    message: (view) => ({
      at: ['primary'],
      problem: `primary is ${view.topology.primary}, which is no member`,
      allowed: listOf(
        view.topology.members.filter((member) => member.retired === undefined).map((member) => member.id),
        'or',
      ),
      fix: 'name the member that takes writes now',
    }),
  }),
  topologyRule({
    code: 'primary-retired',
    severity: 'error',
    about: 'the primary is not retired',
    when: (view) => view.primary?.retired !== undefined,
    message: (view) => ({
      at: ['primary'],
      problem: `primary is ${view.topology.primary}, which is retired`,
      allowed: 'a member that is not retired',
      fix: 'name the member that takes writes now, or take `retired` away',
    }),
  }),
  topologyRule({
    code: 'primary-not-promotable',
    severity: 'error',
    about: 'the primary has a priority: it must be able to become primary again',
    when: (view) => view.hasPrimary && view.primary?.promotion === 'never',
    message: (view) => ({
      at: ['members', view.topology.primary, 'promotion'],
      problem: `${view.topology.primary} is the primary and its promotion rule is never`,
      allowed: 'a priority of 1 or more',
      fix: `give ${view.topology.primary} a priority, or make another member the primary`,
    }),
  }),
  topologyRule({
    code: 'nothing-promotable',
    severity: 'warning',
    kinds: ['instances', 'global'],
    about: 'some replica can be promoted',
    when: (view) => view.hasPrimary && view.promotable.length === 0,
    message: (view) => ({
      at: ['members'],
      problem:
        view.replicas.length === 0
          ? 'there is no replica: when the primary is lost, nothing can take over'
          : `no replica may be promoted (${listOf(view.replicas.map((member) => member.id))}: never)`,
      allowed: 'at least one replica with a priority',
      fix: 'give a replica `promotion: 1`, or add one',
    }),
  }),
  topologyRule({
    code: 'region-loss-uncovered',
    severity: 'warning',
    about: 'an objective for the loss of a Region needs a promotable replica in another Region',
    // Without any promotable replica, `nothing-promotable` has said so where it is said at all.
    when: (view) =>
      view.topology.objectives.recovery.region !== undefined &&
      (view.promotable.length > 0 || !['instances', 'global'].includes(view.topology.kind)) &&
      promotableElsewhere(view).length === 0,
    message: (view) => ({
      at: ['objectives', 'recovery', 'region'],
      problem: `the loss of a Region is to be recovered from within ${formatDuration(view.topology.objectives.recovery.region ?? 0)}, but no promotable replica is outside ${view.primary?.region}`,
      allowed: "at least one replica with a priority outside the primary's Region",
      fix: 'add one, give one there a priority, or drop the objective',
    }),
  }),
  memberRule({
    code: 'promotable-undersized',
    severity: 'warning',
    about: "a promotable replica's instance class is not smaller than the primary's",
    when: (member, view) => {
      const both = classes(member, view);
      return both !== undefined && both.own.rank < both.primary.rank;
    },
    message: (member, view) => ({
      at: ['size'],
      problem: `${member.id} is a ${member.size} and may be promoted, but the primary ${view.primary?.id} is a ${view.primary?.size}`,
      allowed:
        'promotable replicas as large as the primary, so that they carry its load (and do not lag under its writes)',
      fix: `make ${member.id} a ${view.primary?.size}, or set \`promotion: never\``,
    }),
  }),
  memberRule({
    code: 'promotable-family-differs',
    severity: 'warning',
    about: "a promotable replica has the primary's instance family",
    when: (member, view) => {
      const both = classes(member, view);
      return both !== undefined && both.own.family !== both.primary.family && both.own.rank >= both.primary.rank;
    },
    message: (member, view) => ({
      at: ['size'],
      problem: `${member.id} is a ${member.size} and may be promoted, but the primary ${view.primary?.id} is a ${view.primary?.size}`,
      allowed:
        'promotable replicas of the same family: another has other memory, network and cache, and plans tuned for one may fail on the other',
      fix: `make ${member.id} a ${view.primary?.size}, or accept the difference`,
    }),
  }),
  memberRule({
    code: 'promotable-delayed',
    severity: 'warning',
    kinds: ['instances'],
    about: 'a delayed replica is not promotable: promoting it loses the delay',
    when: (member, view) => isPromotable(member, view) && (member.aws.delay ?? 0) > 0,
    message: (member) => ({
      at: ['promotion'],
      problem: `${member.id} stays ${formatDuration(member.aws.delay ?? 0)} behind on purpose and has priority ${member.promotion}`,
      allowed: '`promotion: never` for delayed replicas: promoting one loses all writes of the delay',
      fix: `set \`promotion: never\` on ${member.id}, or take its delay away`,
    }),
  }),
  memberRule({
    code: 'promotable-without-backups',
    severity: 'warning',
    kinds: ['instances'],
    about: 'a promotable replica keeps backups: else it is a primary without any after the promotion',
    // A source without backups is an error of its own.
    when: (member, view) =>
      isPromotable(member, view) &&
      member.retentionDays === 0 &&
      view.followersOf(member).length === 0 &&
      replicasKeepBackups(view.topology.engine.name, member.version) === true,
    message: (member) => ({
      at: ['retention'],
      problem: `${member.id} may be promoted and its retention is 0d: as primary it would have no backups and could have no replicas`,
      allowed: '1d to 35d',
      fix: 'set `retention: 7d`',
    }),
  }),
];
