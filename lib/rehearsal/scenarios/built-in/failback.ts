import type { Scenario } from '../scenario';

export const failback: Scenario = {
  name: 'failback',
  about: 'The primary moves on purpose, and then again: back, to who follows in its Region since.',
  acts: [{ when: 'end of run 1', do: 'declare' }],
  runs: [
    { mode: 'switchover', outcomes: ['DONE'] },
    { mode: 'switchover', after: '90s', accept: { findings: ['cooling-down'] }, outcomes: ['DONE'] },
  ],
};
