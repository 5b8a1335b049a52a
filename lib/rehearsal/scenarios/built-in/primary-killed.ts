import type { Scenario } from '../scenario';

export const primaryKilled: Scenario = {
  name: 'primary-killed',
  about: 'The server of the primary dies as it stands, while clients write.',
  acts: [{ at: '0s', do: 'kill', member: 'the primary' }],
  runs: [{ mode: 'failover', at: '2m', accept: { dataLoss: '1h' }, outcomes: ['DONE'] }],
};
