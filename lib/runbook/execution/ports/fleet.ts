import type { MemberId, Topology } from '../../../topology';
import type { LagSample, MemberObservation, Obstacle } from '../../decision';
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

/**
 * The database servers, through their cloud's API.
 *
 * Calls to a Region that may be lost are bounded by the adapter: 2 s to connect, 10 s in all.
 * Whatever is done several calls long is a {@link Procedure}, and one for another member is another one.
 */
export interface Fleet {
  /** Never throws because a member or a Region does not answer: it is `unreachable` then. */
  look(topology: Topology): Promise<FleetSighting>;
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
  promote(topology: Topology, target: MemberId): Procedure;
  /** Backups, standby and protection of the new primary as the old one had them. */
  restore(topology: Topology, target: MemberId): Procedure;
  /** Replicas of the new primary; the old one marked as to be kept. Done when one replica follows it. */
  rebuild(topology: Topology, target: MemberId): Procedure;
}
