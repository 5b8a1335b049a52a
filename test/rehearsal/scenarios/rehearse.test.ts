import { forgetTemplate, isFit, SCENARIOS } from '../../../lib/rehearsal';
import { runbookKilledIn } from '../../../lib/rehearsal/scenarios/built-in/runbook-killed';
import { scenarioNamed } from '../../../lib/rehearsal/scenarios/catalogue';
import { define } from '../../../lib/topology';
import { expectKept, INPUT, play } from '../_helpers/play';
import { expectedIn, seenIn } from '../_helpers/seen-in';
import { thrownBy } from '../_helpers/stage';

jest.setTimeout(180_000);
afterAll(forgetTemplate);

const FITTING = SCENARIOS.filter((each) => isFit(each, define(INPUT)));

test.concurrent.each(FITTING.map(({ name }) => name))('in %s every promise is kept', async (name) => {
  const rehearsal = await play(name);
  expectKept(rehearsal, { seen: seenIn(name, rehearsal) }, { seen: expectedIn(name) });
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
