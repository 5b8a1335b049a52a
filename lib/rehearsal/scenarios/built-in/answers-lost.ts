import type { Scenario } from '../scenario';

export const answersLost: Scenario = {
  name: 'answers-lost',
  about: 'Calls that change something are carried out, and nobody hears of it.',
  acts: [
    { at: '0s', do: 'lose-answers', action: 'RebootDBInstance' },
    { at: '0s', do: 'lose-answers', action: 'PromoteReadReplica' },
    { at: '0s', do: 'lose-answers', action: 'PutParameter' },
  ],
  runs: [{ mode: 'switchover', outcomes: ['DONE'] }],
};
