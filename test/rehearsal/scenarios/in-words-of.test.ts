import { checkFit } from '../../../lib/rehearsal/scenarios/cast';
import { scenarioNamed } from '../../../lib/rehearsal/scenarios/catalogue';
import { inWordsOf } from '../../../lib/rehearsal/scenarios/in-words-of';
import { randomScenario } from '../../../lib/rehearsal/scenarios/random-scenario';
import type { ActInput } from '../../../lib/rehearsal/scenarios/scenario-schema';
import { define, type Topology } from '../../../lib/topology';
import { cloudSql, enterprise, withDr } from '../../_helpers/sample-cloud-sql';
import { INPUT } from '../_helpers/play';
import { thrownBy } from '../_helpers/stage';

const [AWS, PLAIN, PAIR] = [define(INPUT), define(enterprise()), define(withDr(cloudSql()))];

const wordsIn = (name: string, topology: Topology): readonly unknown[] =>
  (inWordsOf(topology, scenarioNamed(name)).acts ?? []).map(({ service, action }) => service ?? action);
const played = (acts: readonly ActInput[], topology: Topology): unknown =>
  thrownBy(() =>
    checkFit(
      { name: 'any', about: 'Anything.', acts: [...acts], runs: [{ mode: 'switchover', outcomes: ['DONE'] }] },
      topology,
    ),
  );

test('on AWS a scenario stays as it is', () => {
  const scenario = scenarioNamed('answers-lost');
  expect(inWordsOf(AWS, scenario)).toBe(scenario);
});

test('on Google its services and calls are those that do the same there', () => {
  expect(wordsIn('api-throttled', PLAIN)).toEqual(['sqladmin', 'sqladmin', 'dns']);
  expect(wordsIn('answers-lost', PLAIN)).toEqual([
    ...['instances.restart', 'instances.promoteReplica', 'changes.create'],
  ]);
});

test('where one call moves the primary, it is that call', () => {
  expect(wordsIn('answers-lost', PAIR)[1]).toBe('instances.switchover');
  expect(wordsIn('planned-switchover', PAIR)).toEqual([]);
});

test('a random schedule has no word of AWS there', () => {
  for (let seed = 1; seed < 200; seed += 1) {
    const scenario = randomScenario(PLAIN, seed);
    expect(thrownBy(() => checkFit(scenario, PLAIN))).toEqual(['ok', '']);
    const words = (inWordsOf(PLAIN, scenario).acts ?? []).flatMap(({ service, action }) => service ?? action ?? []);
    expect(
      words.filter(
        (word) => !/^(sqladmin|firestore|monitoring|dns|secretmanager|pubsub|[a-zA-Z]+\.[a-zA-Z]+)$/.test(word),
      ),
    ).toEqual([]);
  }
});

test("Google's own names are allowed there, and nowhere else", () => {
  const acts: readonly ActInput[] = [{ at: '0s', do: 'throttle', service: 'sqladmin' }];
  expect(played(acts, PLAIN)).toEqual(['ok', '']);
  expect(played(acts, AWS)).toEqual([
    'scenario-misfit',
    "scenario any cannot be played on orders: sqladmin is Google's, and the topology is for AWS; allowed: services and actions of AWS; name one",
  ]);
  expect(played([{ at: '0s', do: 'deny', action: 'instances.patch' }], AWS)).toEqual([
    'scenario-misfit',
    "scenario any cannot be played on orders: instances.patch is Google's, and the topology is for AWS; allowed: services and actions of AWS; name one",
  ]);
});

test('what nothing on Google does is refused', () => {
  expect(played([{ at: '0s', do: 'deny', action: 'CopyDBParameterGroup' }], PLAIN)).toEqual([
    'scenario-misfit',
    expect.stringMatching(
      /^scenario any cannot be played on orders: no call of Google's does what CopyDBParameterGroup does; allowed: DescribeDBInstances, .*, or one of Google's own, such as instances\.patch; name one$/,
    ),
  ]);
});

test('a full disk is refused there', () => {
  expect(thrownBy(() => checkFit(scenarioNamed('disk-full'), PLAIN))).toEqual([
    'scenario-misfit',
    'scenario disk-full cannot be played on orders: what Cloud SQL says of an instance whose disk is full was never seen; allowed: every other act; play another scenario',
  ]);
});
