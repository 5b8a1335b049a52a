import { bestCandidate } from '../../../lib/rehearsal/scenarios/best-candidate';
import { checkFit, membersMeant, regionMeant } from '../../../lib/rehearsal/scenarios/cast';
import type { Scenario } from '../../../lib/rehearsal/scenarios/scenario';
import { define, type TopologyInput } from '../../../lib/topology';
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
])('one that names %s that is not there is refused', (_, scenario, problem) => {
  expect(misfit(scenario)).toEqual(['scenario-misfit', `scenario any cannot be played on orders: ${problem}`]);
});
