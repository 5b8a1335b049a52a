import { resultScreen } from '../../../lib/cli/runbook/result-screen';
import type { Paint } from '../../../lib/cli/paint';
import type { RunbookResult } from '../../../lib/runbook/contract';
import { ACCEPTED, GONE, passed, switchedOver } from '../_helpers/orders';
import { PLACE, resultOf } from '../_helpers/results';

const plain: Paint = (_, text) => text;
const HASH = 'c0ffee'.padEnd(64, '0');
const screen = (result: RunbookResult, paint = plain): string => resultScreen(result, PLACE, paint);

test('a switchover that went well', () => {
  const event = { mode: 'switchover', reason: 'patch day', approve: HASH, runId: 'run-1' } as const;
  expect(screen(switchedOver(event))).toBe(`DONE
RUN           run-1
WHAT          switchover of virginia-a to dublin-a
PRIMARY       dublin-a; virginia-a is kept
FENCE         proven: it is frozen; its position stands still
TOOK          16s: start 1s, observe 1s, preflight 1s, choose 1s, approve 3s,
              fence 2s, catch-up 1s, promote 1s, confirm 1s, restore 1s, repoint
              1s, rebuild 1s, report 1s

dublin-a is the primary. Say so in the program before it is deployed again:
primary: dublin-a; retired: kept for virginia-a and for whoever follows it.
virginia-a is kept as it is. What only it has, if anything, is copied from there
by hand; then it can be removed.
`);
});

const FAILOVER = { mode: 'failover', reason: 'gone', approve: HASH, runId: 'run-1', ...ACCEPTED } as const;

test('a failover that went on without a proof, and left something out', () => {
  const accepted = FAILOVER.acceptSplitBrainRisk;
  const result = resultOf(FAILOVER, GONE, [
    {
      type: 'fenced',
      fence: { outcome: 'impossible', reason: 'the API does not answer', ...(accepted && { accepted }) },
    },
    { type: 'phase ended', phase: 'fence', signal: 'risk accepted' },
    ...passed('promote', 'confirm', 'restore', 'repoint'),
    { type: 'shortfall', phase: 'rebuild', problem: 'no replica follows dublin-a yet' },
    { type: 'phase ended', phase: 'rebuild', signal: 'incomplete' },
    ...passed('report'),
    { type: 'ended', outcome: 'DEGRADED' },
  ]);
  expect(screen(result).split('\n').slice(0, 13)).toStrictEqual([
    'DEGRADED: promoted, and not all is as it should be',
    'RUN           run-1',
    'WHAT          failover of virginia-a to dublin-a',
    'PRIMARY       dublin-a; virginia-a is kept',
    'FENCE         impossible: the API does not answer. Ada takes the risk: the cable',
    '              is cut',
    'LOST          about 14s, at most 6m15s and growing',
    'ACCEPTED      loss-too-large: promoting dublin-a may lose 6m15s of acknowledg...',
    "WARNING       blind-to-primary: the cloud's API does not answer for the primary",
    '              virginia-a (unreachable): it cannot be fenced from here. To do:',
    '              keep its clients from it by other means, and say in',
    '              --accept-split-brain-risk who takes the risk',
    'TOOK          16s: start 1s, observe 1s, preflight 1s, choose 1s, approve 3s,',
  ]);
  expect(screen(result)).toContain('\n\nNo replica follows dublin-a yet.\ndublin-a is the primary.');
});

test('a run that is not over, with what to type', () => {
  expect(screen(resultOf(FAILOVER, GONE)).split('\n\n')[1]).toBe(`The run is not over. To go on with it:
  understudy promote orders --region eu-west-1 --failover --run-id run-1 \\
    --reason gone
To stop it before the promotion:
  understudy abort orders --region eu-west-1 --run-id run-1 \\
    --reason 'why it has to stop'
`);
});

const BARE: RunbookResult = {
  runId: 'none',
  outcome: 'REFUSED',
  phase: 'start',
  findings: [{ id: 'x', severity: 'block', problem: 'p', fix: 'f', acceptance: 'none', accepted: false }],
  candidates: [],
  timings: [],
  next: ['Nothing was changed: p. To do: f.'],
};

test('a refusal says its reason once', () => {
  expect(screen(BARE)).toBe('REFUSED: nothing was changed\nRUN           none\n\nNothing was changed: p. To do: f.\n');
});

test.each<[RunbookResult['outcome'], string]>([
  ['DONE', '<green>DONE'],
  ['DEGRADED', '<yellow>DEGRADED: promoted, and not all is as it should be'],
  ['NEEDS_OPERATOR', '<red>NEEDS AN OPERATOR: it cannot go on without a person'],
  ['ABORTED', '<yellow>ABORTED: stopped before the promotion, and taken back'],
  ['REFUSED', '<red>REFUSED: nothing was changed'],
  ['IN_PROGRESS', '<yellow>IN PROGRESS'],
])('%s is on top', (outcome, line) => {
  const coloured: Paint = (colour, text) => `<${colour}>${text}`;
  expect(screen({ ...BARE, outcome }, coloured).split('\n')[0]).toBe(line);
});

test('nobody is called primary by a run that only planned', () => {
  const planned = { ...resultOf({ mode: 'plan' }, GONE), outcome: 'DONE', phase: 'approve' } as const;
  expect(screen(planned)).not.toContain('PRIMARY');
});
