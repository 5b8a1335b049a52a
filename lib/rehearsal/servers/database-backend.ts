import type { Instance } from '../rds/instance';
import type { InstanceBackend } from '../rds/instance-backend';
import type { DatabaseServers } from './database-servers';
import type { MasterUser } from './master-user';
import type { ServedInstance, ServerWork } from './server-work';

/** An instance that is there from the start, so far as a server goes. */
export interface ServerSeed {
  readonly region: string;
  readonly id: string;
  /** Id of one that comes before it. */
  readonly replicaOf?: string;
}

export interface DatabaseBackendOptions {
  /** In the order of the cloud's own seeds. */
  readonly seeds: readonly ServerSeed[];
  /** From where somebody may come, besides where servers are from the start. @default nowhere else */
  readonly regions?: readonly string[];
  /** From where the cloud's API tells its addresses: the Region of whoever asks it. @default the first seed's */
  readonly viewpoint?: string;
  /** Security groups that let nobody in: an instance that has no other takes no new connections. @default none */
  readonly closedGroups?: readonly string[];
  /** @default understudy, with a random password; its database is called so, too, or `postgres` where that is one */
  readonly master?: Partial<MasterUser>;
  /** How many of the cloud's seconds pass in one of the machine's: servers keep each other awake as often. @default 1 */
  readonly scale?: number;
}

/** A real server behind every instance, whosever it is. */
export interface DatabaseBackend extends DatabaseServers, InstanceBackend {
  /** A promise that fails says why it could not be done. */
  carryOut(work: ServerWork): Promise<void>;
  adopt(instance: ServedInstance): Instance['endpoint'];
}
