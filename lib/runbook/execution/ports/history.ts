import type { MemberId } from '../../../topology';
import type { Instant } from '../../decision';
import type { Address } from './fleet';

/** What is remembered of a member, in the Region that is recovered in. */
export interface MemberHistory {
  readonly id: MemberId;
  /** Newest evidence that it was alive; of the primary, that it could take writes. */
  readonly lastSeenAlive?: Instant;
  /** When its database last answered this network. A probe that fails proves nothing where none ever succeeded. */
  readonly lastReached?: Instant;
  /** Where it was found: a Region whose API is silent does not tell. */
  readonly address?: Address;
}

/** What the watch has seen before anything went wrong. */
export interface History {
  read(): Promise<readonly MemberHistory[]>;
  /** Keeps what is newer than what is there. */
  record(members: readonly MemberHistory[]): Promise<void>;
}
