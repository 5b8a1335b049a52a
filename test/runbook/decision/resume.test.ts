import { PHASES, type Phase } from '../../../lib/runbook/contract';
import { resumeAt } from '../../../lib/runbook/decision';

test.each<[Phase, Phase]>([
  ['start', 'start'],
  ['observe', 'observe'],
  ['preflight', 'observe'],
  ['choose', 'observe'],
  ['approve', 'observe'],
  ['fence', 'fence'],
  ['catch-up', 'catch-up'],
  ['promote', 'promote'],
  ['confirm', 'confirm'],
  ['restore', 'restore'],
  ['repoint', 'repoint'],
  ['rebuild', 'rebuild'],
  ['report', 'report'],
  ['undo', 'undo'],
])('a run that was interrupted in %s goes on with %s', (phase, next) => {
  expect(resumeAt(phase, false)).toBe(next);
});

test('a promotion that may have been called is looked at, never called again', () => {
  expect(resumeAt('promote', true)).toBe('confirm');
  expect(PHASES.filter((phase) => resumeAt(phase, true) === 'promote')).toStrictEqual([]);
});
