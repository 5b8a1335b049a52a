import { formatDuration, type MemberId, type Seconds } from '../../topology';
import type { Course } from './course';

/** From published figures; nobody measured them for this database. A switchover: "a few minutes"; of a failover none is published. */
const HANDOVER: Seconds = 120;
const FENCE: Seconds = 120;
const FAILOVER: Seconds = 300;

/** Planned, of a designated pair. */
export function handingOver(primary: MemberId, target: MemberId): Course {
  return {
    fence: `Cloud SQL stops the writes of ${primary}, and waits until ${target} has them all`,
    irreversible: `switch over to ${target}: ${primary} follows it from then on`,
    duration: HANDOVER,
    steps: [
      `switch over to ${target} (about ${formatDuration(HANDOVER)}): Cloud SQL silences ${primary}, and loses nothing`,
      `see that ${primary} follows ${target}, which takes writes`,
      `turn on backups, standby and deletion protection of ${target}`,
      `point the writer endpoints to ${target}; Cloud SQL's own write endpoint follows by itself`,
      `wait until ${primary} replicates from ${target}`,
    ],
  };
}

/** How a primary of Cloud SQL is kept from writing that nobody can ask to stop. */
export const stopOf = (primary: MemberId): string =>
  `fence ${primary}: stop it, which ends its sessions, prove that nobody can write`;

/** Unplanned, of a designated pair: the old primary follows the new one, when it can. */
export function replacing(primary: MemberId, target: MemberId): Course {
  const fence = stopOf(primary);
  return {
    fence,
    irreversible: `fail over to ${target}: Cloud SQL makes ${primary} its replica anew, and what only ${primary} has is gone`,
    duration: FENCE + FAILOVER,
    steps: [
      fence,
      `fail over to ${target} (about ${formatDuration(FAILOVER)}; cannot be undone)`,
      `turn on backups, standby and deletion protection of ${target}`,
      `point the writer endpoints to ${target}, and stale readers away; Cloud SQL's own write endpoint follows by itself`,
      `wait until Cloud SQL has made ${primary} a replica of ${target}, when it can be reached`,
    ],
  };
}
