import type { Seconds } from '../../topology';
import type { LossEstimate } from '../contract';
import { aliveUntil, provenStop } from './alive-until';
import { certainTo } from './applied-to';
import { instantText } from './instant-text';
import { seenPrimary, type Instant, type Observation, type Position } from './observation';
import type { Policy } from './policy';

/** What promoting one member would lose. */
export interface Loss {
  /** Acknowledged writes that are known to be missing, as a time: the best guess. */
  readonly seconds: Seconds;
  /** How much more it may be. */
  readonly error: Seconds;
  /** Bytes of log between the two, when both were asked. */
  readonly bytes?: number;
  readonly source: Position['source'];
  /** Writes that were acknowledged before are safe. */
  readonly from: Instant;
  /** When the primary certainly stopped to take writes; undefined while nothing proves it: then the loss still grows. */
  readonly to?: Instant;
}

/**
 * What is lost when a member at `position` takes over.
 *
 * Writes were acknowledged until the primary was last known alive: that is the guess. They may have been until it is proven
 * to have stopped, and while nothing proves that, until now: that is the error. That nobody here can reach the primary does
 * not mean that its clients cannot. Undefined when nothing tells how long it lived.
 */
export function lossOf(position: Position, observation: Observation, policy: Policy): Loss | undefined {
  const primary = seenPrimary(observation);
  const stopped = provenStop(observation, policy);
  const known = aliveUntil(observation, primary.id, policy);
  const alive = stopped === undefined ? known : Math.min(stopped, known ?? stopped);
  if (alive === undefined) return undefined;
  // Commits carry the primary's clock.
  const end = stopped === undefined ? observation.at : stopped + policy.clockSkew;
  const seconds = Math.max(0, alive - position.appliedTo);
  const bytes = bytesBetween(primary.position, position);
  return {
    seconds,
    error: Math.max(0, end - certainTo(position)) - seconds,
    source: position.source,
    from: certainTo(position),
    ...(bytes === undefined ? {} : { bytes }),
    ...(stopped === undefined ? {} : { to: end }),
  };
}

/** The most that it may be. */
export function worstOf({ seconds, error }: Loss): Seconds {
  return seconds + error;
}

/** As the contract carries it. */
export function lossEstimate({ from, to, ...loss }: Loss): LossEstimate {
  return { ...loss, from: instantText(from), ...(to === undefined ? {} : { to: instantText(to) }) };
}

/** While nothing proves that the primary has stopped, every second may cost another one. */
export function isGrowing({ to }: Loss): boolean {
  return to === undefined;
}

function bytesBetween(ahead: Position | undefined, behind: Position): number | undefined {
  if (ahead?.ordinal === undefined || behind.ordinal === undefined) return undefined;
  return ahead.unit === 'bytes' && behind.unit === 'bytes' ? Math.max(0, ahead.ordinal - behind.ordinal) : undefined;
}

/** How far a position is behind a primary that is alive. Equal logs are equal, however long ago the last write was. */
export function behind(position: Position, observation: Observation): Seconds {
  const { position: ahead } = seenPrimary(observation);
  const isLevel =
    ahead?.ordinal !== undefined &&
    ahead.unit === 'bytes' &&
    position.unit === 'bytes' &&
    ahead.ordinal <= (position.ordinal ?? -1);
  return isLevel ? 0 : Math.max(0, observation.at - position.appliedTo);
}
