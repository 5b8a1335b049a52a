import type { Scenario } from '../scenario';

export const headlessTarget: Scenario = {
  name: 'headless-target',
  about:
    'Of a global database: the cluster that is to take over has data and no server. The runbook refuses, somebody adds one, and the primary moves on purpose.',
  acts: [{ when: 'end of run 1', do: 'add-server', member: 'the target' }],
  runs: [
    { mode: 'switchover', outcomes: ['REFUSED'] },
    { mode: 'switchover', after: '420s', outcomes: ['DONE'] },
  ],
};
