import { forgetTemplate, isFit, SCENARIOS, type Rehearsal } from '../../../lib/rehearsal';
import { runbookKilledIn } from '../../../lib/rehearsal/scenarios/built-in/runbook-killed';
import { scenarioNamed } from '../../../lib/rehearsal/scenarios/catalogue';
import { define } from '../../../lib/topology';
import { expectKept, INPUT, play, resultOf } from '../_helpers/play';
import { thrownBy } from '../_helpers/stage';

jest.setTimeout(180_000);
afterAll(forgetTemplate);

const hostsOf = ({ writes }: Rehearsal): number =>
  new Set(writes.filter(({ end }) => end === 'acknowledged').map(({ host }) => host)).size;

/** What has to be seen besides, or the story was not the one that it says it is. */
const SEEN: Readonly<Record<string, (rehearsal: Rehearsal) => readonly unknown[]>> = {
  'planned-switchover': (each) => [each.verdict.lost.length, hostsOf(each), resultOf(each)?.findings.length],
  'primary-killed': (each) => [hostsOf(each), resultOf(each)?.fence?.outcome],
  'replication-broken': ({ verdict }) => [verdict.lost.length > 10],
  'metrics-late': ({ verdict, acts }) => [verdict.lost.length > 10, acts.at(-1)?.text],
  'region-cut-off': ({ verdict }) => [
    verdict.lost.length > 10,
    verdict.promises.find(({ id }) => id === 'one-writer')?.seen.replace(/^[1-9]\d+ /, ''),
  ],
  'api-throttled': ({ calls }) => [calls.counts.reduce((sum, { failed }) => sum + failed, 0) > 6],
  'answers-lost': ({ calls }) => [calls.mutations.filter(({ outcome, effect }) => effect && outcome !== 'ok').length],
  'two-operators': ({ verdict, reigns }) => [
    verdict.promises.flatMap(({ id, seen }) => (id === 'outcome' ? seen : [])).sort(),
    reigns.length,
  ],
  failback: ({ reigns }) => [reigns.length],
  'runbook-killed-in-promote': ({ runs }) => [
    runs.filter(({ event }) => event.mode !== 'plan').map(({ result }) => result?.outcome),
  ],
};
const EXPECTED: Readonly<Record<string, readonly unknown[]>> = {
  'planned-switchover': [0, 2, 0],
  'primary-killed': [2, 'proven'],
  'replication-broken': [true],
  'metrics-late': [true, 'its lag is told as usual, and what was held back at once'],
  'region-cut-off': [true, 'writes acknowledged by the old primary after the new one had begun; Ada took that risk'],
  'api-throttled': [true],
  'answers-lost': [3],
  'two-operators': [
    ['the run ended DONE; allowed is DONE or REFUSED', 'the run ended REFUSED; allowed is DONE or REFUSED'],
    2,
  ],
  failback: [3],
  'runbook-killed-in-promote': [[undefined, 'DONE']],
};

const FITTING = SCENARIOS.filter((each) => isFit(each, define(INPUT)));

test.concurrent.each(FITTING.map(({ name }) => name))('in %s every promise is kept', async (name) => {
  const rehearsal = await play(name);
  expectKept(rehearsal, { seen: SEEN[name]?.(rehearsal) ?? [] }, { seen: EXPECTED[name] ?? [] });
});

test.concurrent.each(['fence', 'rebuild'] as const)('a runbook that is killed in %s is gone on with', async (phase) => {
  expectKept(await play(runbookKilledIn(phase)));
});

test('a scenario that is not there is refused with those that are', () => {
  expect(thrownBy(() => scenarioNamed('flood'))).toEqual([
    'no-such-scenario',
    `no scenario is called flood; allowed: ${SCENARIOS.map(({ name }) => name).join(', ')}, or the same in another phase, or a YAML file; name one of them`,
  ]);
});

test('a scenario that cannot be played on a topology is refused before a server is started', async () => {
  const members = { ...INPUT.members, bab: { region: 'us-east-1', replicaOf: 'ada', promotion: 1 } };
  await expect(play('region-cut-off', { topology: define({ ...INPUT, members }) })).rejects.toMatchObject({
    code: 'scenario-misfit',
    message:
      'scenario region-cut-off cannot be played on orders: all members are in us-east-1, so no Region can be cut off; allowed: members in two Regions or more; add a replica in another one',
  });
});
