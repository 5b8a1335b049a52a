import { parseEvent, parseResult, MODES, type RunbookEvent, type RunbookResult } from '../../../lib/runbook/contract';

const HASH = 'a'.repeat(64);
const BY = { by: 'Ada', reason: 'the Region is dark' };

/** What is wrong with an event or a result, line by line; empty when nothing is. */
function refusal(parse: (value: unknown) => unknown, value: unknown): readonly string[] {
  try {
    parse(value);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.trim());
  }
}

const EVENTS: readonly RunbookEvent[] = [
  { mode: 'plan' },
  {
    mode: 'plan',
    target: 'bab',
    expectedPrimary: 'ada',
    acceptDataLoss: 60,
    acceptSplitBrainRisk: BY,
    override: ['x'],
  },
  {
    mode: 'switchover',
    reason: 'drill',
    target: 'bab',
    expectedPrimary: 'ada',
    approve: HASH,
    override: [],
    runId: 'r1',
  },
  { mode: 'failover', reason: 'lost', approve: HASH, acceptDataLoss: 0, acceptSplitBrainRisk: BY, runId: 'r1' },
  { mode: 'status' },
  { mode: 'status', runId: 'r1' },
  { mode: 'abort', reason: 'wrong night', runId: 'r1' },
  { mode: 'unfence', reason: 'reconciled', target: 'ada', expectedPrimary: 'bab', acceptSplitBrainRisk: BY },
];

test.each(EVENTS)('takes $mode, there and back', (event) => {
  expect(parseEvent(JSON.parse(JSON.stringify(event)))).toStrictEqual(event);
});

test('every mode is among them', () => {
  expect([...new Set(EVENTS.map(({ mode }) => mode))]).toStrictEqual([...MODES]);
});

const ALL = 'mode, target, reason, expectedPrimary, approve, acceptDataLoss, acceptSplitBrainRisk, override, runId';
const SECONDS = 'seconds, 0 or more';
const SENTENCE = 'a sentence of 1 to 1000 characters';
const ID = 'an id of 1 to 100 characters';

test.each<[string, unknown, readonly string[]]>([
  ['nothing', undefined, ['the event is missing. Allowed: an object with mode, and what the mode reads. Fix: add it.']],
  ['a text', 'plan', ['the event is "plan". Allowed: an object with mode, and what the mode reads. Fix: write it so.']],
  ['no mode', {}, ['mode is missing. Allowed: plan, switchover, failover, status, abort, unfence. Fix: add it.']],
  [
    'an unknown mode',
    { mode: 'failback' },
    ['mode is "failback". Allowed: plan, switchover, failover, status, abort, unfence. Fix: write it so.'],
  ],
  [
    'a misspelt field',
    { mode: 'plan', acceptDataLos: 5 },
    [`acceptDataLos is no known field. Allowed: ${ALL}. Fix: correct it, or take it away.`],
  ],
  [
    'a misspelt field within one',
    { mode: 'plan', acceptSplitBrainRisk: { ...BY, who: 'me' } },
    ['acceptSplitBrainRisk.who is no known field. Allowed: by, reason. Fix: correct it, or take it away.'],
  ],
  [
    'a risk that nobody takes',
    { mode: 'plan', acceptSplitBrainRisk: { by: ' ' } },
    [
      `acceptSplitBrainRisk.by is " ". Allowed: ${SENTENCE}. Fix: write it so.`,
      `acceptSplitBrainRisk.reason is missing. Allowed: ${SENTENCE}. Fix: add it.`,
    ],
  ],
  [
    'a risk that is agreed to',
    { mode: 'plan', acceptSplitBrainRisk: true },
    ['acceptSplitBrainRisk is true. Allowed: by and reason. Fix: write it so.'],
  ],
  [
    'no reason',
    { mode: 'failover' },
    ['reason is missing. Allowed in mode failover: only with reason. Fix: add reason.'],
  ],
  [
    'an abort of nothing',
    { mode: 'abort' },
    [
      'reason is missing. Allowed in mode abort: only with reason. Fix: add reason.',
      'runId is missing. Allowed in mode abort: only with runId. Fix: add runId.',
    ],
  ],
  [
    'an unfence of nobody',
    { mode: 'unfence', reason: 'r' },
    ['target is missing. Allowed in mode unfence: only with target. Fix: add target.'],
  ],
  [
    'a loss in a switchover',
    { mode: 'switchover', reason: 'r', acceptDataLoss: 5 },
    [
      'acceptDataLoss is not read in mode switchover. Allowed: target, reason, expectedPrimary, approve, override, runId. Fix: take it away, or use the mode that reads it.',
    ],
  ],
  [
    'a target of a status',
    { mode: 'status', target: 'bab' },
    ['target is not read in mode status. Allowed: runId. Fix: take it away, or use the mode that reads it.'],
  ],
  [
    'a negative loss',
    { mode: 'plan', acceptDataLoss: -1 },
    [`acceptDataLoss is -1. Allowed: ${SECONDS}. Fix: write it so.`],
  ],
  [
    'a loss as text',
    { mode: 'plan', acceptDataLoss: '60' },
    [`acceptDataLoss is "60". Allowed: ${SECONDS}. Fix: write it so.`],
  ],
  [
    'any loss',
    { mode: 'plan', acceptDataLoss: Number.POSITIVE_INFINITY },
    [`acceptDataLoss is null. Allowed: ${SECONDS}. Fix: write it so.`],
  ],
  [
    'half a hash',
    { mode: 'failover', reason: 'r', approve: 'abc' },
    ['approve is "abc". Allowed: the hash of a plan: 64 hexadecimal digits. Fix: write it so.'],
  ],
  ['no id', { mode: 'plan', target: '' }, [`target is "". Allowed: ${ID}. Fix: write it so.`]],
  [
    'one override, not a list',
    { mode: 'plan', override: 'x' },
    ['override is "x". Allowed: a list of ids of findings. Fix: write it so.'],
  ],
  [
    'overrides without end',
    { mode: 'plan', override: Array(51).fill('x') },
    [
      `override is ${JSON.stringify(Array(51).fill('x')).slice(0, 77)}.... Allowed: at most 50 ids of findings. Fix: write it so.`,
    ],
  ],
  [
    'an override of nothing',
    { mode: 'plan', override: ['x', ''] },
    [`override.1 is "". Allowed: ${ID}. Fix: write it so.`],
  ],
])('refuses %s', (_, event, lines) => {
  const count = lines.length === 1 ? '1 error' : `${lines.length} errors`;
  expect(refusal(parseEvent, event)).toStrictEqual([`the event has ${count}:`, ...lines]);
});

