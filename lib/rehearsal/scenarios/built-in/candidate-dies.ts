import type { Scenario } from '../scenario';

export const candidateDies: Scenario = {
  name: 'candidate-dies',
  about: 'The primary dies, and whom the runbook promotes dies in the middle of its promotion.',
  acts: [
    { at: '0s', do: 'kill', member: 'the primary' },
    { when: 'call in promote', do: 'kill', member: 'the target' },
  ],
  runs: [{ mode: 'failover', at: '2m', accept: { dataLoss: '1h' }, outcomes: ['NEEDS_OPERATOR'] }],
};
