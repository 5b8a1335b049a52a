import { isAurora, type Topology, type TopologyKind } from '../../topology';
import { isLoneCluster } from '../stage/inside-topology';
import { bestCandidate } from './best-candidate';
import type { Scenario } from './scenario';
import type { Deed } from './scenario-schema';

/** What can be done to topologies of some kinds alone; all else can be done to all. */
const KINDS: Readonly<Partial<Record<Deed, readonly TopologyKind[]>>> = {
  'break-replication': ['instances', 'global'],
  'mend-replication': ['instances', 'global'],
  'slow-link': ['instances', 'global'],
  'delay-replay': ['instances', 'global'],
  'fill-disk': ['instances'],
  'empty-disk': ['instances'],
  'add-server': ['global'],
  'fail-fence': ['global'],
  'fail-over': ['cluster'],
};

/** Whether something can be done to a topology of that kind. */
export const canHappenTo = (deed: Deed, kind: TopologyKind): boolean => KINDS[deed]?.includes(kind) !== false;

/** Why a scenario says nothing about a topology of that kind; undefined: it does. */
export function misfitOfKind(scenario: Scenario, topology: Topology): string | undefined {
  const { kind } = topology;
  const deed = scenario.acts?.map((act) => act.do).find((each) => !canHappenTo(each, kind));
  if (deed !== undefined) {
    const why = reasonOf(deed, kind);
    const kinds = KINDS[deed]?.join(' or ') ?? '';
    return `nobody can do ${deed} to the kind ${kind}, because ${why}; allowed: the kind ${kinds}; take another scenario`;
  }
  if (isLoneCluster(topology) && scenario.acts?.some((act) => act.do === 'declare') === true)
    return 'its program names no writer, so nothing is declared; allowed: scenarios without declare; take another one';
  return kind === 'global' ? misfitOfGlobal(scenario, topology) : undefined;
}

function reasonOf(deed: Deed, kind: TopologyKind): string {
  if (!isAurora(kind)) return 'it has no clusters of Aurora';
  return deed === 'fail-over' ? 'its members are whole clusters' : 'Aurora keeps its volumes itself';
}

function misfitOfGlobal({ acts = [], runs }: Scenario, topology: Topology): string | undefined {
  const candidate = topology.members.find(({ id }) => id === bestCandidate(topology));
  const isHeadless = candidate?.instances?.length === 0;
  const isGivenOne = acts.some((act) => act.do === 'add-server');
  if (isHeadless && !isGivenOne)
    return `${candidate.id} has no server, so nobody can be promoted; allowed: scenarios that give it one; take headless-target`;
  if (!isHeadless && isGivenOne)
    return 'whoever would be promoted has a server; allowed: a best candidate with instances: {}; take another scenario';
  const isBold = runs.some(
    ({ mode, accept, outcomes }) =>
      mode === 'failover' && accept?.splitBrainRisk === undefined && !outcomes.includes('REFUSED'),
  );
  if (!isBold) return undefined;
  return 'Aurora promotes whether its fence holds or not, and an unplanned run accepts no splitBrainRisk; allowed: runs that accept it; take another scenario';
}
