import { TopologyView } from '../../topology';
import { listed, whole, type Case, type Check, type Message } from './check';
import { instantText } from './instant-text';
import type { Move } from './move';
import { seen, seenPrimary, type Observation } from './observation';
import { witnesses, type Witness } from './witness';

/** Witnesses count while the primary does not answer here: an answer of its own says more. */
function speakers({ request, observation, policy }: Case, by: Witness['by']): readonly Witness[] {
  if (request.kind !== 'failover' || seenPrimary(observation).dataPlane === 'reachable') return [];
  return witnesses(observation, policy).filter((witness) => witness.by === by);
}

function whenSpoken(each: Case, by: Witness['by'], message: (ids: string, wait: string) => Message) {
  const found = speakers(each, by);
  if (found.length === 0) return undefined;
  const until = Math.max(...found.map((witness) => witness.until));
  return message(
    listed(
      found.map(({ member }) => member),
      'and',
    ),
    whole(Math.max(1, until - each.observation.at)),
  );
}

/** Declared replicas that follow nobody any more, by what is known of whether they take writes. */
function leftAlone(observation: Observation, acceptsWrites: 'yes' | 'unknown'): readonly string[] {
  return new TopologyView(observation.topology).replicas
    .map(({ id }) => seen(observation, id))
    .filter((each) => each.replication === 'none' && each.acceptsWrites === acceptsWrites)
    .map(({ id }) => id)
    .toSorted();
}

/** Where two could write, or something be lost. */
const BETWEEN_STORAGES: readonly Move[] = ['stepwise', 'global'];

