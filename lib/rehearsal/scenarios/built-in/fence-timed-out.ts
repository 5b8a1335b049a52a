import type { Scenario } from '../scenario';

export const fenceTimedOut: Scenario = {
  name: 'fence-timed-out',
  about:
    'Of a global database: the primary hangs, Aurora cannot block its writes in time and promotes all the same, and the old one wakes up meanwhile.',
  acts: [
    { at: '0s', do: 'freeze', member: 'the primary' },
    { at: '0s', do: 'fail-fence' },
    { when: 'phase confirm', do: 'thaw', member: 'the primary' },
  ],
  runs: [
    {
      mode: 'failover',
      at: '60s',
      accept: { dataLoss: '1h', splitBrainRisk: { by: 'Ada', reason: 'a rehearsal' } },
      outcomes: ['DEGRADED'],
    },
  ],
};
