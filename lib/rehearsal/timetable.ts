/**
 * How many seconds things take.
 *
 * Only the shapes are documented ("several minutes or longer" for a promotion); the numbers are usual ones, never
 * measured here: see facts/promotion.md §2 and facts/aws.md §3.1.
 */
export interface Timetable {
  readonly creation: number;
  readonly replicaCreation: number;
  /** The backup that begins by itself when automated backups are turned on. */
  readonly firstBackup: number;
  /** How long a promoted replica still says `available`, as if nothing had been asked of it. */
  readonly promotionLinger: number;
  readonly promotion: number;
  /** The restart that belongs to a promotion. */
  readonly promotionReboot: number;
  /** How long a promoted instance, available again, still names its source. */
  readonly sourceLinger: number;
  /** How long a changed instance still says `available`. */
  readonly modificationLinger: number;
  readonly modification: number;
  /** A modification that makes or drops the standby. */
  readonly multiAz: number;
  readonly reboot: number;
  readonly stop: number;
  readonly start: number;
  readonly deletion: number;
  /** Security groups from `adding` to `active`, parameters from `applying` to what they become. */
  readonly settling: number;
  /** Of a global database: from the call until it is known whether the writes of the old primary could be blocked. */
  readonly fencing: number;
  /** From then until the target takes writes. */
  readonly globalMove: number;
  /** From then until nothing is said to be under way any more. */
  readonly globalSettling: number;
  /** From then until the global writer endpoint leads there. */
  readonly endpointMove: number;
  /** From an unplanned move until what only the old primary has is in a snapshot. */
  readonly lossSnapshot: number;
  /** Until a cluster is made anew from the primary: "minutes to hours". */
  readonly resync: number;
  /** Until another server of a cluster is its writer, and from then until the cluster is available again. */
  readonly clusterFailover: number;
  readonly clusterSettling: number;
  /** How long a read of DynamoDB that is not consistent sees what was before a write. */
  readonly staleRead: number;
  /** From the beginning of a minute until CloudWatch tells its numbers: the newest are so old, and up to a minute more. */
  readonly metricDelay: number;
  /** From a change in Route 53 until all name servers know it: "typically within 60 seconds". */
  readonly dnsPropagation: number;
}

export const USUAL_TIMES: Timetable = {
  creation: 300,
  replicaCreation: 900,
  firstBackup: 60,
  promotionLinger: 45,
  promotion: 135,
  promotionReboot: 60,
  sourceLinger: 20,
  modificationLinger: 5,
  modification: 30,
  multiAz: 600,
  reboot: 60,
  stop: 120,
  start: 180,
  deletion: 120,
  settling: 15,
  fencing: 20,
  globalMove: 40,
  globalSettling: 20,
  endpointMove: 15,
  lossSnapshot: 240,
  resync: 900,
  clusterFailover: 15,
  clusterSettling: 10,
  staleRead: 1,
  metricDelay: 60,
  dnsPropagation: 60,
};

/** Cut short what is only waited for: the order of things is as it was, and how long they take means nothing. */
export const QUICK_TIMES: Partial<Timetable> = {
  ...{ creation: 20, replicaCreation: 20, firstBackup: 5, promotionLinger: 4, promotion: 15, promotionReboot: 5 },
  ...{ sourceLinger: 3, modificationLinger: 2, modification: 5, multiAz: 20, reboot: 8, stop: 10, start: 10 },
  ...{ fencing: 6, globalMove: 8, globalSettling: 4, endpointMove: 4, lossSnapshot: 10, resync: 20 },
  ...{ clusterFailover: 5, clusterSettling: 3 },
  ...{ deletion: 10, settling: 3, metricDelay: 10, dnsPropagation: 10 },
};
