import { bestCandidate } from '../../../lib/rehearsal/scenarios/best-candidate';
import { checkFit, isFit, membersMeant, regionMeant } from '../../../lib/rehearsal/scenarios/cast';
import type { Scenario } from '../../../lib/rehearsal/scenarios/scenario';
import { define, type TopologyInput } from '../../../lib/topology';
import { sampleCluster, sampleGlobal } from '../../_helpers/sample-cluster';
import { INPUT } from '../_helpers/play';
import { thrownBy } from '../_helpers/stage';

const TOPOLOGY = define(INPUT);
const CAST = { topology: TOPOLOGY, target: 'cyd' };
const SCENARIO: Scenario = {
  name: 'any',
  about: 'Anything.',
  runs: [{ mode: 'failover', at: '0s', outcomes: ['DONE'] }],
};

const misfit = (scenario: Partial<Scenario>, topology = TOPOLOGY): unknown =>
  thrownBy(() => checkFit({ ...SCENARIO, ...scenario }, topology));

test.each([
  ['the primary', ['ada']],
  ['the target', ['cyd']],
  ['every replica', ['bab', 'cyd']],
  ['every other replica', ['bab']],
  ['bab', ['bab']],
])('%s means %j', (words, members) => {
  expect(membersMeant(words, CAST)).toEqual(members);
});

test.each([
  ['of the primary', 'us-east-1'],
  ['of the target', 'eu-west-1'],
  ['ap-south-1', 'ap-south-1'],
])('the Region %s is %s', (words, region) => {
  expect(regionMeant(words, { topology: TOPOLOGY, target: 'bab' })).toBe(region);
});

test('the best candidate is who has the best priority, and the first of several', () => {
  expect(bestCandidate(TOPOLOGY)).toBe('bab');
  const [bab, cyd] = [
    { region: 'eu-west-1', replicaOf: 'ada', promotion: 1 },
    { region: 'us-east-1', replicaOf: 'ada', promotion: 1 },
  ] as const;
  const among = (members: TopologyInput['members']): unknown =>
    bestCandidate(define({ ...INPUT, members: { ada: INPUT.members['ada'] ?? bab, ...members } }));
  expect(among({ bab: { ...bab, key: 'create' }, cyd })).toBe('bab');
  expect(among({ bab: { ...bab, key: 'create', promotion: 'never' }, cyd })).toBe('cyd');
});

test('a scenario fits that names roles, members and Regions of the topology', () => {
  const acts: Scenario['acts'] = [
    { at: '0s', do: 'kill', member: 'every other replica' },
    { at: '0s', do: 'freeze', member: 'cyd' },
    { at: '0s', do: 'cut', region: 'eu-west-1' },
  ];
  expect(() => checkFit({ ...SCENARIO, acts }, TOPOLOGY)).not.toThrow();
});

test.each<[string, Partial<Scenario>, string]>([
  [
    'a member',
    { acts: [{ at: '0s', do: 'kill', member: 'eve' }] },
    'no member is called eve; allowed: ada, bab, cyd, the primary, the target, every replica, every other replica; name one of them',
  ],
  [
    'a target',
    { runs: [{ mode: 'failover', at: '0s', target: 'eve', outcomes: ['DONE'] }] },
    'no member is called eve; allowed: ada, bab, cyd; name one of them',
  ],
  [
    'a Region',
    { acts: [{ at: '0s', do: 'cut', region: 'mars-1' }] },
    'nobody is in mars-1; allowed: us-east-1, eu-west-1, of the primary, of the target; name one of them',
  ],
  [
    'a lag',
    { acts: [{ at: '0s', do: 'delay-metrics', member: 'the primary', by: '5m' }] },
    'the primary has no lag that could be told later; allowed: ada, bab, cyd, the target, every replica, every other replica; name one of them',
  ],
])('one that names %s that is not there is refused', (_, scenario, problem) => {
  expect(misfit(scenario)).toEqual(['scenario-misfit', `scenario any cannot be played on orders: ${problem}`]);
});

const [GLOBAL, CLUSTER] = [define(sampleGlobal()), define(sampleCluster())];
const HEADLESS = define({
  ...sampleGlobal(),
  members: {
    ada: { region: 'eu-west-1', size: 'db.r6g.large', instances: { a: {} } },
    bab: { region: 'us-east-1', replicaOf: 'ada', key: 'create', promotion: 1, instances: {} },
  },
});
const BOLD = 'Aurora promotes whether its fence holds or not, and an unplanned run accepts no splitBrainRisk';
const planned = (...deeds: readonly NonNullable<Scenario['acts']>[number][]): Partial<Scenario> => ({
  ...{ acts: [...deeds], runs: [{ mode: 'switchover', outcomes: ['DONE'] }] },
});

test.each([
  [
    GLOBAL,
    planned({ at: '0s', do: 'fill-disk', member: 'the primary' }),
    'nobody can do fill-disk to the kind global, because Aurora keeps its volumes itself; allowed: the kind instances; take another scenario',
  ],
  [
    CLUSTER,
    planned({ at: '0s', do: 'slow-link', member: 'the target', by: '1s' }),
    'nobody can do slow-link to the kind cluster, because Aurora keeps its volumes itself; allowed: the kind instances or global; take another scenario',
  ],
  [
    TOPOLOGY,
    planned({ at: '0s', do: 'fail-fence' }),
    'nobody can do fail-fence to the kind instances, because it has no clusters of Aurora; allowed: the kind global; take another scenario',
  ],
  [
    GLOBAL,
    planned({ at: '0s', do: 'fail-over' }),
    'nobody can do fail-over to the kind global, because its members are whole clusters; allowed: the kind cluster; take another scenario',
  ],
  [
    CLUSTER,
    planned({ at: '0s', do: 'declare' }),
    'its program names no writer, so nothing is declared; allowed: scenarios without declare; take another one',
  ],
  [GLOBAL, {}, `${BOLD}; allowed: runs that accept it; take another scenario`],
  [
    GLOBAL,
    planned({ at: '0s', do: 'add-server', member: 'the target' }),
    'whoever would be promoted has a server; allowed: a best candidate with instances: {}; take another scenario',
  ],
  [
    HEADLESS,
    planned(),
    'bab has no server, so nobody can be promoted; allowed: scenarios that give it one; take headless-target',
  ],
])('what says nothing about a kind of topology is refused: %#', (topology, scenario, problem) => {
  expect(misfit(scenario, topology)).toEqual([
    'scenario-misfit',
    `scenario any cannot be played on ${topology.name}: ${problem}`,
  ]);
});

test('the servers of a cluster that is alone are who is meant', () => {
  const killed = planned({ at: '0s', do: 'kill', member: 'i1' });
  expect([isFit({ ...SCENARIO, ...killed }, CLUSTER), isFit({ ...SCENARIO, ...killed }, GLOBAL)]).toEqual([
    true,
    false,
  ]);
});
