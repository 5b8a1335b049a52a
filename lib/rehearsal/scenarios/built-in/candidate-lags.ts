import type { Scenario } from '../scenario';

export const candidateLags: Scenario = {
  name: 'candidate-lags',
  about: 'Every replica gets everything and applies it a minute and a half late, and then the primary dies.',
  acts: [
    { at: '0s', do: 'delay-replay', member: 'every replica', by: '90s' },
    { at: '60s', do: 'kill', member: 'the primary' },
  ],
  runs: [{ mode: 'failover', at: '130s', accept: { dataLoss: '1h' }, outcomes: ['DONE'] }],
};
