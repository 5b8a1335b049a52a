import type { Read } from '../../../lib/rehearsal/clients/read-log';
import type { Evidence, LastWord } from '../../../lib/rehearsal/judge/evidence';
import { judge } from '../../../lib/rehearsal/judge/judge';
import type { Plan, RunbookResult } from '../../../lib/runbook/contract';
import type { JournalRow } from '../../../lib/runbook/execution/ports';
import { START, at, write, ROWS, REBOOT, WRITES, RUN, KEPT, run, told, brokenBy } from './_helpers/kept-evidence';

const lost = (...seconds: number[]): Pick<Evidence, 'writes'> => ({
  writes: [...WRITES, ...seconds.map((second) => write(second, 'old'))],
});
const late = { writes: [...WRITES, write(9.5, 'old')], present: new Set([...KEPT.present, 'old-9.5']) };
const words = (member: string, word: Partial<LastWord>): Pick<Evidence, 'lastWords'> => ({
  lastWords: new Map([...KEPT.lastWords, [member, { takesWrites: false, hasLast: false, isHurt: false, ...word }]]),
});
const read = (second: number, sent: number): Read => ({
  ...{ client: 'rae', host: 'third', asked: START + second * 1000, ended: START + second * 1000 + 50 },
  newest: { id: 'some', sent: START + sent * 1000 },
});

test('every promise is kept where nothing went wrong, planned or not', () => {
  expect(judge(KEPT)).toMatchObject({ isKept: true, lost: [], outage: 7, staleReads: [] });
  expect(judge({ ...KEPT, ...run({ mode: 'switchover' }) })).toMatchObject({ isKept: true, lost: [] });
});

test('the time without writes is told by phase', () => {
  expect(judge(KEPT).outageByPhase).toEqual([
    { phase: 'before', seconds: 2.9 },
    { phase: 'repoint', seconds: 4.1 },
  ]);
});

