import type { Instant, MemberObservation, Position } from './observation';
import type { Policy } from './policy';

/**
 * Up to where a member had applied writes, as well as that is known: by its own word, else by its lag in samples taken
 * before the failure. Undefined: unknown.
 *
 * A sample after the failure counts for nothing. MySQL may say 0 while its receiver waits for a primary that is long gone;
 * PostgreSQL's lag climbs a second each second. Both would be taken for what they are not.
 */
export function appliedTo(
  member: MemberObservation,
  failure: Instant | undefined,
  policy: Policy,
): Position | undefined {
  if (member.position?.source === 'sql') return member.position;
  const before = member.samples.filter(({ at }) => failure === undefined || at <= failure);
  const newest = before.at(-1);
  // The newest one decides: an older good one would hide that replication had stopped.
  if (newest?.lag === null || newest === undefined) return undefined;
  return { appliedTo: newest.at - newest.lag, error: policy.samplePeriod, source: 'metric' };
}

/** Negative when `a` is behind `b`, positive when it is ahead, zero when they differ by no more than the tolerance. */
export function comparePositions(a: Position, b: Position, { tolerance }: Policy): number {
  if (a.ordinal !== undefined && a.ordinal === b.ordinal) return 0;
  const difference = a.appliedTo - b.appliedTo;
  if (Math.abs(difference) > tolerance) return difference;
  return 0;
}
