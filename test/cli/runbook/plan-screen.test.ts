import { planScreen } from '../../../lib/cli/runbook/plan-screen';
import type { Paint } from '../../../lib/cli/paint';
import type { RunbookEvent } from '../../../lib/runbook/contract';
import type { Observation } from '../../../lib/runbook/decision';
import { ACCEPTED, GONE, WELL } from '../_helpers/orders';
import { PLACE, resultOf } from '../_helpers/results';

const plain: Paint = (_, text) => text;
const painted: Paint = (colour, text) => `<${colour}>${text}</>`;

function screen(event: RunbookEvent, observation: Observation, setting = {}): string {
  return planScreen(resultOf(event, observation), { place: PLACE, paint: plain, ...setting }) ?? 'no plan';
}

const FAILOVER: RunbookEvent = { mode: 'failover', reason: 'us-east-1 is gone' };

test('a switchover', () => {
  expect(screen({ mode: 'plan' }, WELL))
    .toBe(`PLAN, nothing done: orders, switchover of virginia-a to dublin-a (eu-west-1)
LOSES         nothing: writes stop first, and all of them arrive
FOR EVER      promote dublin-a: it never follows virginia-a again
TAKES         about 5m without a primary (an estimate, never measured here)

TARGET        dublin-a has applied all writes up to 2026-11-23T02:58:49.000Z (by
              its last lag that can be trusted), priority 2
CANDIDATES    1 dublin-a          has all writes until 02:58:49Z
              2 dublin-b          has all writes until 02:58:49Z
              - virginia-reports  is never to be promoted: its promotion rule...
FENCE         freeze virginia-a: no more writes, its position captured twice and
              equal

Nothing was changed. To do it:
  understudy promote orders --region eu-west-1 --switchover --target dublin-a \\
    --reason 'why it has to be' \\
    --approve 28e431657b13afa2d38abcfff2e773d2f0bc37464221310a989c55172887dcc2
`);
});

test('a failover that is stopped by what was found says how to accept it', () => {
  expect(screen(FAILOVER, GONE)).toBe(`STOPPED, nothing done: orders, failover of virginia-a to dublin-a (eu-west-1)
LOSES         about 14s, at most 6m15s and growing; this plan allows 1m
FOR EVER      promote dublin-a: it never follows virginia-a again
TAKES         about 7m without a primary (an estimate, never measured here)

TARGET        dublin-a has applied all writes up to 2026-11-23T02:53:45.000Z (by
              its last lag that can be trusted), priority 2
CANDIDATES    1 dublin-a          may lose 6m15s, has all writes until 02:53:45Z
              2 dublin-b          may lose 6m17s, has all writes until 02:53:43Z
              - virginia-reports  is never to be promoted: its promotion rule...
STOPPED BY    loss-too-large: promoting dublin-a may lose 6m15s of acknowledged
              writes (14s are known to be missing), and 1m may be lost. To do:
              accept it with --accept-data-loss 1275; of that, 15m is for what
              is lost until you have decided: nothing proves that virginia-a has
              stopped
WARNING       blind-to-primary: the cloud's API does not answer for the primary
              virginia-a (unreachable): it cannot be fenced from here. To do:
              keep its clients from it by other means, and say in
              --accept-split-brain-risk who takes the risk
FENCE         fence virginia-a: quarantine it, end its sessions, prove that
              nobody can write

To look again:
  understudy plan orders --region eu-west-1
`);
});

test('a failover with all that a person accepts', () => {
  expect(screen({ ...FAILOVER, ...ACCEPTED }, GONE))
    .toBe(`PLAN, nothing done: orders, failover of virginia-a to dublin-a (eu-west-1)
LOSES         about 14s, at most 6m15s and growing; this plan allows 12m
FOR EVER      promote dublin-a: it never follows virginia-a again
TAKES         about 7m without a primary (an estimate, never measured here)

TARGET        dublin-a has applied all writes up to 2026-11-23T02:53:45.000Z (by
              its last lag that can be trusted), priority 2
CANDIDATES    1 dublin-a          may lose 6m15s, has all writes until 02:53:45Z
              2 dublin-b          may lose 6m17s, has all writes until 02:53:43Z
              - virginia-reports  is never to be promoted: its promotion rule...
ACCEPTED      loss-too-large: promoting dublin-a may lose 6m15s of acknowledg...
WARNING       blind-to-primary: the cloud's API does not answer for the primary
              virginia-a (unreachable): it cannot be fenced from here. To do:
              keep its clients from it by other means, and say in
              --accept-split-brain-risk who takes the risk
FENCE         fence virginia-a: quarantine it, end its sessions, prove that
              nobody can write. If not proven, Ada takes the risk: the cable is
              cut

To approve it:
  understudy promote orders --region eu-west-1 --failover --target dublin-a \\
    --reason 'us-east-1 is gone' --accept-data-loss 720 \\
    --accept-split-brain-risk 'Ada: the cable is cut' \\
    --approve 3d2f383df7608537b06540cf0efedc2e6b71c51bd5bc8eb92c1cf9691a2d021c
`);
});