const RESULT: RunbookResult = {
  runId: 'r1',
  outcome: 'DEGRADED',
  phase: 'report',
  plan: {
    ...{ mode: 'failover', topology: 'orders', primary: 'ada', target: 'bab', loss: 'unknown', lossBound: 60 },
    ...{ fence: 'fence ada', irreversible: 'promote bab', accepted: ['cooling-down'], splitBrainRisk: BY },
    ...{ lastPromotion: '2026-11-23T02:00:00.000Z', duration: 420, steps: ['promote bab'] },
  },
  planHash: HASH,
  findings: [{ id: 'x', severity: 'warn', problem: 'p', fix: 'f', acceptance: 'none', accepted: false }],
  candidates: [
    { member: 'bab', rank: 1, reason: 'r' },
    { member: 'ada', reason: 'r' },
  ],
  loss: {
    seconds: 1,
    error: 2,
    bytes: 3,
    source: 'sql',
    from: '2026-11-23T02:00:00.000Z',
    to: '2026-11-23T02:00:03.000Z',
  },
  fence: { outcome: 'impossible', reason: 'dark', accepted: BY },
  timings: [{ phase: 'fence', seconds: 60 }],
  next: ['understudy status'],
  resumeAfter: 5,
};

test('takes a result, there and back', () => {
  expect(parseResult(JSON.parse(JSON.stringify(RESULT)))).toStrictEqual(RESULT);
});

test.each<[string, unknown, readonly string[]]>([
  [
    'a field that it does not know',
    { ...RESULT, ok: true },
    [
      'ok is no known field. Allowed: runId, outcome, phase, plan, planHash, findings, candidates, loss, fence, timings, next, waitingFor, resumeAfter. Fix: correct it, or take it away.',
    ],
  ],
  [
    'such a field deep within',
    { ...RESULT, candidates: [{ member: 'bab', reason: 'r', rang: 1 }] },
    ['candidates.0.rang is no known field. Allowed: member, rank, reason, loss. Fix: correct it, or take it away.'],
  ],
  [
    'a plan that cannot be approved',
    { ...RESULT, planHash: undefined },
    [
      'plan and planHash come together. Allowed: both or none. Fix: a plan without its hash cannot be approved; add the other.',
    ],
  ],
  [
    'a time of no zone',
    { ...RESULT, loss: { ...RESULT.loss, from: '2026-11-23 02:00' } },
    ['loss.from is "2026-11-23 02:00". Allowed: a time in UTC, as 2026-11-23T03:00:00.000Z. Fix: write it so.'],
  ],
  [
    'a negative time',
    { ...RESULT, resumeAfter: -1 },
    ['resumeAfter is -1. Allowed: seconds, 0 or more. Fix: write it so.'],
  ],
])('refuses %s in a result', (_, result, lines) => {
  expect(refusal(parseResult, result)).toStrictEqual(['the result has 1 error:', ...lines]);
});

test('a refused event changed nothing; a result that cannot be read is a case for a person', () => {
  const thrown = (parse: () => unknown): unknown => {
    try {
      return parse();
    } catch (error) {
      return error;
    }
  };
  expect(thrown(() => parseEvent({}))).toMatchObject({ code: 'event-refused', family: 'refused' });
  expect(thrown(() => parseResult({}))).toMatchObject({ code: 'result-refused', family: 'unknown' });
});
