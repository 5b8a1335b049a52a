import type { Seconds } from '../../topology';
import type { Phase } from '../contract';

/** How long anything may take. */
export interface Limits {
  /** A runner that says nothing for so long is dead: longer than any look at a cloud that does not answer. */
  readonly leaseTtl: Seconds;
  /** Per phase, from its beginning or its resumption. */
  readonly phase: Readonly<Record<Phase, Seconds>>;
  /** Per endpoint. */
  readonly endpoint: Seconds;
  /** Without any effect for so long, the call that promotes was not taken. */
  readonly promotionSilence: Seconds;
  /** How long a new primary may leave it open whether it takes writes: clients must not wait for a probe that cannot log in. */
  readonly writeProbe: Seconds;
  /**
   * In a planned run, how long the target may be connected to nobody, and apply nothing, until it is given up. MySQL looks for its
   * source once a minute, PostgreSQL every 5 s: whoever is not back by then does not just reconnect.
   */
  readonly reconnection: Seconds;
  /** How often a look may fail in a row before the old primary counts as out of reach, or a candidate as changed. */
  readonly failedLooks: number;
  /** Between two looks, where nothing else says. */
  readonly poll: Seconds;
}

/**
 * A promotion takes "several minutes or longer" and grows with what is still to be replayed (RDS user guide): half an hour is
 * when a person should look. A replica of a large database takes hours; the run does not wait for them.
 */
export const USUAL_LIMITS: Limits = {
  leaseTtl: 120,
  phase: {
    start: 60,
    observe: 60,
    preflight: 60,
    choose: 60,
    approve: 60,
    fence: 600,
    'catch-up': 600,
    promote: 300,
    confirm: 1800,
    restore: 600,
    repoint: 600,
    rebuild: 3600,
    report: 60,
    undo: 900,
  },
  endpoint: 180,
  promotionSilence: 180,
  writeProbe: 60,
  reconnection: 90,
  failedLooks: 3,
  poll: 2,
};