test.each<[string, Partial<Evidence>, readonly (readonly [string, string])[]]>([
  [
    'a planned run that lost a write',
    { ...run({ mode: 'switchover' }), ...lost(4) },
    [['nothing-lost', '1 write lost that no unplanned run explains']],
  ],
  [
    'a story in which nobody was promoted and a write was lost',
    {
      ...told({ outcome: 'ABORTED' }, { outcomes: ['ABORTED'], rows: ROWS.slice(0, 4) }),
      ...lost(4),
      ...words('old', { takesWrites: true }),
      ...{ writer: 'old' },
      ...{ lastWords: new Map([['old', { takesWrites: true, hasLast: true, isHurt: false }]]) },
    },
    [['nothing-lost', '1 write lost that no unplanned run explains']],
  ],
  [
    'a write that was lost on somebody who never was a primary',
    { writes: [...WRITES, { ...write(4, 'old'), host: 'third' }] },
    [['nothing-lost', '1 write lost that no unplanned run explains']],
  ],
  [
    'a write that was lost before the window',
    lost(2.5, 4),
    [['loss-in-window', `2 writes lost, 1 of them not from ${at(3)} to ${at(6)}`]],
  ],
  [
    'a write that was lost after the window, behind the fence',
    lost(6.5),
    [
      ['loss-in-window', `1 write lost, 1 of them not from ${at(3)} to ${at(6)}`],
      ['loss-in-bound', '3.5 s lost, and at most 3 s told'],
      ['fence-true', '1 write acknowledged behind a fence that is said to be proven'],
    ],
  ],
  [
    'a loss of which nothing was told',
    { ...told({ loss: undefined }), ...lost(4) },
    [
      ['loss-in-window', '1 write lost, and no window told'],
      ['loss-in-bound', 'no loss told'],
    ],
  ],
  [
    'two who took writes at once',
    late,
    [
      ['one-writer', '1 write acknowledged by the old primary after the new one had begun'],
      ['fence-true', '1 write acknowledged behind a fence that is said to be proven'],
    ],
  ],
  [
    'one who takes writes beside a new primary, and was none',
    {
      writes: [...WRITES, { ...write(9.5, 'new'), id: 'third-9.5', host: 'third' }],
      present: new Set([...KEPT.present, 'third-9.5']),
    },
    [['one-writer', '1 write acknowledged by somebody else after the new one had begun']],
  ],
  [
    'a write that was refused and is there',
    { writes: [...WRITES, write(8, 'new', 'refused')], present: new Set([...KEPT.present, 'new-8']) },
    [['refused-is-absent', '1 write there that was refused']],
  ],
  ["a writer's name that means somebody else", { writer: 'old' }, [['writer-found', "the writer's name means old"]]],
  ["a writer's name that nobody answers", { writer: undefined }, [['writer-found', "the writer's name means nobody"]]],
  [
    'a new primary that nobody writes to',
    { writes: WRITES.slice(0, 2) },
    [['writes-resumed', '0 writes acknowledged by the new primary']],
  ],
  [
    'an outcome that the story does not allow',
    run({ outcomes: ['REFUSED', 'ABORTED'] }),
    [['outcome', 'the run ended DONE; allowed is REFUSED or ABORTED']],
  ],
  [
    'readers that are shown old data after the names were moved',
    { reads: [read(60, 2), read(72, 2), read(73, 9)] },
    [['reads-fresh', '1 read of old data after the names were moved']],
  ],
  [
    'an old primary that takes writes in the end',
    words('old', { takesWrites: true }),
    [['roles-true', 'old takes writes beside new']],
  ],
  ['a new primary that takes none', words('new', { hasLast: true }), [['roles-true', 'new takes no writes']]],
  [
    'a new primary that nobody follows',
    words('third', {}),
    [['roles-true', 'new takes writes, and nobody follows it']],
  ],
  [
    'times that nobody waited',
    told({ timings: [{ phase: 'fence', seconds: 30 }] }),
    [['timings-true', '30 s told, 7 s waited']],
  ],
  [
    'times that are left out',
    told({ timings: [{ phase: 'fence', seconds: 2 }] }),
    [['timings-true', '2 s told, 7 s waited']],
  ],
  [
    'an answer in the journal that the cloud does not know',
    { calls: [] },
    [['answers-true', 'reboot a: done, says the journal, and no call had an effect']],
  ],
  [
    'a refusal in the journal of a call that had its effect',
    run({ rows: ROWS.map((row) => (row.type === 'answer' ? { ...row, outcome: 'refused' } : row)) }),
    [['answers-true', 'reboot a: refused, says the journal, and a call had an effect']],
  ],
  [
    'a call that is not in the journal',
    { calls: [REBOOT, { ...REBOOT, at: START + 9000, action: 'DeleteDBInstance' }] },
    [['nothing-unsaid', 'DeleteDBInstance a']],
  ],
  [
    'two runners at work at once',
    { runs: [RUN, { ...RUN, rows: ROWS.slice(1, 3) }] },
    [['one-runner', '1 runner at work while another one was, of 2 runners']],
  ],
])('it catches %s', (_, evidence, broken) => {
  expect(brokenBy(evidence)).toEqual(broken);
});

const accepted = { outcome: 'impossible' as const, reason: 'silent', accepted: { by: 'Ada', reason: 'a drill' } };
const unfenced = ROWS.map((row) => (row.type === 'fenced' ? { ...row, fence: accepted } : row));

test('a split brain that a person took by name is told, and no broken promise', () => {
  const { promises, isKept } = judge({
    ...KEPT,
    ...late,
    ...words('old', { takesWrites: true }),
    ...told({ fence: accepted }, { rows: unfenced }),
  });
  const seen = '1 write acknowledged by the old primary after the new one had begun; Ada took that risk';
  expect([isKept, promises.find(({ id }) => id === 'one-writer')?.seen]).toEqual([true, seen]);
});

test('without a proven end nothing bounds the loss, except where it begins', () => {
  const runs = told(
    { fence: accepted, loss: { seconds: 2, error: 1, source: 'sql', from: at(3) } },
    { rows: unfenced },
  );
  expect(brokenBy({ ...runs, ...lost(60) })).toEqual([]);
  expect(brokenBy({ ...runs, ...lost(2.5) })).toEqual([
    ['loss-in-window', `1 write lost, 1 of them not from ${at(3)} to no end that is proven`],
  ]);
});

