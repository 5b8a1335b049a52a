import { readFileSync } from 'node:fs';
import { checkScenarioText, parseScenario, scenarioJsonSchema, SCENARIOS } from '../../lib/rehearsal';
import { checkScenario } from '../../lib/rehearsal/scenarios/scenario';
import { MOMENT, momentOf } from '../../lib/rehearsal/scenarios/moment';
import { DEEDS } from '../../lib/rehearsal/scenarios/scenario-schema';
import { thrownBy } from './_helpers/stage';

const FIRST = 'name: flood\nabout: The cellar is full of water.\nruns:\n  - mode: failover\n    outcomes: [DONE]\n';
const messages = (text: string): readonly string[] =>
  checkScenarioText(text).findings.map(
    ({ position, problem, allowed, fix }) =>
      `${position?.line ?? ''}:${position?.column ?? ''} ${problem}; allowed: ${allowed}; ${fix}`,
  );

test('every scenario that is there is written in the language of the files', () => {
  expect(SCENARIOS.flatMap((each) => checkScenario(each).findings)).toEqual([]);
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
});

test('a scenario in YAML is read', () => {
  const act = 'acts:\n  - when: call in promote of run 1\n    after: 5s\n    do: kill\n    member: the target\n';
  expect(parseScenario(FIRST + act).acts).toEqual([
    { when: 'call in promote of run 1', after: '5s', do: 'kill', member: 'the target' },
  ]);
});

test.each([
  [
    'an act of another name',
    '  - at: 0s\n    do: kil\n',
    '8:5 do is kil; allowed: kill, start, freeze, thaw, break-replication, mend-replication, slow-link, delay-replay, delay-metrics, fill-disk, empty-disk, add-server, fail-fence, fail-over, cut, heal, throttle, deny, lose-answers, kill-runbook, declare; did you mean kill?',
  ],
  ['an act that lacks something', '  - at: 0s\n    do: kill\n', '7:5 kill has no member; allowed: member; add member'],
  [
    'an act that says too much',
    '  - at: 0s\n    do: kill-runbook\n    member: a\n',
    '9:5 kill-runbook reads no member; allowed: nothing more; take it away',
  ],
  [
    'an act without a time',
    '  - do: kill-runbook\n',
    '7:5 an act says neither at nor when; allowed: one of the two; add one',
  ],
  [
    'an act with two times',
    '  - at: 0s\n    when: row 3\n    do: kill-runbook\n',
    '7:5 an act says both at and when; allowed: one of the two; take one away',
  ],
  [
    'a key that is misspelt',
    '  - att: 0s\n    do: kill-runbook\n',
    '7:5 att is no known key; allowed: at, when, after, do, member, region, by, service, action, times; did you mean at?',
  ],
])('%s is told with line and column', (_, act, message) => {
  expect(messages(`${FIRST}acts:\n${act}`)).toEqual([message]);
});

test('all mistakes are told at once, with the file', () => {
  expect(thrownBy(() => parseScenario('name: flood\nruns: []\n', 'a.yaml'))).toEqual([
    'scenario-refused',
    `the scenario has 2 errors:
  a.yaml:1:1 error missing-value: about: about is missing. Allowed: one sentence. Fix: add about.
  a.yaml:2:1 error invalid-value: runs: runs is a list of 0. Allowed: a list of at least one run. Fix: write it so.`,
  ]);
});

test('a run goes on with an earlier one', () => {
  const resume = FIRST.replace('    outcomes', '    resume: 1\n    outcomes');
  expect(messages(resume)).toEqual(['5:5 resume is 1; allowed: no resume in the first run; write it so']);
});

test('a moment is a phase, a call, a row or an end', () => {
  expect(['phase promote', 'call in catch-up of run 2', 'row 12', 'end of run 1'].map(momentOf)).toEqual([
    { kind: 'phase', phase: 'promote', run: undefined },
    { kind: 'call', phase: 'catch-up', run: 2 },
    { kind: 'row', row: 12, run: undefined },
    { kind: 'end', run: 1 },
  ]);
  expect(['phase lunch', 'row 0', 'end', 'call promote', 'end of run 1 '].filter((text) => MOMENT.test(text))).toEqual(
    [],
  );
});

test('the README says of everything that can be done', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(Object.keys(DEEDS).filter((deed) => !readme.includes(`\`${deed}\``))).toEqual([]);
});

test('editors are told what a scenario may say', () => {
  expect(scenarioJsonSchema()).toMatchObject({
    title: 'db-understudy scenario',
    required: ['name', 'about', 'runs'],
    additionalProperties: false,
  });
});
