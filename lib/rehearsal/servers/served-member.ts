import type { Parameter } from '../rds/parameter-groups';
import type { DatabaseMember } from './database-member';
import type { ReplicationLink } from './replication-link';

/** A member as its backend sees it: what RDS does to a server, besides what can be done to hurt it. */
export interface ServedMember extends DatabaseMember {
  /** Path of its socket, while it runs. */
  readonly socket: string | undefined;
  /** Over what it follows. */
  readonly link: ReplicationLink<ServedMember> | undefined;
  /** One thing at a time is done to a server. */
  inTurn(work: () => Promise<void>): Promise<void>;
  /** Follows somebody from its next start on, over a gate of its own. */
  follow(source: ServedMember): Promise<void>;
  /** The parameter group with which it was started, when only the cloud knows. */
  begunWith(group: string): void;
  /** @param group undefined: {@link begunWith} says it */
  start(group: string | undefined, parameters: readonly Parameter[]): Promise<void>;
  /** Dynamic parameters of the group with which it was started are in effect at once; another group waits for a start. */
  reconfigure(group: string, parameters: readonly Parameter[]): Promise<void>;
  promote(): Promise<void>;
  /** Whether all that its source had when this was asked has come to it, so that a promotion has it. @param patience milliseconds of the machine */
  arrived(source: ServedMember, patience: number): Promise<boolean>;
  /** Ends it, and puts other data in the place of its own. @param copy makes them, in that folder */
  refill(copy: (folder: string) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
