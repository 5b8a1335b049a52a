/** One measured figure: a ratio, since absolute times mean nothing on another machine, or seconds of the embedded cloud's time. */
export interface Figure {
  readonly bench: string;
  readonly value: number;
  /** The figure is too large above this. */
  readonly limit: number;
  /** What it was measured against, in the same run. */
  readonly baseline: string;
  /** Calls to the cloud, by phase. */
  readonly calls?: Readonly<Record<string, number>>;
}

/** The figure as one line of JSON. */
export function lineOf({ value, ...figure }: Figure): string {
  return JSON.stringify({ ...figure, value: Math.round(value * 1000) / 1000 });
}

export function passes({ value, limit }: Figure): boolean {
  return value <= limit;
}
