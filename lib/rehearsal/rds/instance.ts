import type { Procedure } from './procedure';

/** Health of a replica's replication, as `StatusInfos` tells it. Kinds: facts/aws.md §3.1. */
export interface Replication {
  readonly status: 'replicating' | 'replication degraded' | 'error' | 'stopped' | 'terminated';
  readonly message: string;
  /**
   * Seconds behind while it replicates, or `climbing`: falling behind by a second each second.
   * What does not replicate climbs by itself, or does not know: the engine says. @default 0
   */
  readonly lag?: number | 'climbing';
}

/** Changes that wait for the maintenance window. */
export interface PendingChanges {
  readonly instanceClass?: string;
  readonly allocatedStorage?: number;
  readonly engineVersion?: string;
  readonly backupRetention?: number;
  readonly multiAz?: boolean;
}

/** Something that the service is going to do to a server by itself, as `PendingMaintenanceAction` tells it. */
export interface Maintenance {
  /** As in `system-update`, `db-upgrade`, `hardware-maintenance`, `ca-certificate-rotation`. */
  readonly action: string;
  readonly description?: string;
  /** When it happens, in milliseconds since 1970. @default in no window yet */
  readonly at?: number;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A change that comes by itself, whatever the status does meanwhile. */
export interface Timer {
  readonly at: number;
  readonly becomes: Partial<Instance>;
}

/** A database server, as the control plane knows it. */
export interface Instance {
  readonly arn: string;
  readonly region: string;
  readonly id: string;
  readonly resourceId: string;
  readonly createdAt: number;
  readonly status: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly instanceClass: string;
  readonly allocatedStorage: number;
  readonly masterUsername: string;
  readonly databaseName: string | undefined;
  readonly endpoint: { readonly address: string; readonly port: number };
  readonly availabilityZone: string;
  readonly subnetGroup: string;
  /** Days. 0: no automated backups. */
  readonly backupRetention: number;
  readonly multiAz: boolean;
  readonly deletionProtection: boolean;
  readonly securityGroups: readonly string[];
  readonly securityGroupStatus: 'active' | 'adding';
  readonly parameterGroup: string;
  readonly parameterStatus: 'in-sync' | 'applying' | 'pending-reboot';
  /** ARN of the instance that it follows. It may be gone. */
  readonly source: string | undefined;
  readonly replication: Replication | undefined;
  readonly pending: PendingChanges;
  readonly maintenance: readonly Maintenance[];
  readonly tags: readonly Tag[];
  /** What was asked for and is only told back, under the names of the API. */
  readonly carried: Readonly<Record<string, string>>;
  readonly procedure: Procedure | undefined;
  readonly timers: Readonly<Partial<Record<'parameters' | 'securityGroups', Timer>>>;
}

/** Statuses in which an instance can be asked for something. */
const USABLE: ReadonlySet<string> = new Set(['available', 'storage-optimization']);

/**
 * True if the service would start something on it.
 *
 * An instance whose promotion was accepted says `available` for a while and is busy all the same.
 * Assumed: never tried live (facts/promotion.md §2).
 */
export const isIdle = (instance: Instance): boolean => USABLE.has(instance.status) && instance.procedure === undefined;
