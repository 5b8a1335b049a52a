import type { ApiCall } from '../../../../lib/rehearsal';
import type { Write } from '../../../../lib/rehearsal/clients/write-log';
import type { Evidence, JudgedRun } from '../../../../lib/rehearsal/judge/evidence';
import { judge } from '../../../../lib/rehearsal/judge/judge';
import type { RunbookResult } from '../../../../lib/runbook/contract';
import type { JournalRow } from '../../../../lib/runbook/execution/ports';
import { define } from '../../../../lib/topology';
import { INPUT } from '../../_helpers/play';

export const START = Date.UTC(2030, 0, 1);
export const at = (second: number): string => new Date(START + second * 1000).toISOString();

/** A write that was sent then and ended a tenth of a second later. */
export const write = (second: number, host: 'old' | 'new', end: Write['end'] = 'acknowledged'): Write => ({
  ...{ id: `${host}-${second}`, client: 'wes', host, end },
  sent: START + second * 1000,
  ended: START + second * 1000 + 100,
});

export const RESULT: RunbookResult = {
  ...{
    runId: 'r',
    outcome: 'DONE',
    phase: 'report',
    findings: [],
    candidates: [],
    timings: [{ phase: 'fence', seconds: 7 }],
    next: [],
  },
  fence: { outcome: 'proven', reason: 'rebooted' },
  loss: { seconds: 2, error: 1, source: 'sql', from: at(3), to: at(6) },
};

export const SUBJECT = { event: { mode: 'failover' as const }, topology: define(INPUT), declared: 'old', holder: 'h' };
export const T = START / 1000;
export const ROWS: readonly JournalRow[] = [
  { type: 'begun', number: 1, at: T + 5, runId: 'r', kind: 'failover', ...SUBJECT },
  { type: 'attempt', number: 2, at: T + 5.5, phase: 'fence', procedure: 'fence', step: 'reboot', title: 'reboot a' },
  { type: 'answer', number: 3, at: T + 6, phase: 'fence', procedure: 'fence', step: 'reboot', outcome: 'done' },
  { type: 'fenced', number: 4, at: T + 6, fence: { outcome: 'proven', reason: 'rebooted' } },
  { type: 'promoted', number: 5, at: T + 8, member: 'new', from: 'old', declared: 'old' },
  { type: 'phase ended', number: 6, at: T + 11, phase: 'repoint', signal: 'ok' },
];
export const REBOOT: ApiCall = {
  ...{ at: START + 5700, requestId: '1', service: 'rds', region: 'r', action: 'RebootDBInstance', mutating: true },
  ...{ caller: 'c', resource: 'a', parameters: {}, effect: true, outcome: 'ok' },
};
export const WRITES = [write(1, 'old'), write(2, 'old'), write(9, 'new'), write(10, 'new')];
export const RUN: JudgedRun = {
  ...{ mode: 'failover', began: START + 5000, ended: START + 12_000, outcomes: ['DONE'] },
  ...{ result: RESULT, rows: ROWS },
};
export const KEPT: Evidence = {
  ...{ runs: [RUN], writes: WRITES, reads: [], calls: [REBOOT], primary: 'old', hostOf: (member) => member },
  ...{ present: new Set(WRITES.map(({ id }) => id)), writer: 'new', slack: 1000 },
  lastWords: new Map([
    ['old', { takesWrites: false, hasLast: false, isHurt: true }],
    ['new', { takesWrites: true, hasLast: true, isHurt: false }],
    ['third', { takesWrites: false, hasLast: true, isHurt: false }],
  ]),
};

export const run = (more: Partial<JudgedRun>): Pick<Evidence, 'runs'> => ({ runs: [{ ...RUN, ...more }] });
export const told = (result: Partial<RunbookResult>, more: Partial<JudgedRun> = {}): Pick<Evidence, 'runs'> =>
  run({ result: { ...RESULT, ...result }, ...more });
export const brokenBy = (evidence: Partial<Evidence>): readonly (readonly [string, string])[] =>
  judge({ ...KEPT, ...evidence })
    .promises.filter(({ isKept }) => !isKept)
    .map(({ id, seen }) => [id, seen]);
