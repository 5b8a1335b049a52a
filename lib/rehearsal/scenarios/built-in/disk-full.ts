import type { Scenario } from '../scenario';

export const diskFull: Scenario = {
  name: 'disk-full',
  about: 'The disk of the primary is full: it lives, takes no writes, and cannot be rebooted.',
  acts: [{ at: '0s', do: 'fill-disk', member: 'the primary' }],
  runs: [
    {
      mode: 'failover',
      at: '60s',
      accept: { dataLoss: '1h', splitBrainRisk: { by: 'Ada', reason: 'it takes no writes' } },
      outcomes: ['DEGRADED'],
    },
  ],
};
