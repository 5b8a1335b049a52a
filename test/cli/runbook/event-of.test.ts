import { eventOf } from '../../../lib/cli/runbook/event-of';
import { inOptions } from '../../../lib/cli/runbook/in-options';
import type { Mode } from '../../../lib/runbook/contract';

const HASH = 'c0ffee'.padEnd(64, '0');
type Options = Parameters<typeof eventOf>[1];

test('options are the fields of the event', () => {
  const options: Options = {
    region: 'eu-west-1',
    reason: 'gone',
    target: 'dublin-a',
    expectedPrimary: 'virginia-a',
    approve: HASH,
    acceptDataLoss: '90',
    acceptSplitBrainRisk: ' Ada : the cable: cut',
    override: ['stale-target', 'cooling-down'],
    runId: 'run-1',
  };
  expect(eventOf('failover', options)).toStrictEqual({
    mode: 'failover',
    reason: 'gone',
    target: 'dublin-a',
    expectedPrimary: 'virginia-a',
    approve: HASH,
    acceptDataLoss: 90,
    acceptSplitBrainRisk: { by: 'Ada', reason: 'the cable: cut' },
    override: ['stale-target', 'cooling-down'],
    runId: 'run-1',
  });
});

test.each([
  ['90', 90],
  ['1.5', 1.5],
  ['90s', 90],
  ['1m30s', 90],
  ['2h', 7200],
  ['0', 0],
])('a loss of %s is %d seconds', (text, seconds) => {
  expect(eventOf('plan', { acceptDataLoss: text })).toStrictEqual({ mode: 'plan', acceptDataLoss: seconds });
});

describe('what is wrong is told in options', () => {
  test.each<[Mode, Options, string]>([
    [
      'plan',
      { acceptDataLoss: 'all' },
      '--accept-data-loss is all; allowed: seconds, or a time such as 1m30s; write how much may be lost at most',
    ],
    [
      'failover',
      { reason: 'x', acceptSplitBrainRisk: 'Ada' },
      '--accept-split-brain-risk is Ada; allowed: "NAME: REASON"; say who takes the risk, and why',
    ],
    [
      'failover',
      { reason: 'x', acceptSplitBrainRisk: '' },
      '--accept-split-brain-risk is empty; allowed: "NAME: REASON"; say who takes the risk, and why',
    ],
    ['abort', { runId: 'run-1' }, '--reason is missing; allowed: only with --reason; add --reason'],
    ['abort', {}, '--reason is missing; allowed: only with --reason; add --reason; 1 more error after that'],
    [
      'failover',
      { reason: 'x', approve: 'yes' },
      '--approve is "yes"; allowed: the hash of a plan: 64 hexadecimal digits; write it so',
    ],
    [
      'switchover',
      { reason: 'x', acceptDataLoss: '1' },
      '--accept-data-loss is not read in mode switchover; allowed: --target, --reason, --expected-primary, --approve, --override, --run-id; take it away, or use the mode that reads it',
    ],
  ])('%s %j', (mode, options, message) => {
    let told = '';
    try {
      eventOf(mode, options);
    } catch (error) {
      told = (error as Error).message;
    }
    expect(told).toBe(message);
  });
});

test.each([
  ['accept it with acceptDataLoss: 372; of that', 'accept it with --accept-data-loss 372; of that'],
  ['when it hangs, name primary-unclear in override', 'when it hangs, add --override primary-unclear'],
  ['say in acceptSplitBrainRisk who takes that risk', 'say in --accept-split-brain-risk who takes that risk'],
  [`call again with approve: ${HASH}`, `call again with --approve ${HASH}`],
  ['leave runId out for the newest', 'leave --run-id out for the newest'],
  ['primary: dublin-a', 'primary: dublin-a'],
])('the runbook says "%s"', (text, inOurWords) => {
  expect(inOptions(text)).toBe(inOurWords);
});
