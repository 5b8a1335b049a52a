import type { Scenario } from '../scenario';

export const clusterLost: Scenario = {
  name: 'cluster-lost',
  about:
    'Of a global database: all servers of the primary die, and its Region answers. Aurora blocks its writes, and makes it anew from the new primary.',
  acts: [{ at: '0s', do: 'kill', member: 'the primary' }],
  runs: [
    {
      mode: 'failover',
      at: '60s',
      accept: { dataLoss: '1h', splitBrainRisk: { by: 'Ada', reason: 'a rehearsal' } },
      outcomes: ['DONE'],
    },
  ],
};
