import { PHASES, type Outcome, type Phase } from '../contract';

/** What a phase can end with. */
export type Signal =
  | 'ok'
  | 'held'
  | 'unclear'
  | 'blocked'
  | 'nobody'
  | 'plan only'
  | 'not approved'
  | 'not proven'
  | 'timed out'
  | 'refused'
  | 'failed'
  | 'incomplete'
  | 'lease lost'
  | 'abort asked';

/** A planned run moves a primary that is alive; an unplanned one replaces one that is lost. */
export type Kind = 'switchover' | 'failover';

/** One row: after `phase` ended with `signal`, go on with a phase or end with an outcome. */
export interface Transition {
  readonly phase: Phase;
  readonly signal: Signal;
  /** Undefined: in both kinds. */
  readonly kind?: Kind;
  readonly next: Phase | Outcome;
  /** The run goes on, but ends no better than this. */
  readonly noBetterThan?: Outcome;
  /** Why. */
  readonly because: string;
}

/**
 * Every way through a run. The diagram in the README and the test that no phase lacks an answer come from these rows.
 *
 * Until `fence` nothing was changed, so a run is refused. Between `fence` and `promote` a planned run takes back what it did;
 * an unplanned one never does, because a fence that opens by itself is no fence. After `promote` there is no way back.
 */
export const TRANSITIONS: readonly Transition[] = [
  { phase: 'start', signal: 'ok', next: 'observe', because: 'the lease is ours' },
  { phase: 'start', signal: 'held', next: 'REFUSED', because: 'another run holds the lease' },

  { phase: 'observe', signal: 'ok', next: 'preflight', because: 'enough was seen to judge' },
  { phase: 'observe', signal: 'unclear', next: 'REFUSED', because: 'not even the candidates could be seen' },

  { phase: 'preflight', signal: 'ok', next: 'choose', because: 'nothing stands against it, or it was accepted' },
  { phase: 'preflight', signal: 'blocked', next: 'REFUSED', because: 'a finding stands against it' },

  { phase: 'choose', signal: 'ok', next: 'approve', because: 'a candidate is chosen' },
  { phase: 'choose', signal: 'nobody', next: 'REFUSED', because: 'nobody can be promoted' },

  { phase: 'approve', signal: 'ok', next: 'fence', because: 'the plan that was approved is the plan' },
  { phase: 'approve', signal: 'plan only', next: 'DONE', because: 'only a plan was asked for' },
  { phase: 'approve', signal: 'not approved', next: 'REFUSED', because: 'nobody approved this plan' },

  {
    phase: 'fence',
    signal: 'ok',
    kind: 'switchover',
    next: 'catch-up',
    because: 'the primary is frozen and its position stands still',
  },
  {
    phase: 'fence',
    signal: 'ok',
    kind: 'failover',
    next: 'promote',
    because: 'the fence is proven, or its risk accepted by name',
  },
  {
    phase: 'fence',
    signal: 'not proven',
    kind: 'switchover',
    next: 'undo',
    because: 'a primary that may still write has no last position',
  },
  {
    phase: 'fence',
    signal: 'not proven',
    kind: 'failover',
    next: 'NEEDS_OPERATOR',
    because: 'two primaries are worse than none',
  },
  {
    phase: 'fence',
    signal: 'timed out',
    kind: 'switchover',
    next: 'undo',
    because: 'the primary could not be frozen in time',
  },
  {
    phase: 'fence',
    signal: 'timed out',
    kind: 'failover',
    next: 'NEEDS_OPERATOR',
    because: 'whether it is fenced is not known',
  },
  { phase: 'fence', signal: 'abort asked', kind: 'switchover', next: 'undo', because: 'an operator asked to stop' },
  {
    phase: 'fence',
    signal: 'abort asked',
    kind: 'failover',
    next: 'NEEDS_OPERATOR',
    because: 'only an operator opens a fence',
  },

  {
    phase: 'catch-up',
    signal: 'ok',
    kind: 'switchover',
    next: 'promote',
    because: 'the candidate has applied everything',
  },
  {
    phase: 'catch-up',
    signal: 'timed out',
    kind: 'switchover',
    next: 'undo',
    because: 'the candidate did not catch up in time',
  },
  { phase: 'catch-up', signal: 'failed', kind: 'switchover', next: 'undo', because: 'the candidate broke' },
  { phase: 'catch-up', signal: 'abort asked', kind: 'switchover', next: 'undo', because: 'an operator asked to stop' },

  { phase: 'promote', signal: 'ok', next: 'confirm', because: 'the cloud took the call' },
  {
    phase: 'promote',
    signal: 'unclear',
    next: 'confirm',
    because: 'the answer was lost: looking tells what the call did',
  },
  {
    phase: 'promote',
    signal: 'refused',
    kind: 'switchover',
    next: 'undo',
    because: 'the cloud refused, so nothing was promoted',
  },
  {
    phase: 'promote',
    signal: 'refused',
    kind: 'failover',
    next: 'NEEDS_OPERATOR',
    because: 'the old primary is fenced and nobody is promoted',
  },

  { phase: 'confirm', signal: 'ok', next: 'restore', because: 'it follows nobody, is available, and takes writes' },
  {
    phase: 'confirm',
    signal: 'timed out',
    next: 'NEEDS_OPERATOR',
    because: 'a promotion that may still come forbids to go back',
  },
  { phase: 'confirm', signal: 'failed', next: 'NEEDS_OPERATOR', because: 'the promoted member failed' },

  { phase: 'restore', signal: 'ok', next: 'repoint', because: 'backups, standby and protection are on' },
  {
    phase: 'restore',
    signal: 'incomplete',
    next: 'repoint',
    noBetterThan: 'DEGRADED',
    because: 'clients come first; durability is reported as missing',
  },

  { phase: 'repoint', signal: 'ok', next: 'rebuild', because: 'every endpoint was written and read back' },
  {
    phase: 'repoint',
    signal: 'incomplete',
    next: 'rebuild',
    noBetterThan: 'NEEDS_OPERATOR',
    because: 'some clients do not find the primary',
  },

  { phase: 'rebuild', signal: 'ok', next: 'report', because: 'a replica follows the new primary' },
  {
    phase: 'rebuild',
    signal: 'incomplete',
    next: 'report',
    noBetterThan: 'DEGRADED',
    because: 'no replica follows the new primary yet',
  },

  { phase: 'report', signal: 'ok', next: 'DONE', because: 'all is written down' },
  {
    phase: 'report',
    signal: 'incomplete',
    next: 'DONE',
    noBetterThan: 'DEGRADED',
    because: 'somebody could not be told',
  },

  { phase: 'undo', signal: 'ok', next: 'ABORTED', because: 'the old primary takes writes again' },
  { phase: 'undo', signal: 'incomplete', next: 'NEEDS_OPERATOR', because: 'the old primary may still be frozen' },

  ...PHASES.filter((phase) => phase !== 'start').map((phase): Transition => ({
    phase,
    signal: 'lease lost',
    next: 'IN_PROGRESS',
    because: 'another runner goes on with this run: this one touches nothing more',
  })),
];

/** The row for a phase's end. Undefined only for a signal that the phase cannot give. */
export function transition(phase: Phase, signal: Signal, kind: Kind): Transition | undefined {
  return TRANSITIONS.find((row) => row.phase === phase && row.signal === signal && (row.kind ?? kind) === kind);
}
