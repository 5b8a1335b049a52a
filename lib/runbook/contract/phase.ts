/**
 * The phases of a run, in order. Before `fence` nothing is changed; `promote` is the point of no return; `undo` takes back
 * what a planned run did before it.
 */
export const PHASES = [
  'start',
  'observe',
  'preflight',
  'choose',
  'approve',
  'fence',
  'catch-up',
  'promote',
  'confirm',
  'restore',
  'repoint',
  'rebuild',
  'report',
  'undo',
] as const;

export type Phase = (typeof PHASES)[number];

/**
 * How a run stands or ended.
 *
 * `DONE`: the target is primary and everything is as it should be. `DEGRADED`: it is primary, something beside it is not yet
 * right. `NEEDS_OPERATOR`: it cannot be told, or not be mended, without a person. `ABORTED`: stopped before the promotion,
 * and taken back. `REFUSED`: nothing was changed. `IN_PROGRESS`: call again with the run's id.
 */
export const OUTCOMES = ['DONE', 'DEGRADED', 'NEEDS_OPERATOR', 'ABORTED', 'REFUSED', 'IN_PROGRESS'] as const;

export type Outcome = (typeof OUTCOMES)[number];
