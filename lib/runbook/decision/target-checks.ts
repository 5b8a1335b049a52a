import { certainTo } from './applied-to';
import type { ExcludedMember } from './candidates';
import { listed, lossBound, whole, type Case, type Check } from './check';
import { PASSING } from './exclusion';
import { behind, isGrowing, worstOf } from './loss';
import { moveOf } from './move';

/** Excluded members that had certainly applied more than the chosen one, by more than the tolerance. */
function fresher({ candidates, chosen, policy, request }: Case): readonly ExcludedMember[] {
  if (chosen === undefined || request.kind !== 'failover') return [];
  const mark = certainTo(chosen.position) + policy.tolerance;
  return candidates.excluded.filter(({ position }) => position !== undefined && certainTo(position) > mark);
}

const idsOf = (members: readonly { readonly member: string }[]): readonly string[] =>
  members.map(({ member }) => member);

/** What stands against a run because of whom it would promote. */
export const TARGET_CHECKS: readonly Check[] = [
  {
    id: 'unknown-member',
    severity: 'block',
    acceptance: 'none',
    look: ({ request: { target }, observation: { topology }, candidates }) =>
      target === undefined || topology.members.some(({ id }) => id === target)
        ? undefined
        : { problem: `${target} is no member of ${topology.name}`, fix: choices(candidates.eligible) },
  },
  {
    id: 'target-not-eligible',
    severity: 'block',
    acceptance: 'none',
    look: ({ request: { target }, candidates }) => {
      const excluded = candidates.excluded.find(({ member }) => member === target);
      return excluded && { problem: excluded.reason, fix: choices(candidates.eligible) };
    },
  },
  {
    id: 'no-candidate',
    severity: 'block',
    acceptance: 'none',
    look: ({ request: { target }, chosen, candidates }) =>
      target !== undefined || chosen !== undefined
        ? undefined
        : {
            problem: `no member can be promoted: ${candidates.excluded.map(({ reason }) => reason).join('; ')}`,
            fix: 'mend one of them, or restore a backup',
          },
  },
  {
    id: 'stale-target',
    moves: ['stepwise', 'global'],
    severity: 'block',
    acceptance: 'override',
    look: ({ request, chosen, candidates, policy }) => {
      const first = candidates.eligible.toSorted((a, b) => certainTo(b.position) - certainTo(a.position))[0];
      if (request.kind !== 'failover' || chosen === undefined || first === undefined) return undefined;
      const gap = certainTo(first.position) - certainTo(chosen.position);
      if (gap <= policy.tolerance) return undefined;
      return {
        problem: `${chosen.member} lacks ${whole(gap)} of writes that ${first.member} has`,
        fix: `promote ${first.member}; to lose them all the same, name stale-target in override`,
      };
    },
  },
  {
    id: 'target-behind',
    moves: ['stepwise', 'global'],
    severity: 'block',
    acceptance: 'override',
    look: ({ request, chosen, observation, policy }) => {
      if (request.kind !== 'switchover' || chosen === undefined) return undefined;
      const lag = behind(chosen.position, observation);
      // Nobody asks a secondary of a global database: what a metric tells of it is as old as its sample.
      const age = moveOf(observation.topology) === 'global' ? policy.samplePeriod + policy.silence : 0;
      if (lag <= policy.maxCatchUp + policy.idleClimb + age) return undefined;
      return {
        problem: `${chosen.member} is ${whole(lag)} behind, and writes would stand still until it has caught up`,
        fix: 'wait until it has caught up, or name target-behind in override',
      };
    },
  },
  {
    id: 'loss-unknown',
    moves: ['stepwise', 'global'],
    severity: 'block',
    acceptance: 'override',
    look: ({ request, chosen, observation: { topology } }) =>
      request.kind !== 'failover' || chosen === undefined || chosen.loss !== undefined
        ? undefined
        : {
            problem: `how much promoting ${chosen.member} loses cannot be told: nothing says when ${topology.primary} was last alive`,
            fix: 'look for its last sign of life; to lose any amount, name loss-unknown in override',
          },
  },
  {
    id: 'loss-too-large',
    moves: ['stepwise', 'global'],
    severity: 'block',
    acceptance: 'acceptDataLoss',
    look: ({ request, chosen, policy, observation: { topology } }) => {
      if (request.kind !== 'failover' || chosen?.loss === undefined) return undefined;
      const { seconds } = chosen.loss;
      const worst = Math.ceil(worstOf(chosen.loss));
      const bound = lossBound({ request, policy });
      // Also what is accepted is told, as long as it is more than the objective.
      if (worst <= Math.min(bound, policy.maxDataLoss ?? 0)) return undefined;
      const room = isGrowing(chosen.loss) ? policy.deliberation : 0;
      const why = `; of that, ${whole(room)} is for what is lost until you have decided: nothing proves that ${topology.primary} has stopped`;
      return {
        problem: `promoting ${chosen.member} may lose ${whole(worst)} of acknowledged writes (${whole(seconds)} are known to be missing), and ${whole(bound)} may be lost`,
        fix: `accept it with acceptDataLoss: ${worst + room}${room === 0 ? '' : why}`,
      };
    },
  },
  {
    id: 'fresher-sibling',
    severity: 'block',
    acceptance: 'override',
    look: (each) => {
      const [first] = fresher(each).filter(({ exclusion }) => PASSING.includes(exclusion));
      if (first === undefined) return undefined;
      return {
        problem: `${first.member} has more writes than ${each.chosen?.member}, and cannot be promoted now: ${first.reason}`,
        fix: `bring ${first.member} back; to lose what only it has, name fresher-sibling in override`,
      };
    },
  },
  {
    id: 'fresher-bystander',
    severity: 'warn',
    acceptance: 'none',
    look: (each) => {
      const ids = idsOf(fresher(each).filter(({ exclusion }) => exclusion === 'is never to be promoted'));
      if (ids.length === 0) return undefined;
      return {
        problem: `more writes than ${each.chosen?.member} has are on ${listed(ids, 'and')}, never to be promoted`,
        fix: 'keep them: what is lost may be copied from there by hand',
      };
    },
  },
  {
    id: 'unseen-sibling',
    severity: 'warn',
    acceptance: 'none',
    look: ({ request, candidates, chosen }) => {
      const unseen = candidates.excluded.filter(
        ({ exclusion, position }) => PASSING.includes(exclusion) && position === undefined,
      );
      if (request.kind !== 'failover' || chosen === undefined || unseen.length === 0) return undefined;
      return {
        problem: `nobody can tell the position of ${listed(idsOf(unseen), 'and')}: more writes than ${chosen.member} has may be there`,
        fix: 'have them answer again, if there is time',
      };
    },
  },
];

function choices(eligible: readonly { readonly member: string }[]): string {
  return eligible.length === 0
    ? 'no member can be promoted now; run mode plan to see why'
    : `choose ${listed(idsOf(eligible), 'or')}`;
}
