import { exactly } from './log-position';

/** Who wrote, and which of its transactions: both ends of an interval are in it. */
interface Interval {
  readonly source: string;
  readonly first: bigint;
  readonly last: bigint;
}

const SOURCE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INTERVAL = /^(\d+)(?:-(\d+))?$/;
/** From MySQL 8.3 on, transactions can carry a tag; each tag is counted from 1. */
const TAG = /^[a-z_][a-z0-9_]{0,31}$/;

/**
 * How many transactions are in a set as MySQL writes `gtid_executed`; undefined when the text is none, or when they are more
 * than a number can say exactly.
 *
 * @param without the source whose own transactions are left out: what somebody wrote on a replica itself is no progress
 */
export function countGtids(set: string, without?: string): number | undefined {
  const intervals = intervalsIn(set);
  if (intervals === undefined) return undefined;
  const counted = intervals.filter(({ source }) => source !== without?.toLowerCase());
  return exactly(counted.reduce((sum, { first, last }) => sum + last - first + 1n, 0n));
}

/** The same set always as the same text. The server breaks its lines after each source. */
export function gtidToken(set: string): string {
  return set.replaceAll(/\s/g, '').toLowerCase();
}

function intervalsIn(set: string): readonly Interval[] | undefined {
  const found: Interval[] = [];
  for (const part of gtidToken(set).split(',')) {
    if (part === '') continue;
    const [source = '', ...pieces] = part.split(':');
    if (!SOURCE.test(source) || pieces.length === 0) return undefined;
    for (const piece of pieces) {
      const [, first, last = first] = INTERVAL.exec(piece) ?? [];
      if (first === undefined || last === undefined) {
        if (TAG.test(piece)) continue;
        return undefined;
      }
      const interval = { source, first: BigInt(first), last: BigInt(last) };
      if (interval.last < interval.first || interval.first < 1n) return undefined;
      found.push(interval);
    }
  }
  return found;
}
