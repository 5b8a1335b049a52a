import type { Scenario } from '../scenario';

export const plannedSwitchover: Scenario = {
  name: 'planned-switchover',
  about: 'The primary moves on purpose, while clients write.',
  runs: [{ mode: 'switchover', outcomes: ['DONE'] }],
};
