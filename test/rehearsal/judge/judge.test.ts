import { judge } from '../../../lib/rehearsal/judge/judge';
import type { Evidence } from '../../../lib/rehearsal/judge/evidence';
import type { Write } from '../../../lib/rehearsal/clients/write-log';
import type { RunbookResult } from '../../../lib/runbook/contract';

const START = Date.UTC(2030, 0, 1);
const at = (second: number): string => new Date(START + second * 1000).toISOString();

/** A write that was sent then and ended a tenth of a second later. */
const write = (second: number, host: 'old' | 'new', end: Write['end'] = 'acknowledged'): Write => ({
  ...{ id: `${host}-${second}`, client: 'wes', host, end },
  sent: START + second * 1000,
  ended: START + second * 1000 + 100,
});

const RESULT: RunbookResult = {
  ...{ runId: 'r', outcome: 'DONE', phase: 'report', findings: [], candidates: [], timings: [], next: [] },
  fence: { outcome: 'proven', reason: 'rebooted' },
  loss: { seconds: 2, error: 1, source: 'sql', from: at(3), to: at(6) },
};

const WRITES = [write(1, 'old'), write(2, 'old'), write(9, 'new'), write(10, 'new')];
const KEPT: Evidence = {
  ...{ kind: 'failover', result: RESULT, rows: [], writes: WRITES, hosts: { old: 'old', promoted: 'new' } },
  ...{ present: new Set(WRITES.map(({ id }) => id)), writer: 'new', outcomes: ['DONE'] },
};

const brokenBy = (evidence: Partial<Evidence>): readonly (readonly [string, string])[] =>
  judge({ ...KEPT, ...evidence })
    .promises.filter(({ isKept }) => !isKept)
    .map(({ id, seen }) => [id, seen]);

const lost = (...seconds: number[]): Pick<Evidence, 'writes'> => ({
  writes: [...WRITES, ...seconds.map((second) => write(second, 'old'))],
});
const accepted: RunbookResult = {
  ...RESULT,
  fence: { outcome: 'impossible', reason: 'silent', accepted: { by: 'Ada', reason: 'a drill' } },
};

test('every promise is kept where nothing went wrong, planned or not', () => {
  expect(judge(KEPT)).toMatchObject({ isKept: true, lost: [], outage: 7 });
  expect(judge({ ...KEPT, kind: 'switchover' })).toMatchObject({ isKept: true, lost: [] });
});

test.each([
  [
    'a planned run that lost a write',
    { kind: 'switchover' as const, ...lost(4) },
    [['nothing-lost', '1 write of those acknowledged lost']],
  ],
  [
    'a run that promoted nobody and lost a write',
    { result: { ...RESULT, outcome: 'ABORTED' as const }, outcomes: ['ABORTED' as const], ...lost(4) },
    [['nothing-lost', '1 write of those acknowledged lost']],
  ],
  [
    'a write that was lost before the window',
    lost(2.5, 4),
    [['loss-in-window', `2 writes lost, 1 of them not from ${at(3)} to ${at(6)}`]],
  ],
  [
    'a write that was lost after the window',
    lost(6.5),
    [
      ['loss-in-window', `1 write lost, 1 of them not from ${at(3)} to ${at(6)}`],
      ['loss-in-bound', '3.5 s lost, and at most 3 s told'],
    ],
  ],
  [
    'a loss of which nothing was told',
    { result: { ...RESULT, loss: undefined }, ...lost(4) },
    [
      ['loss-in-window', '1 write lost, and no window told'],
      ['loss-in-bound', 'no loss told'],
    ],
  ],
  [
    'two who took writes at once',
    { writes: [...WRITES, write(9.5, 'old')], present: new Set([...KEPT.present, 'old-9.5']) },
    [['one-writer', '1 write acknowledged by the old primary after the new one had begun']],
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
    { outcomes: ['REFUSED' as const, 'ABORTED' as const] },
    [['outcome', 'the run ended DONE; allowed is REFUSED or ABORTED']],
  ],
])('it catches %s', (_, evidence, broken) => {
  expect(brokenBy(evidence as Partial<Evidence>)).toEqual(broken);
});

test('a split brain that a person took by name is told, and no broken promise', () => {
  const evidence = { writes: [...WRITES, write(9.5, 'old')], present: new Set([...KEPT.present, 'old-9.5']) };
  const { promises, isKept } = judge({ ...KEPT, ...evidence, result: accepted });
  const seen = '1 write acknowledged by the old primary after the new one had begun; Ada took that risk';
  expect([isKept, promises.find(({ id }) => id === 'one-writer')?.seen]).toEqual([true, seen]);
});

test('without a proven end nothing bounds the loss, except where it begins', () => {
  const result = { ...accepted, loss: { seconds: 2, error: 1, source: 'sql' as const, from: at(3) } };
  expect(brokenBy({ result, ...lost(60) })).toEqual([]);
  expect(brokenBy({ result, ...lost(2.5) })).toEqual([
    ['loss-in-window', `1 write lost, 1 of them not from ${at(3)} to no end that is proven`],
  ]);
});

test('a write of which nobody heard may be there or not', () => {
  const unknown = write(5, 'old', 'unknown');
  expect(brokenBy({ writes: [...WRITES, unknown] })).toEqual([]);
  expect(brokenBy({ writes: [...WRITES, unknown], present: new Set([...KEPT.present, unknown.id]) })).toEqual([]);
});
