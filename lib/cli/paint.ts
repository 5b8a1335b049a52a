import type { Output } from './io';

const CODES = { red: [31, 39], yellow: [33, 39], green: [32, 39] } as const;

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: keyof typeof CODES, text: string) => string;

/**
 * Colours for people only: on a terminal, unless `NO_COLOR` has a value (no-color.org).
 *
 * Not `util.styleText`: Node 20 has it only from 20.12.
 */
export function paintFor(output: Output, { NO_COLOR }: Readonly<Record<string, string | undefined>>): Paint {
  if (!output.isTTY || (NO_COLOR !== undefined && NO_COLOR !== '')) return (_, text) => text;
  return (colour, text) => {
    const [on, off] = CODES[colour];
    return `\u001B[${on}m${text}\u001B[${off}m`;
  };
}
