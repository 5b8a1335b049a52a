import type { LogMark } from '../../execution/ports';
import { exactly } from './log-position';

const FILE = /\.(\d+)$/;

/**
 * A place in the primary's binary log as a mark: for servers that do not number their transactions.
 *
 * The ordinal says only which of two places is further. It counts nothing, because files end early; so it has no unit.
 */
export function binlogMark(file: string, offset: string): LogMark {
  const [, number] = FILE.exec(file) ?? [];
  const ordinal = number === undefined || !/^\d+$/.test(offset) ? undefined : placeOf(number, offset);
  return { token: `${file}:${offset}`, ...(ordinal === undefined ? {} : { ordinal }) };
}

/** An event carries its place in the file as 32 bits. */
function placeOf(number: string, offset: string): number | undefined {
  return exactly((BigInt(number) << 32n) + BigInt(offset));
}
