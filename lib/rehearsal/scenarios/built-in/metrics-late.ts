import type { Scenario } from '../scenario';

export const metricsLate: Scenario = {
  name: 'metrics-late',
  about:
    'The lag of every replica is told ten minutes late: it says that all is well when replication has long been broken, and then the primary dies. What was held back is told in the middle of the promotion.',
  acts: [
    // What was measured before is told by then.
    { at: '60s', do: 'delay-metrics', member: 'every replica', by: '10m' },
    { at: '90s', do: 'break-replication', member: 'every replica' },
    { at: '400s', do: 'kill', member: 'the primary' },
    { when: 'call in promote', do: 'delay-metrics', member: 'every replica', by: '0s' },
  ],
  runs: [
    {
      mode: 'failover',
      at: '480s',
      accept: { dataLoss: '1h', splitBrainRisk: { by: 'Ada', reason: 'a rehearsal' } },
      outcomes: ['DONE', 'DEGRADED'],
    },
  ],
};
