import type { Seconds } from '../../topology';
import type { Instant, MemberObservation, Position } from './observation';

/** What promoting one member would lose. */
export interface Loss {
  /** Acknowledged writes, as a time: the best guess. */
  readonly seconds: Seconds;
  /** How much more it may be. */
  readonly error: Seconds;
  /** Bytes of log between the two, when both were asked. */
  readonly bytes?: number;
  readonly source: Position['source'];
  /** Writes that were acknowledged before are safe. */
  readonly from: Instant;
}

/**
 * What is lost when a member at `position` takes over from `primary`.
 *
 * Writes were acknowledged until the primary was last seen alive, and may have been until it was first seen dead: that is
 * the error, and while nothing proves it dead, it grows until now. Undefined when the primary was never seen alive.
 */
export function lossOf(position: Position, primary: MemberObservation, now: Instant): Loss | undefined {
  const { lastSeenAlive, firstSeenDead = now } = primary;
  if (lastSeenAlive === undefined) return undefined;
  const unseen = Math.max(0, firstSeenDead - Math.max(lastSeenAlive, position.appliedTo));
  return {
    seconds: Math.max(0, lastSeenAlive - position.appliedTo),
    error: unseen + position.error,
    bytes: bytesBetween(primary.position, position),
    source: position.source,
    from: position.appliedTo - position.error,
  };
}

function bytesBetween(ahead: Position | undefined, behind: Position): number | undefined {
  if (ahead?.ordinal === undefined || behind.ordinal === undefined) return undefined;
  return ahead.unit === 'bytes' && behind.unit === 'bytes' ? Math.max(0, ahead.ordinal - behind.ordinal) : undefined;
}
