/** One measured figure. It is a ratio: absolute times mean nothing on another machine. */
export interface Figure {
  readonly bench: string;
  readonly value: number;
  /** The figure is too large above this. */
  readonly limit: number;
  /** What it was measured against, in the same run. */
  readonly baseline: string;
}

/** The figure as one line of JSON. */
export function lineOf({ bench, value, limit, baseline }: Figure): string {
  return JSON.stringify({ bench, value: Math.round(value * 1000) / 1000, limit, baseline });
}

export function passes({ value, limit }: Figure): boolean {
  return value <= limit;
}
