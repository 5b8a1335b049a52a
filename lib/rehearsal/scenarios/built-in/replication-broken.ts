import type { Scenario } from '../scenario';

export const replicationBroken: Scenario = {
  name: 'replication-broken',
  about:
    'No replica gets anything any more, and then the primary dies. Degraded, where who follows the new one is one of them.',
  acts: [
    { at: '0s', do: 'break-replication', member: 'every replica' },
    { at: '20s', do: 'kill', member: 'the primary' },
  ],
  runs: [{ mode: 'failover', at: '80s', accept: { dataLoss: '1h' }, outcomes: ['DONE', 'DEGRADED'] }],
};
