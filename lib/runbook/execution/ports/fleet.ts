import type { MemberId, Topology } from '../../../topology';
import type { FenceOutcome } from '../../contract';
import type { Instant, Kind, LagSample, MemberObservation, Obstacle } from '../../decision';
import type { Procedure } from './procedure';

/** Where a member is found by clients. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What the cloud's API says about a member. */
export type ControlPlaneSighting = Pick<
  MemberObservation,
  'id' | 'controlPlane' | 'status' | 'isReady' | 'replication'
> & {
  /** Undefined while the cloud does not tell. */
  readonly address?: Address;
  /** False: nobody answers there before it is promoted, so it is not asked. @default true */
  readonly isAskable?: boolean;
  /** Its lag in the time before, oldest first; empty when the cloud does not tell. */
  readonly samples: readonly LagSample[];
  /** Since when the cloud itself says that it takes no writes. */
  readonly stoppedAt?: number;
};

/** One look at all members. */
export interface FleetSighting {
  readonly members: readonly ControlPlaneSighting[];
  /** What stands in the way of promoting: a quota, a window, a maintenance. */
  readonly obstacles: readonly Obstacle[];
}

/** How a promotion was asked for, and what of it has happened. */
export interface Promotion {
  readonly kind: Kind;
  /** Ids of findings that a person has accepted. */
  readonly accepted: readonly string[];
  /** When this run first made the call, or was about to. Undefined: it has not. */
  readonly calledAt?: Instant;
  /** It is proven that nobody writes on the old primary any more. Else who had a session there may still have it. */
  readonly isFenced: boolean;
}

/** What the cloud says of a fence that it has set itself. */
export type CloudFence = Pick<FenceOutcome, 'outcome' | 'reason'>;

/**
 * The database servers, through their cloud's API.
 *
 * Calls to a Region that may be lost are bounded by the adapter: 2 s to connect, 10 s in all.
 * Whatever is done several calls long is a {@link Procedure}, and one for another member is another one.
 */
export interface Fleet {
  /** Never throws because a member or a Region does not answer: it is `unreachable` then. */
  look(topology: Topology): Promise<FleetSighting>;
  /**
   * The topology as the cloud has it, where the cloud itself knows who is primary or has servers that are in no file. Without
   * it, the program and the last promotion say how it is.
   *
   * @param target whom a run is to promote: a member, or a server of one
   * @throws UnderstudyError when the cloud does not tell
   */
  current?(topology: Topology, target?: string): Promise<Topology>;
  /**
   * What became of the fence that the cloud has set in the call that promotes. Undefined: it does not tell, or not yet.
   * Only where the cloud moves the primary itself; it never throws because a Region does not answer.
   */
  fenceOf?(topology: Topology, target: MemberId, how: Promotion): Promise<CloudFence | undefined>;
  /** Planned: no more writes on the primary, and its last position. Can be taken back. */
  freeze(topology: Topology): Procedure;
  /** Takes the freeze back: done when the member takes writes again. */
  unfreeze(topology: Topology, member: MemberId): Procedure;
  /** Unplanned: nobody can write on the primary any more, sessions that are there included. */
  fence(topology: Topology): Procedure;
  /** Takes a fence back, because a person says so. */
  unfence(topology: Topology, member: MemberId): Procedure;
  /**
   * Makes a replica a primary: its first step is the call that cannot be taken back, the rest is waiting.
   * Done when the cloud says that it follows nobody and is available.
   */
  promote(topology: Topology, target: MemberId, how: Promotion): Procedure;
  /** Backups, standby and protection of the new primary as the old one had them. */
  restore(topology: Topology, target: MemberId): Procedure;
  /** Replicas of the new primary; the old one marked as to be kept. Done when one replica follows it. */
  rebuild(topology: Topology, target: MemberId, how: Promotion): Procedure;
}
