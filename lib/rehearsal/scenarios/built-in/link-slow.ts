import type { Scenario } from '../scenario';

export const linkSlow: Scenario = {
  name: 'link-slow',
  about: 'What the replicas get is on its way for a quarter of a minute, and the primary moves on purpose.',
  acts: [{ at: '0s', do: 'slow-link', member: 'every replica', by: '15s' }],
  runs: [{ mode: 'switchover', at: '30s', outcomes: ['DONE'] }],
};