test('a name that the report says could not be moved was promised to nobody', () => {
  const finding = {
    id: 'repoint-incomplete',
    severity: 'warn',
    problem: 'p',
    fix: 'f',
    acceptance: 'none',
    accepted: false,
  } as const;
  expect(brokenBy({ reads: [read(72, 2)], ...told({ findings: [finding] }) })).toEqual([]);
});

test('a write of which nobody heard may be there or not', () => {
  const unknown = write(5, 'old', 'unknown');
  expect(brokenBy({ writes: [...WRITES, unknown] })).toEqual([]);
  expect(brokenBy({ writes: [...WRITES, unknown], present: new Set([...KEPT.present, unknown.id]) })).toEqual([]);
});

test('a runner that was killed says nothing, and its last call may still arrive', () => {
  const { result: _, ...killed } = { ...RUN, rows: ROWS.slice(0, 2) };
  const arrived = { ...REBOOT, at: START + 6200 };
  expect(
    brokenBy({ runs: [killed], calls: [arrived], writes: WRITES.slice(0, 2), writer: 'old', lastWords: new Map() }),
  ).toEqual([]);
});

test('an outage that is not over lasts until the last client has tried', () => {
  const writes = [...WRITES.slice(0, 2), write(40, 'old', 'refused')];
  expect(judge({ ...KEPT, writes }).outage).toBe(38);
});

test('a reader who is shown the new data as soon as the machine manages was not misled', () => {
  expect(judge({ ...KEPT, reads: [read(71.5, 2), read(71.8, 9)] })).toMatchObject({ isKept: true, staleReads: [] });
});

test('a new primary that is struck down on purpose needs to take no writes', () => {
  const evidence = { ...KEPT, ...words('new', { isHurt: true }), writes: WRITES.slice(0, 2) };
  expect(judge(evidence).promises.find(({ id }) => id === 'writes-resumed')).toEqual({
    ...{ id: 'writes-resumed', isKept: true },
    seen: '0 writes acknowledged by the new primary, which was struck down, too',
  });
});

describe('a promotion that was called for and never seen', () => {
  const call: JournalRow = {
    ...{ type: 'attempt', number: 5, at: START / 1000 + 7, phase: 'promote', procedure: 'promote' },
    ...{ step: 'promote', title: 'promote new' },
  };
  const plan: Plan = {
    ...{ mode: 'failover', topology: 'orders', primary: 'old', target: 'new', loss: 'nothing', lossBound: 0 },
    ...{ fence: 'fence old', irreversible: 'promote new', accepted: [], duration: 300, steps: [] },
  };
  const promote = { ...REBOOT, at: START + 7000, action: 'PromoteReadReplica', resource: 'new' };
  const unclear = (result: Partial<RunbookResult>): Partial<Evidence> => ({
    ...told(
      { outcome: 'NEEDS_OPERATOR', plan, ...result },
      { outcomes: ['NEEDS_OPERATOR', 'ABORTED'], rows: [...ROWS.slice(0, 4), call] },
    ),
    ...{ calls: [REBOOT, promote], writer: 'old' },
  });
  const beside = [['roles-true', 'new takes writes beside old']];

  test('is no lie where the run says that it may be so', () => {
    expect(brokenBy(unclear({}))).toEqual([]);
  });

  test.each<[string, Partial<Evidence>]>([
    [
      'the old primary takes writes, too',
      {
        ...unclear({}),
        lastWords: new Map([...KEPT.lastWords, ['old', { takesWrites: true, hasLast: true, isHurt: false }]]),
      },
    ],
    ['the run says that it was given up', unclear({ outcome: 'ABORTED' })],
    ['the run was about another one', unclear({ plan: { ...plan, target: 'third' } })],
  ])('is one where %s', (_, evidence) => {
    expect(brokenBy(evidence)).toEqual(beside);
  });
});

test('a follower that is struck down on purpose is not missed', () => {
  const nobody = { lastWords: new Map([...KEPT.lastWords].map(([id, word]) => [id, { ...word, hasLast: false }])) };
  expect(brokenBy(nobody)).toEqual([['roles-true', 'new takes writes, and nobody follows it']]);
  const struck = { takesWrites: false, hasLast: false, isHurt: true, follows: true };
  expect(brokenBy({ lastWords: new Map([...nobody.lastWords, ['third', struck]]) })).toEqual([]);
});
