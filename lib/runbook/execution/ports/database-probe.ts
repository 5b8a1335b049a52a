import type { MemberId, Topology } from '../../../topology';
import type { MemberObservation, Obstacle, Position } from '../../decision';
import type { Address } from './fleet';

/** How far a log goes: what of a position compares members, without any time. */
export type LogMark = Pick<Position, 'ordinal' | 'unit' | 'token'>;

/** What the database itself says. */
export type DataPlaneSighting = Pick<
  MemberObservation,
  'id' | 'dataPlane' | 'acceptsWrites' | 'position' | 'lastHeard'
> & {
  /** Without a position: how far its log goes, although nobody can tell up to which time that is. */
  readonly log?: LogMark;
  /**
   * Of a replica, by its own word: it is connected to whom it follows, and applies what comes. No while it connects anew, too.
   * Undefined: it does not say.
   */
  readonly isFollowing?: boolean;
};

/** Whom to ask, and where. */
export interface Question {
  readonly topology: Topology;
  readonly member: MemberId;
  readonly address: Address;
}

/** The databases themselves. Every question is bounded, and is asked with a fresh connection. */
export interface DatabaseProbe {
  /**
   * False: there is no way from here to any database, so nothing is asked; everything is `unknown`.
   * True promises nothing about a single member.
   */
  readonly isConnected: boolean;
  /** Changes nothing. Never throws because a database does not answer. */
  ask(question: Question): Promise<DataPlaneSighting>;
  /** Tries to write, in a transaction that leaves nothing behind. */
  tryWrite(question: Question): Promise<MemberObservation['acceptsWrites']>;
  /**
   * What stands in the way of asking: a secret that cannot be read; and what the members said when they were last asked, so
   * it is to be called after them. Bounded.
   */
  obstacles?(topology: Topology): Promise<readonly Obstacle[]>;
}
