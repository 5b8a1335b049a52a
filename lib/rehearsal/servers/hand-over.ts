import { UnderstudyError } from '../../topology';
import type { ServedMember } from './served-member';

/**
 * What a cloud does that moves a primary itself: nobody is let in any more and sessions are ended; the new one gets all that is
 * there, the end of the log with it, and is promoted. The old one is let lie, behind closed doors. When it takes too long, all is as
 * before.
 *
 * @param patience milliseconds of the machine until the new one has everything
 * @throws UnderstudyError `hand-over-late`
 */
export async function handOver(old: ServedMember, target: ServedMember, patience: number): Promise<void> {
  old.doors.shut = true;
  old.doors.drop();
  try {
    if (!(await target.arrived(old, patience))) throw late(old, target);
    await old.server.stop();
    await target.promote();
  } catch (error) {
    await old.server.start();
    old.doors.shut = false;
    throw error;
  }
}

function late(old: ServedMember, target: ServedMember): UnderstudyError {
  return new UnderstudyError(
    'hand-over-late',
    `${target.id} did not have everything of ${old.id} in time; allowed: all of it before the time of the switchover is over; try again when it lags less`,
  );
}
