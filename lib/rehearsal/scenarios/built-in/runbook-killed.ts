import type { Phase } from '../../../runbook/contract';
import type { Scenario } from '../scenario';

/** Phases in which there is something to go on with. */
export const KILLED_IN: readonly Phase[] = [
  ...(['observe', 'preflight', 'choose', 'approve', 'fence', 'catch-up'] as const),
  ...(['promote', 'confirm', 'restore', 'repoint', 'rebuild', 'report'] as const),
];

/** A planned run whose runner dies in a phase, and that another one goes on with when the lease is over. */
export const runbookKilledIn = (phase: Phase): Scenario => ({
  name: `runbook-killed-in-${phase}`,
  about: `Who runs the runbook is killed in phase ${phase}, and another one goes on.`,
  acts: [{ when: `phase ${phase}`, do: 'kill-runbook' }],
  runs: [
    { mode: 'switchover', outcomes: ['DONE'] },
    { mode: 'switchover', after: '130s', resume: 1, outcomes: ['DONE'] },
  ],
});