/** What stands against a run because of who is primary, and how it is. */
export const PRIMARY_CHECKS: readonly Check[] = [
  {
    id: 'wrong-primary',
    severity: 'block',
    acceptance: 'none',
    look: ({ request: { expectedPrimary }, observation: { topology } }) =>
      expectedPrimary === undefined || expectedPrimary === topology.primary
        ? undefined
        : {
            problem: `${expectedPrimary} was expected to be the primary, and ${topology.primary} is`,
            fix: 'look at the status again: somebody else may have promoted meanwhile',
          },
  },
  {
    id: 'another-primary',
    severity: 'block',
    acceptance: 'none',
    look: ({ observation }) => {
      const { topology } = observation;
      const others = leftAlone(observation, 'yes');
      if (others.length === 0) return undefined;
      return {
        problem: `somebody has promoted ${listed(others, 'and')}, and ${topology.primary} is declared as the primary`,
        fix: 'find out which of them is to be the primary; declare that one so, and the others as retired',
      };
    },
  },
  {
    // Each Region's runbook has a journal of its own: what that of another has done shows only in the cloud.
    id: 'possible-primary',
    severity: 'block',
    acceptance: 'override',
    look: ({ observation }) => {
      const { topology } = observation;
      const others = leftAlone(observation, 'unknown');
      if (others.length === 0) return undefined;
      const [it, they] = others.length === 1 ? ['it', 'it takes'] : ['them', 'they take'];
      return {
        problem: `${listed(others, 'and')} follow${others.length === 1 ? 's' : ''} nobody any more, and whether ${they} writes is not known: somebody may have promoted ${it}, the runbook of another Region for example, and ${topology.primary} is declared as the primary`,
        fix: `ask the runbook there for the status; if ${it === 'it' ? 'it is' : 'one of them is'} the primary, declare it so and deploy; if not, name possible-primary in override`,
      };
    },
  },
  {
    id: 'primary-unreachable',
    moves: ['stepwise'],
    severity: 'block',
    acceptance: 'none',
    look: ({ request, observation }) => {
      const { id, dataPlane } = seenPrimary(observation);
      if (request.kind !== 'switchover' || dataPlane === 'reachable') return undefined;
      return {
        problem: `the primary ${id} does not answer (${dataPlane}), so it cannot be frozen`,
        fix: 'run it from where the primary answers; when it is lost, use failover',
      };
    },
  },
  {
    id: 'primary-alive',
    moves: BETWEEN_STORAGES,
    severity: 'block',
    acceptance: 'none',
    look: ({ request, observation }) => {
      const { id, dataPlane, acceptsWrites } = seenPrimary(observation);
      if (request.kind !== 'failover' || dataPlane !== 'reachable' || acceptsWrites !== 'yes') return undefined;
      return { problem: `the primary ${id} answers and takes writes`, fix: 'use switchover, which loses nothing' };
    },
  },
  {
    id: 'primary-unclear',
    moves: BETWEEN_STORAGES,
    severity: 'block',
    // The fence still has to be proven, or its risk be taken by name.
    acceptance: 'override',
    look: ({ request, observation }) => {
      const { id, dataPlane, acceptsWrites } = seenPrimary(observation);
      if (request.kind !== 'failover' || dataPlane !== 'reachable' || acceptsWrites !== 'unknown') return undefined;
      return {
        problem: `the primary ${id} answers, and whether it takes writes is not known`,
        fix: 'use switchover, which loses nothing; when it hangs, name primary-unclear in override',
      };
    },
  },
  {
    id: 'primary-unknown',
    moves: BETWEEN_STORAGES,
    severity: 'block',
    acceptance: 'override',
    look: ({ request, observation }) => {
      const { id, dataPlane, stoppedAt } = seenPrimary(observation);
      if (request.kind !== 'failover' || dataPlane !== 'unknown' || stoppedAt !== undefined) return undefined;
      return {
        problem: `whether the primary ${id} is lost is not known: nobody here could ask it`,
        fix: 'run it from a network that reaches it; when you know that it is lost, name primary-unknown in override',
      };
    },
  },
  {
    id: 'second-witness',
    moves: BETWEEN_STORAGES,
    severity: 'block',
    acceptance: 'none',
    look: (each) =>
      whenSpoken(each, 'heard', (ids, wait) => ({
        problem: `the primary ${each.observation.topology.primary} was heard just now by ${ids}: it is alive, only not reachable from here`,
        fix: `use switchover from where it can be reached; if it died just now, look again in ${wait}; if it hangs, stop it by hand, and nobody hears from it any more`,
      })),
  },
  {
    id: 'possible-witness',
    moves: BETWEEN_STORAGES,
    severity: 'block',
    acceptance: 'acceptSplitBrainRisk',
    look: (each) =>
      whenSpoken(each, 'lag', (ids, wait) => ({
        problem: `by the lag of ${ids}, the primary ${each.observation.topology.primary} may be alive, only not reachable from here`,
        fix: `look again in ${wait}: a lag tells late, and may say 0 while nothing arrives; or say in acceptSplitBrainRisk who takes the risk`,
      })),
  },
  {
    id: 'cooling-down',
    severity: 'block',
    acceptance: 'override',
    look: ({ observation: { at, lastPromotion }, policy: { coolDown } }) => {
      if (lastPromotion === undefined || at - lastPromotion >= coolDown) return undefined;
      return {
        problem: `the last promotion ended at ${instantText(lastPromotion)}, less than ${whole(coolDown)} ago`,
        fix: `wait ${whole(coolDown - (at - lastPromotion))}, or find out why it has to be again and name cooling-down in override`,
      };
    },
  },
  {
    id: 'blind-to-primary',
    moves: BETWEEN_STORAGES,
    severity: 'warn',
    acceptance: 'none',
    look: ({ request, observation }) => {
      const { id, controlPlane } = seenPrimary(observation);
      if (request.kind !== 'failover' || controlPlane === 'reachable') return undefined;
      return {
        problem: `the cloud's API does not answer for the primary ${id} (${controlPlane}): it cannot be fenced from here`,
        fix: 'keep its clients from it by other means, and say in acceptSplitBrainRisk who takes the risk',
      };
    },
  },
];
