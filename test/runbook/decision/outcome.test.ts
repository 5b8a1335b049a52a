import type { Outcome, Phase } from '../../../lib/runbook/contract';
import { outcomeOf, transition, type Kind, type Transition } from '../../../lib/runbook/decision';

const CLEAN: readonly Transition[] = [
  transition('start', 'ok', 'failover'),
  transition('observe', 'ok', 'failover'),
  transition('preflight', 'ok', 'failover'),
  transition('choose', 'ok', 'failover'),
  transition('approve', 'ok', 'failover'),
  transition('fence', 'ok', 'failover'),
  transition('promote', 'ok', 'failover'),
  transition('confirm', 'ok', 'failover'),
  transition('restore', 'ok', 'failover'),
  transition('repoint', 'ok', 'failover'),
  transition('rebuild', 'ok', 'failover'),
  transition('report', 'ok', 'failover'),
];

/** The clean run, but for how one phase ended. */
function but(phase: Phase, row: Transition): readonly Transition[] {
  return CLEAN.map((each) => (each.phase === phase ? row : each));
}

const KIND: Kind = 'failover';

test.each<[string, readonly Transition[], Outcome | undefined]>([
  ['all went well', CLEAN, 'DONE'],
  ['a risk was accepted', but('fence', transition('fence', 'risk accepted', KIND)), 'DEGRADED'],
  ['no backups yet', but('restore', transition('restore', 'incomplete', KIND)), 'DEGRADED'],
  ['an endpoint was not written', but('repoint', transition('repoint', 'incomplete', KIND)), 'NEEDS_OPERATOR'],
  ['somebody was not told', but('report', transition('report', 'incomplete', KIND)), 'DEGRADED'],
  [
    'the worst of several counts, whichever came last',
    but('repoint', transition('repoint', 'incomplete', KIND)).map((row) =>
      row.phase === 'report' ? transition('report', 'incomplete', KIND) : row,
    ),
    'NEEDS_OPERATOR',
  ],
  ['it is not over', CLEAN.slice(0, 4), undefined],
  ['it has not begun', [], undefined],
  ['a plan', [...CLEAN.slice(0, 4), transition('approve', 'plan only', KIND)], 'DONE'],
  ['refused', [transition('start', 'held', KIND)], 'REFUSED'],
  ['taken back', [transition('catch-up', 'failed', 'switchover'), transition('undo', 'ok', 'switchover')], 'ABORTED'],
  [
    'interrupted after a risk was accepted',
    [transition('fence', 'risk accepted', KIND), transition('promote', 'lease lost', KIND)],
    'IN_PROGRESS',
  ],
])('%s', (_, rows, outcome) => {
  expect(outcomeOf(rows)).toBe(outcome);
});
