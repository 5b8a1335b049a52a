import type { Scenario } from '../scenario';

export const regionCutOff: Scenario = {
  name: 'region-cut-off',
  about:
    'The Region of the primary is cut off; its own clients write on, and it comes back when somebody else is primary.',
  acts: [
    { at: '0s', do: 'cut', region: 'of the primary' },
    { when: 'end of run 1', after: '20s', do: 'heal', region: 'of the primary' },
  ],
  runs: [
    {
      mode: 'failover',
      at: '150s',
      accept: { dataLoss: '1h', splitBrainRisk: { by: 'Ada', reason: 'a rehearsal' } },
      outcomes: ['DEGRADED'],
    },
  ],
  aftermath: '90s',
};
