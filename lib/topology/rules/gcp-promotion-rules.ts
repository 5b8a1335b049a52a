import type { CloudSqlView } from '../gcp/cloud-sql-view';
import { isSmallerTier } from '../gcp/tier';
import type { Member } from '../topology';
import { gcpMemberRule, gcpRule } from './gcp-rule';
import { listOf } from './list-of';
import type { Rule } from './rule';

/** Why a switchover cannot go to a member; undefined: it can. */
function whyNot(member: Member | undefined, view: CloudSqlView): string | undefined {
  const { primary, engine, gcp } = view;
  if (member === undefined) return 'is no member';
  if (member === primary) return 'is the primary already';
  if (primary === undefined || view.view.followedBy(member) !== primary || view.isPool(member))
    return `does not follow ${primary?.id ?? 'the primary'} as a replica`;
  if (engine.name === 'sqlserver') return view.of(member).cascadable === true ? undefined : 'is not cascadable';
  return gcp.drReplica === member.id ? undefined : 'is not the DR replica';
}

/** Who is primary, and who can become it, on Google. Source: Google's pages on promotion, switchover and maintenance. */
export const GCP_PROMOTION_RULES: readonly Rule[] = [
  gcpRule(
    {
      code: 'transition-target',
      severity: 'error',
      about: 'a switchover goes to the DR replica; of SQL Server, to a cascadable replica of the primary itself',
    },
    (view) => {
      const { transition } = view.gcp;
      const { primary, successor } = view;
      if (transition === undefined || primary === undefined) return [];
      const isDone = transition.phase === 'finish' && successor === primary;
      if (isDone || whyNot(successor, view) === undefined) return [];
      const fit = view.view.followersOf(primary).filter((member) => whyNot(member, view) === undefined);
      return [
        {
          at: ['gcp', 'transition', 'to'],
          problem: `the switchover goes to ${transition.to}, which ${whyNot(successor, view) ?? ''}`,
          allowed:
            listOf(
              fit.map(({ id }) => id),
              'or',
            ) || `nobody yet: a DR replica of ${primary.id}; of SQL Server, a cascadable one`,
          fix:
            successor === primary
              ? 'take transition away, or name another'
              : fit.length === 0
                ? 'designate it first, in a deployment of its own'
                : 'name one of them',
        },
      ];
    },
  ),
  gcpRule(
    {
      code: 'switchover-edition',
      severity: 'error',
      about: 'a switchover needs Enterprise Plus; otherwise a promotion leaves the old primary behind, retired',
    },
    (view) => {
      const turned = view.view.active.filter((member) => view.view.isTurned(member));
      const party = [
        ...(view.gcp.transition === undefined || view.primary === undefined ? [] : [view.primary]),
        ...turned,
      ].filter((member) => view.of(member).edition === 'enterprise');
      if (party.length === 0) return [];
      const [first] = party;
      return [
        {
          at: view.gcp.transition === undefined ? ['members', first?.id ?? ''] : ['gcp', 'transition'],
          problem: `${listOf(party.map(({ id }) => id))} of the edition enterprise would have to become a replica of ${view.gcp.transition?.to ?? view.primary?.id ?? ''}`,
          allowed: 'a switchover of Enterprise Plus; with Enterprise, a promotion makes two primaries',
          fix: `promote by hand, then set \`primary\` and \`retired: kept\` on ${first?.id ?? ''}`,
        },
      ];
    },
  ),
  gcpRule(
    {
      code: 'primary-unprotected',
      severity: 'warning',
      about: 'whoever can be primary is protected from deletion',
    },
    (view) => {
      const open = view.electable.filter((member) => view.of(member).deletionProtection === false);
      return open.length === 0
        ? []
        : [
            {
              at: ['gcp', 'deletionProtection'],
              problem: `${listOf(open.map(({ id }) => id))} can be primary and ${open.length > 1 ? 'are' : 'is'} not protected from deletion: nothing stops a replacement from stale state`,
              allowed: 'deletion protection on every member that can be primary',
              fix: 'take `deletionProtection: false` away',
            },
          ];
    },
  ),
  gcpMemberRule(
    {
      code: 'replica-smaller',
      severity: 'warning',
      about: "a replica's tier is not smaller than the primary's: it would lag, and could not take over",
    },
    (member, view) => {
      const { primary } = view;
      if (primary?.size === undefined || member.size === undefined || !view.view.isReplica(member)) return [];
      // A DR replica that differs was reported as such; the nodes of a pool share the load.
      if (view.isPool(member) || view.drReplica === member) return [];
      return isSmallerTier(member.size, primary.size)
        ? [
            {
              at: ['size'],
              problem: `${member.id} is a ${member.size} and the primary ${primary.id} a ${primary.size}`,
              allowed: 'replicas as large as the primary',
              fix: `make ${member.id} a ${primary.size}, or accept that it lags under load`,
            },
          ]
        : [];
    },
  ),
  gcpMemberRule(
    {
      code: 'maintenance-on-replica',
      severity: 'warning',
      about: "a replica has no maintenance window: it is maintained in the primary's, before it",
    },
    (member, view) =>
      view.view.isReplica(member) && view.of(member).maintenance !== undefined
        ? [
            {
              at: ['gcp', 'maintenance'],
              problem: `${member.id} is a replica with a maintenance window of its own, which Cloud SQL ignores`,
              allowed: 'a window of the primary; replicas are maintained in it, before the primary',
              fix: 'take it away, or move it to gcp.maintenance of the topology',
            },
          ]
        : [],
  ),
];
