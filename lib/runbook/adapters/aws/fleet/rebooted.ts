import type { DBInstance } from '@aws-sdk/client-rds';
import type { Seconds } from '../../../../topology';
import { isUsable, parameterGroupOf } from './instance-state';
import type { Instant } from '../../../decision';
import { madeOf, type Progress } from './stages';

/**
 * After how long a reboot that was taken shows in the status, if it is not over already. It is seen there within seconds, and
 * lasts a minute or so: never tried live.
 */
const SHOWS_WITHIN: Seconds = 10;

/**
 * Remembers when an instance was seen while it restarted: once that was seen, nobody has to wait for it to show. It lives as long
 * as its procedure; who takes the run up later knows nothing of it, and waits.
 */
export class RestartWatch {
  #seen: Instant | undefined;

  /** Of each look: what was seen, and when the look began. */
  note({ DBInstanceStatus }: DBInstance, now: Instant): void {
    if (DBInstanceStatus === 'rebooting') this.#seen = now;
  }

  hasSeenSince(at: Instant): boolean {
    return this.#seen !== undefined && this.#seen >= at;
  }
}

/**
 * True if a reboot of this run is over. RDS does not tell when an instance was last started: an answer that was lost proves
 * nothing, and the reboot is made again, which costs time and harms nobody.
 */
export function isRebooted(instance: DBInstance, step: string, progress: Progress): boolean {
  return madeOf(progress.attempts, step)?.outcome === 'done' && isOver(instance, step, progress);
}

/**
 * True if a reboot of this run is over that a new parameter group had waited for. Then also a lost answer is found out: what was
 * `pending-reboot` is in sync.
 */
export function isInSyncByReboot(instance: DBInstance, step: string, progress: Progress): boolean {
  return parameterGroupOf(instance).status === 'in-sync' && isOver(instance, step, progress);
}

function isOver(instance: DBInstance, step: string, { attempts, now, restarts }: Progress): boolean {
  const made = madeOf(attempts, step);
  if (made === undefined || !isUsable(instance)) return false;
  return now - made.at >= SHOWS_WITHIN || restarts?.hasSeenSince(made.at) === true;
}
