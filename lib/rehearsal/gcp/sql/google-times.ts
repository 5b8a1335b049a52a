/** How many seconds things take. Usual ones, never measured here. */
export interface GoogleTimes {
  readonly promotion: number;
  readonly switchover: number;
  /** From when an old primary answers again until it is a replica. */
  readonly reconfiguration: number;
  readonly update: number;
  readonly stop: number;
  readonly restart: number;
  readonly replicaCreation: number;
  /** From a sample until Cloud Monitoring tells it. */
  readonly metricDelay: number;
}

export const USUAL_GOOGLE_TIMES: GoogleTimes = {
  ...{ promotion: 180, switchover: 90, reconfiguration: 240, update: 20, stop: 45, restart: 30 },
  ...{ replicaCreation: 600, metricDelay: 165 },
};

/** Cut short what is only waited for: the order of things is as it was, and how long they take means nothing. */
export const QUICK_GOOGLE_TIMES: Partial<GoogleTimes> = {
  ...{ promotion: 15, switchover: 10, reconfiguration: 20, update: 4, stop: 8, restart: 8 },
  ...{ replicaCreation: 20, metricDelay: 10 },
};
