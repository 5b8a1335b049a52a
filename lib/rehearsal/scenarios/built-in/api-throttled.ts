import type { Scenario } from '../scenario';

export const apiThrottled: Scenario = {
  name: 'api-throttled',
  about: "The cloud's API throttles again and again while the primary moves.",
  acts: [
    { when: 'phase fence', do: 'throttle', service: 'rds', times: 6 },
    { when: 'call in promote', do: 'throttle', service: 'rds', times: 4 },
    { when: 'phase repoint', do: 'throttle', service: 'ssm', times: 4 },
  ],
  runs: [{ mode: 'switchover', outcomes: ['DONE'] }],
};
