import type { Scenario } from '../scenario';

export const auroraFailsOver: Scenario = {
  name: 'aurora-fails-over',
  about:
    'Of a cluster of Aurora: its writer dies, and Aurora is making another server the writer by itself when the runbook is asked to do the same.',
  acts: [
    { at: '0s', do: 'kill', member: 'the primary' },
    { at: '30s', do: 'fail-over' },
  ],
  runs: [{ mode: 'failover', at: '31s', outcomes: ['DONE'] }],
};
