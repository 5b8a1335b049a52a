import type { Scenario } from '../scenario';

export const failback: Scenario = {
  name: 'failback',
  about: 'The primary moves on purpose, and then back to where it was.',
  acts: [{ when: 'end of run 1', do: 'declare' }],
  runs: [
    { mode: 'switchover', outcomes: ['DONE'] },
    { mode: 'switchover', after: '90s', accept: { findings: ['cooling-down'] }, outcomes: ['DONE'] },
  ],
};
