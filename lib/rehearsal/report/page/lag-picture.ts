/** What the script on the page draws, as JSON beside the place where it is drawn. */
export interface LagPicture {
  /** Seconds from the left edge to the right. */
  readonly seconds: number;
  /** Lag that is not to be exceeded, in seconds. */
  readonly objective: number;
  readonly curves: readonly LagCurve[];
}

export interface LagCurve {
  readonly member: string;
  /** Number of its colour. */
  readonly colour: number;
  /** Moments in seconds, and the lag in seconds; null: it was not measured, or replication was broken. */
  readonly points: readonly (readonly [at: number, lag: number | null])[];
}
