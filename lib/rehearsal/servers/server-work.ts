import type { WorkKind } from '../rds/instance-backend';
import type { Parameter } from '../rds/parameter-groups';

/** An instance as its cloud knows it, so far as something is done to the server behind it. */
export interface ServedInstance {
  readonly region: string;
  readonly id: string;
  /** Whose settings it has: those of another one wait for a start. */
  readonly parameterGroup: string;
  /** Who is let in, where groups say it. @default that is said otherwise */
  readonly securityGroups?: readonly string[];
  readonly securityGroupStatus?: 'active' | 'adding';
}

/**
 * Something to do to a server.
 *
 * `rejoin`: it becomes a replica of the source, with the source's data instead of its own. `hand-over`: it takes the place of the
 * source, which takes no more writes, is waited for, and becomes its replica.
 */
export interface ServerWork {
  readonly kind: WorkKind | 'rejoin' | 'hand-over';
  readonly instance: ServedInstance;
  /** Whom it follows, or is to. */
  readonly source: ServedInstance | undefined;
  /** What its parameter group changes now, whether or not a restart is waited for. */
  readonly parameters: readonly Parameter[];
  /** Of a hand-over: how long the new primary may take to have everything, in milliseconds of the machine. */
  readonly patience?: number;
}
