import type { MemberId, Topology } from '../../../topology';
import type { MemberObservation } from '../../decision';
import type { Address } from './fleet';

/** What the database itself says. */
export type DataPlaneSighting = Pick<
  MemberObservation,
  'id' | 'dataPlane' | 'acceptsWrites' | 'position' | 'lastHeard'
>;

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
}
