import type { Scenario } from '../scenario';

export const twoOperators: Scenario = {
  name: 'two-operators',
  about: 'Two operators ask for the same switchover at the same time.',
  runs: [
    { mode: 'switchover', at: '0s', outcomes: ['DONE', 'REFUSED'] },
    { mode: 'switchover', at: '0s', outcomes: ['DONE', 'REFUSED'] },
  ],
};
