import type { Replication } from '../../../decision';

/** An instance as the Admin API (v1) tells it, so far as it is read here. */
export interface SqlInstance {
  readonly name: string;
  readonly region?: string;
  readonly state?: string;
  readonly databaseVersion?: string;
  readonly instanceType?: string;
  /** `project:instance` of whom it follows. */
  readonly masterInstanceName?: string;
  /** Names of those that follow it. */
  readonly replicaNames?: readonly string[];
  readonly replicaConfiguration?: { readonly cascadableReplica?: boolean };
  readonly settings?: SqlSettings;
  readonly ipAddresses?: readonly { readonly type?: string; readonly ipAddress?: string }[];
  readonly dnsName?: string;
  readonly serverCaCert?: { readonly cert?: string };
  readonly replicationCluster?: {
    readonly psaWriteEndpoint?: string;
    /** `project:instance` of the DR replica of this primary. */
    readonly failoverDrReplicaName?: string;
    /** Whether this replica is the DR replica of its primary. */
    readonly drReplica?: boolean;
  };
  readonly diskEncryptionConfiguration?: { readonly kmsKeyName?: string };
}

export interface SqlSettings {
  /** Of what is changed: another's change in between is refused. */
  readonly settingsVersion?: string;
  readonly tier?: string;
  readonly edition?: string;
  readonly activationPolicy?: string;
  readonly availabilityType?: string;
  readonly deletionProtectionEnabled?: boolean;
  readonly databaseReplicationEnabled?: boolean;
  readonly databaseFlags?: readonly DatabaseFlag[];
  readonly userLabels?: Readonly<Record<string, string>>;
  readonly backupConfiguration?: {
    readonly enabled?: boolean;
    readonly pointInTimeRecoveryEnabled?: boolean;
    readonly binaryLogEnabled?: boolean;
    readonly transactionLogRetentionDays?: number;
    readonly backupRetentionSettings?: { readonly retainedBackups?: number; readonly retentionUnit?: string };
  };
  readonly ipConfiguration?: {
    readonly ipv4Enabled?: boolean;
    readonly privateNetwork?: string;
    readonly sslMode?: string;
    readonly serverCaMode?: string;
    readonly authorizedNetworks?: readonly { readonly value?: string }[];
    readonly pscConfig?: { readonly pscEnabled?: boolean; readonly allowedConsumerProjects?: readonly string[] };
  };
  readonly dataDiskSizeGb?: string;
  readonly dataDiskType?: string;
}

export interface DatabaseFlag {
  readonly name?: string;
  readonly value?: string;
}

/** What a person can do about a state that does not end by itself. */
const FIXES: Readonly<Record<string, string>> = {
  FAILED: 'restore it from a backup, or ask Google: Cloud SQL could not make it, or lost it',
  SUSPENDED: 'see to the billing of its project, or to its key: Cloud SQL has stopped it',
  PENDING_DELETE: 'it is being deleted, and will be gone: go on without it',
};

/** What a person has to do before anything can be done with it; undefined: nothing. */
export function hindrance({ name, state = 'in no state' }: SqlInstance): string | undefined {
  const fix = FIXES[state];
  return fix === undefined ? undefined : `${name} is ${state}, which does not end by itself; ${fix}`;
}

/**
 * `RUNNABLE` is also who was stopped by its owner: only the policy says so. [?] How long the Admin API, which is global, goes on to
 * say it of a region that is lost is not known.
 */
export function isRunning({ state, settings }: SqlInstance): boolean {
  return state === 'RUNNABLE' && settings?.activationPolicy !== 'NEVER';
}

export function isStopped({ settings }: SqlInstance): boolean {
  return settings?.activationPolicy === 'NEVER';
}

/** What a person reads: Cloud SQL's own word, but for who is stopped. */
export function statusOf(instance: SqlInstance): string | undefined {
  return isStopped(instance) ? 'STOPPED' : instance.state;
}

export function isReplica({ instanceType }: SqlInstance): boolean {
  return instanceType === 'READ_REPLICA_INSTANCE' || instanceType === 'READ_POOL_INSTANCE';
}

/** Name of whom it follows. */
export function sourceOf(instance: SqlInstance): string | undefined {
  return isReplica(instance) ? instance.masterInstanceName?.split(':').at(-1) : undefined;
}

/**
 * By the API's own word, which knows of those only that were stopped on purpose: that replication is broken is seen in the
 * metric, as a negative lag.
 */
export function replicationOf(instance: SqlInstance): Replication {
  if (!isReplica(instance)) return 'none';
  return instance.settings?.databaseReplicationEnabled === false ? 'stopped' : 'running';
}

export function isEnterprisePlus({ settings }: SqlInstance): boolean {
  return settings?.edition === 'ENTERPRISE_PLUS';
}

const PORTS: readonly (readonly [string, number])[] = [
  ['POSTGRES', 5432],
  ['SQLSERVER', 1433],
];

/** The private address before the name of Private Service Connect, and both before a public one. */
export function addressOf(instance: SqlInstance): { readonly host: string; readonly port: number } | undefined {
  const { ipAddresses = [], dnsName, databaseVersion = '' } = instance;
  const ip = (type: string): string | undefined => ipAddresses.find((each) => each.type === type)?.ipAddress;
  const host = ip('PRIVATE') ?? dnsName ?? ip('PRIMARY');
  const port = PORTS.find(([engine]) => databaseVersion.startsWith(engine))?.[1] ?? 3306;
  return host === undefined ? undefined : { host: host.replace(/\.$/, ''), port };
}

/** The flags with one of them set, or taken away. */
export function flagsWith({ settings }: SqlInstance, name: string, value: string | undefined): readonly DatabaseFlag[] {
  const others = (settings?.databaseFlags ?? []).filter((flag) => flag.name !== name);
  return value === undefined ? others : [...others, { name, value }];
}

export function flagOf({ settings }: SqlInstance, name: string): string | undefined {
  return settings?.databaseFlags?.find((flag) => flag.name === name)?.value;
}
