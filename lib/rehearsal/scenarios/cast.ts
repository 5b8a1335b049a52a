import { TopologyView, UnderstudyError, type MemberId, type Topology } from '../../topology';
import { insideTopology } from '../stage/inside-topology';
import { bestCandidate } from './best-candidate';
import { foreignTo } from './in-words-of';
import { misfitOfKind } from './misfit-of-kind';
import type { Scenario } from './scenario';

/** Who plays whom: what names of roles mean in a topology. */
export interface Cast {
  readonly topology: Topology;
  /** Whom the newest plan promotes; before there is one, the best candidate. */
  readonly target: MemberId;
}

const ROLES = ['the primary', 'the target', 'every replica', 'every other replica'];
const PLACES = ['of the primary', 'of the target'];

export function membersMeant(words: string, { topology, target }: Cast): readonly MemberId[] {
  const replicas = new TopologyView(topology).replicas.map(({ id }) => id);
  switch (words) {
    case 'the primary':
      return [topology.primary];
    case 'the target':
      return [target];
    case 'every replica':
      return replicas;
    case 'every other replica':
      return replicas.filter((id) => id !== target);
    default:
      return [words];
  }
}

export function regionMeant(words: string, { topology, target }: Cast): string {
  if (!PLACES.includes(words)) return words;
  const id = words === 'of the primary' ? topology.primary : target;
  return topology.members.find((member) => member.id === id)?.region ?? '';
}

/** @throws UnderstudyError `scenario-misfit` when the scenario cannot be played on the topology */
export function checkFit(scenario: Scenario, topology: Topology): void {
  const problem = unfit(scenario, topology);
  if (problem === undefined) return;
  throw new UnderstudyError(
    'scenario-misfit',
    `scenario ${scenario.name} cannot be played on ${topology.name}: ${problem}`,
  );
}

/** Whether a scenario can be played on a topology. */
export const isFit = (scenario: Scenario, topology: Topology): boolean => unfit(scenario, topology) === undefined;

const unfit = (scenario: Scenario, topology: Topology): string | undefined =>
  misfitOfKind(scenario, topology) ?? misfit(scenario, insideTopology(topology)) ?? foreignTo(topology, scenario);

function misfit({ acts = [], runs }: Scenario, topology: Topology): string | undefined {
  const ids = new TopologyView(topology).active.map(({ id }) => id);
  const regions = [...new Set(topology.members.flatMap(({ region }) => region ?? []))];
  const stranger = acts.flatMap(({ member = 'the primary' }) => member).find((id) => ![...ROLES, ...ids].includes(id));
  if (stranger !== undefined)
    return `no member is called ${stranger}; allowed: ${[...ids, ...ROLES].join(', ')}; name one of them`;
  const [first, ...following] = ROLES;
  if (acts.some((act) => act.do === 'delay-metrics' && act.member === first))
    return `${first} has no lag that could be told later; allowed: ${[...ids, ...following].join(', ')}; name one of them`;
  const wish = runs.find(({ target }) => target !== undefined && !ids.includes(target) && runs.length === 1)?.target;
  if (wish !== undefined) return `no member is called ${wish}; allowed: ${ids.join(', ')}; name one of them`;
  const nowhere = acts
    .flatMap(({ region = PLACES[0] ?? '' }) => region)
    .find((each) => ![...PLACES, ...regions].includes(each));
  if (nowhere !== undefined)
    return `nobody is in ${nowhere}; allowed: ${[...regions, ...PLACES].join(', ')}; name one of them`;
  if (bestCandidate(topology) === undefined)
    return 'no member may be promoted; allowed: at least one replica with a promotion priority; give one to a replica';
  if (regions.length < 2 && acts.some((act) => act.do === 'cut'))
    return `all members are in ${regions.join()}, so no Region can be cut off; allowed: members in two Regions or more; add a replica in another one`;
  return undefined;
}
