/** An instance as it is at the start. What is left out is usual. */
export interface SqlSeed {
  readonly name: string;
  readonly region: string;
  /** Name of whom it follows. */
  readonly follows?: string;
  readonly databaseVersion?: string;
  readonly edition?: 'ENTERPRISE' | 'ENTERPRISE_PLUS';
  readonly tier?: string;
  readonly availabilityType?: 'ZONAL' | 'REGIONAL';
  /** Name of its DR replica. */
  readonly drReplica?: string;
  readonly ipConfiguration?: IpConfiguration;
  /** It is a pool of nodes behind one address. @default false */
  readonly isPool?: boolean;
}

type Json = Record<string, unknown>;

/** Who is let in. */
export interface IpConfiguration extends Readonly<Json> {
  readonly privateNetwork?: string;
  readonly authorizedNetworks?: readonly { readonly value: string }[];
  readonly pscConfig?: { readonly pscEnabled?: boolean; readonly allowedConsumerProjects?: readonly string[] };
}

/** An instance as the Admin API tells it; it changes when operations end. */
export interface FakeInstance {
  readonly name: string;
  region: string;
  state: string;
  databaseVersion: string;
  instanceType: 'CLOUD_SQL_INSTANCE' | 'READ_REPLICA_INSTANCE' | 'READ_POOL_INSTANCE';
  masterInstanceName?: string;
  settings: Json & {
    settingsVersion: string;
    activationPolicy: string;
    edition: string;
    userLabels?: Record<string, string>;
    databaseFlags?: { name: string; value: string }[];
    ipConfiguration: IpConfiguration;
  };
  ipAddresses: { type: string; ipAddress: string }[];
  /** Who is its DR replica. */
  drReplica?: string;
}

export function instanceOf(seed: SqlSeed, number: number, project: string): FakeInstance {
  const { edition = 'ENTERPRISE_PLUS', tier = 'db-perf-optimized-N-8', availabilityType = 'ZONAL' } = seed;
  const isReplica = seed.follows !== undefined;
  return {
    name: seed.name,
    region: seed.region,
    state: 'RUNNABLE',
    databaseVersion: seed.databaseVersion ?? 'POSTGRES_17',
    instanceType:
      seed.isPool === true ? 'READ_POOL_INSTANCE' : isReplica ? 'READ_REPLICA_INSTANCE' : 'CLOUD_SQL_INSTANCE',
    ...(isReplica ? { masterInstanceName: `${project}:${seed.follows ?? ''}` } : {}),
    settings: {
      ...{ settingsVersion: '1', activationPolicy: 'ALWAYS', edition, tier, availabilityType },
      backupConfiguration: { enabled: !isReplica, pointInTimeRecoveryEnabled: !isReplica },
      ipConfiguration: seed.ipConfiguration ?? { privateNetwork: 'projects/acme-prod/global/networks/main' },
    },
    ipAddresses: [{ type: 'PRIVATE', ipAddress: `10.0.0.${number + 1}` }],
    ...(seed.drReplica === undefined ? {} : { drReplica: seed.drReplica }),
  };
}
