import { phasesOf } from '../../../lib/rehearsal/report/phases-of';
import type { JournalEntry, JournalRow } from '../../../lib/runbook/execution/ports';

const rows = (...given: readonly (readonly [at: number, entry: JournalEntry])[]): readonly JournalRow[] =>
  given.map(([at, entry], index) => ({ ...entry, at, number: index + 1 }));

const ended = (phase: 'observe' | 'fence' | 'promote'): JournalEntry => ({ type: 'phase ended', phase, signal: 'ok' });
const attempt: JournalEntry = {
  ...{ type: 'attempt', phase: 'fence', procedure: 'fence', step: 'reboot', title: 'reboot ada' },
};
const shortfall: JournalEntry = { type: 'shortfall', phase: 'report', problem: 'nobody was told' };

test.each([
  ['nothing was written down', rows(), []],
  [
    'each phase lasts until its end',
    rows([10, shortfall], [12, ended('observe')], [20, ended('fence')]),
    ['observe 10-12', 'fence 12-20'],
  ],
  ['the runner was killed in a phase', rows([10, ended('observe')], [13, attempt]), ['observe 10-10', 'fence 10-13']],
  [
    'another one took it up again later',
    rows(
      [10, ended('observe')],
      [13, attempt],
      [60, { type: 'resumed', holder: 'bea', phase: 'fence' }],
      [70, ended('fence')],
    ),
    ['observe 10-10', 'fence 10-13', 'fence 60-70'],
  ],
])('%s', (_, given, expected) => {
  expect(phasesOf(given).map(({ phase, from, to }) => `${phase} ${from}-${to}`)).toEqual(expected);
});
