import type { Instant } from '../../decision';

/** One row of an answer, as the driver read it. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** A column as a text; undefined when it is null, empty or not there. */
export function textIn(row: SqlRow | undefined, column: string): string | undefined {
  const value = row?.[column];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A column with seconds since 1970; undefined when it is null or 0, as which MySQL writes a time that never was. */
export function instantIn(row: SqlRow | undefined, column: string): Instant | undefined {
  const value = row?.[column];
  // The drivers give what has a fixed number of digits as a text.
  const seconds = typeof value === 'string' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

/** A column that is a switch, as any engine writes it; undefined when it is null, or no switch. */
export function switchIn(row: SqlRow | undefined, column: string): boolean | undefined {
  const value = row?.[column];
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  // MariaDB 12 has kinds of read_only, each with a name: all of them are on.
  return !/^(0|off|no|false|)$/i.test(String(value));
}
