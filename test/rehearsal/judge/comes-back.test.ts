import type { Write } from '../../../lib/rehearsal/clients/write-log';
import type { Evidence, JudgedRun } from '../../../lib/rehearsal/judge/evidence';
import type { JournalRow } from '../../../lib/runbook/execution/ports';
import { START, write, RESULT, SUBJECT, T, REBOOT, WRITES, RUN, brokenBy } from './_helpers/kept-evidence';

describe('a primary that comes back to where it was', () => {
  const back: readonly JournalRow[] = [
    { type: 'begun', number: 1, at: T + 25, runId: 's', kind: 'switchover', ...SUBJECT },
    {
      type: 'attempt',
      number: 2,
      at: T + 26,
      phase: 'promote',
      procedure: 'promote',
      step: 'switchover',
      title: 'turn',
    },
    { type: 'promoted', number: 3, at: T + 28, member: 'old', from: 'new', declared: 'new' },
    { type: 'phase ended', number: 4, at: T + 31, phase: 'repoint', signal: 'ok' },
  ];
  const turned: JudgedRun = {
    ...{ mode: 'switchover', began: START + 25_000, ended: START + 32_000, outcomes: ['DONE'], rows: back },
    result: { ...RESULT, runId: 's' },
  };
  const evidence = (...more: readonly Write[]): Partial<Evidence> => {
    const writes = [...WRITES, write(27, 'old'), write(29, 'old'), ...more];
    return {
      ...{ runs: [RUN, turned], writes, writer: 'old', present: new Set(writes.map(({ id }) => id)) },
      calls: [REBOOT, { ...REBOOT, at: START + 26_000 }],
      lastWords: new Map([
        ['old', { takesWrites: true, hasLast: true, isHurt: false }],
        ['new', { takesWrites: false, hasLast: true, isHurt: false }],
      ]),
    };
  };
  const heard = (more: Partial<Evidence>): readonly string[] =>
    brokenBy(more).flatMap(([id, seen]) => (/writer|fence/.test(id) ? `${id}: ${seen}` : []));

  it('takes writes from the second promotion on', () => {
    expect(heard(evidence())).toEqual([]);
  });

  it('and none before', () => {
    expect(heard(evidence(write(12, 'old')))).toEqual([
      'one-writer: 1 write acknowledged by the old primary after the new one had begun',
      'fence-true: 1 write acknowledged behind a fence that is said to be proven',
    ]);
  });

  it('while who was primary between takes none any more', () => {
    expect(heard(evidence(write(30, 'new')))).toEqual([
      'one-writer: 1 write acknowledged by the old primary after the new one had begun',
    ]);
  });
});
