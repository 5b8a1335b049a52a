import type { JournalRow } from '../../runbook/execution/ports';
import type { MemberId } from '../../topology';
import type { Write } from '../clients/write-log';

/** Who was primary, and when. Two that overlap, both of whom took writes, are a split brain. */
export interface Reign {
  readonly member: MemberId;
  /** Milliseconds since 1970, by the cloud's clock. */
  readonly from: number;
  /** The last write that it acknowledged, or its successor's promotion, whatever came last; absent: it is primary in the end. */
  readonly to?: number;
  /** It acknowledged a write in that time. */
  readonly tookWrites: boolean;
}

export interface ReignsSeen {
  readonly began: number;
  /** The primary of the beginning. */
  readonly primary: MemberId;
  /** Of all runs. */
  readonly rows: readonly JournalRow[];
  readonly writes: readonly Write[];
  /** Address of a member's server. */
  readonly hostOf: (member: MemberId) => string;
}

/** From the promotions in the journals, and from what clients were acknowledged by whom. */
export function reignsIn({ began, primary, rows, writes, hostOf }: ReignsSeen): readonly Reign[] {
  const promotions = rows
    .flatMap((row) => (row.type === 'promoted' ? { member: row.member, from: row.at * 1000 } : []))
    .sort((a, b) => a.from - b.from);
  const reigns = [{ member: primary, from: began }, ...promotions];
  return reigns.map(({ member, from }, index) => {
    const again = reigns.findIndex((each, later) => later > index && each.member === member);
    // What it took between that call and the row that says so belongs to its next reign.
    const next = again < 0 ? Infinity : calledAfter(rows, reigns[again - 1]?.from ?? from, reigns[again]?.from ?? 0);
    const host = hostOf(member);
    const times = writes
      .filter((write) => write.host === host && write.end === 'acknowledged' && write.sent < next)
      .map(({ ended }) => ended)
      .filter((ended) => ended >= from);
    const successor = reigns[index + 1];
    const to = successor && Math.max(successor.from, ...times);
    return { member, from, ...(to === undefined ? {} : { to }), tookWrites: times.length > 0 };
  });
}

/** When the call was made that led to a promotion, in milliseconds. @param after the promotion before */
function calledAfter(rows: readonly JournalRow[], after: number, promoted: number): number {
  const calls = rows.flatMap((row) => (row.type === 'attempt' && row.phase === 'promote' ? row.at * 1000 : []));
  return Math.min(promoted, ...calls.filter((at) => at > after));
}