describe('each fits on a screen of 24 lines of 80 characters', () => {
  test.each<[string, RunbookEvent, Observation]>([
    ['a switchover', { mode: 'plan' }, WELL],
    ['a stopped failover', FAILOVER, GONE],
    ['a failover', { ...FAILOVER, ...ACCEPTED }, GONE],
  ])('%s', (_, event, observation) => {
    const lines = screen(event, observation).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => line.length > 80)).toStrictEqual([]);
  });
});

test('warnings that would not fit have one line each', () => {
  const result = resultOf(FAILOVER, GONE);
  const warning = { id: 'w', severity: 'warn', problem: 'it is so. '.repeat(12), fix: 'mend it' } as const;
  const findings = [...result.findings, { ...warning, acceptance: 'none' as const, accepted: false }];
  const lines = planScreen({ ...result, findings }, { place: PLACE, paint: plain })?.split('\n') ?? [];
  expect(lines.slice(14, 18)).toStrictEqual([
    '              stopped',
    "WARNING       blind-to-primary: the cloud's API does not answer for the prima...",
    'WARNING       w: it is so. it is so. it is so. it is so. it is so. it is so. ...',
    'FENCE         fence virginia-a: quarantine it, end its sessions, prove that',
  ]);
});

test('whoever is asked right now needs no command', () => {
  const asked = screen({ ...FAILOVER, ...ACCEPTED }, GONE, { isAsked: true });
  expect(screen({ ...FAILOVER, ...ACCEPTED }, GONE).startsWith(`${asked}\nTo approve it:\n`)).toBe(true);
});

test('a plan that is not the one that was approved says so', () => {
  const result = resultOf(FAILOVER, GONE);
  const next = ['The plan that was approved is another.', ...result.next];
  const told = planScreen({ ...result, phase: 'approve', next }, { place: PLACE, paint: plain, isOutdated: true });
  expect(told).toContain('\n\nThe plan that was approved is another.\n');
  expect(told).toMatch(/^PLAN, nothing done: /);
});

test('a finding that nobody can accept says that, and one that can says how', () => {
  const finding = { severity: 'block', problem: 'it is so', fix: 'mend it', accepted: false } as const;
  const findings = [
    { ...finding, id: 'a-warning', severity: 'warn', acceptance: 'none' },
    { ...finding, id: 'some-risk', acceptance: 'override' },
    { ...finding, id: 'never', acceptance: 'none' },
  ] as const;
  const told = planScreen({ ...resultOf(FAILOVER, GONE), findings: [...findings] }, { place: PLACE, paint: plain });
  expect(told?.split('\n').slice(10, 13)).toStrictEqual([
    'STOPPED BY    some-risk: it is so. To do: mend it. To accept it: --override',
    '              some-risk',
    'STOPPED BY    never: it is so. To do: mend it. Nobody can accept it',
  ]);
  expect(told?.split('\n')[13]).toBe('WARNING       a-warning: it is so. To do: mend it');
});

test('the unknown is called unknown', () => {
  const result = resultOf(FAILOVER, GONE);
  const plan = result.plan && { ...result.plan, loss: 'unknown' as const };
  expect(planScreen({ ...result, plan }, { place: PLACE, paint: plain })?.split('\n')[1]).toBe(
    'LOSES         nobody can tell how much; this plan allows 1m',
  );
});

test('colours are beside the words, and say nothing that these do not', () => {
  const coloured = screen({ ...FAILOVER, ...ACCEPTED }, GONE, { paint: painted });
  expect(coloured.split('\n').slice(0, 3)).toStrictEqual([
    '<green>PLAN, nothing done: orders, failover of virginia-a to dublin-a (eu-west-1)</>',
    '<red>LOSES</>         about 14s, at most 6m15s and growing; this plan allows 12m',
    '<red>FOR EVER</>      promote dublin-a: it never follows virginia-a again',
  ]);
  expect(coloured.replaceAll(/<\w+>|<\/>/g, '')).toBe(screen({ ...FAILOVER, ...ACCEPTED }, GONE));
});

test('without a plan there is no such screen', () => {
  const { plan: _, planHash: __, ...result } = resultOf(FAILOVER, GONE);
  expect(planScreen(result, { place: PLACE, paint: plain })).toBeUndefined();
});
