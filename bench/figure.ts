/** One measured figure: a ratio, since absolute times mean nothing on another machine, or seconds of the embedded cloud's time. */
export interface Figure {
  readonly bench: string;
  readonly value: number;
  /** Of a time: what the true value is above, in 39 runs of 40. @default - the value, which is exact */
  readonly atLeast?: number;
  /** The figure is too large above this. */
  readonly limit: number;
  /** What it was measured against, in the same run. */
  readonly baseline: string;
  /** Calls to the cloud, by phase. */
  readonly calls?: Readonly<Record<string, number>>;
}

/** The figure as one line of JSON. */
export function lineOf({ value, atLeast, ...figure }: Figure): string {
  return JSON.stringify({
    ...figure,
    value: rounded(value),
    ...(atLeast !== undefined && { atLeast: rounded(atLeast) }),
  });
}

/** A time fails when it is above its limit by more than its rounds scatter: else the load of the machine would decide. */
export function passes({ value, atLeast = value, limit }: Figure): boolean {
  return atLeast <= limit;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
