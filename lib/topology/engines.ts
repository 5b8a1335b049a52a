import type { TopologyKind } from './kinds';
import { isAtLeast, majorOf } from './version';

/** The six engines of Amazon RDS. */
export const INSTANCE_ENGINES = ['mysql', 'mariadb', 'postgres', 'oracle', 'sqlserver', 'db2'] as const;
export type InstanceEngineName = (typeof INSTANCE_ENGINES)[number];

/** The two of Aurora. */
export const AURORA_ENGINES = ['aurora-mysql', 'aurora-postgresql'] as const;
export type AuroraEngineName = (typeof AURORA_ENGINES)[number];

export const ENGINE_NAMES = [...INSTANCE_ENGINES, ...AURORA_ENGINES] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What an engine can do with replicas on Amazon RDS. */
export interface EngineFacts {
  /** As its makers write it. */
  readonly title: string;
  /** Kinds of topology that it can be the engine of. */
  readonly kinds: readonly TopologyKind[];
  /** Empty: the engine has no editions. */
  readonly editions: readonly string[];
  /** Editions whose instances can have replicas. */
  readonly replicatingEditions: readonly string[];
  /** How many numbers of a version make its major. */
  readonly majorParts: number;
  /** Replicas of one source that AWS refuses to exceed. */
  readonly maxReplicas: number;
  /** Replicas of one source above which AWS's documents contradict each other. */
  readonly disputedReplicas?: number;
  /** Replicas below the primary in one chain; 1 is no cascading. */
  readonly maxDepth: number;
  /** Oldest version whose replicas can have replicas. */
  readonly cascadesFrom?: string;
  /** Whether replicas can keep automatic backups, and from which version. */
  readonly replicaBackups: boolean;
  readonly replicaBackupsFrom?: string;
  /** How a replica's version relates to its source's. */
  readonly replicaVersion: 'at least' | 'same major, at least' | 'same';
  readonly replicaModes: boolean;
  /** Least vCPUs of a replica. */
  readonly minReplicaVcpus?: number;
  readonly iamAuthentication: boolean;
  /** Oldest version with IAM database authentication. */
  readonly iamAuthenticationFrom?: string;
}

const OPEN_SOURCE = {
  kinds: ['instances', 'multi-az-cluster'],
  editions: [],
  replicatingEditions: [],
  maxReplicas: 15,
  maxDepth: 3,
  replicaBackups: true,
  replicaModes: false,
  iamAuthentication: true,
} as const;

/**
 * Limits per engine.
 *
 * Source: Amazon RDS User Guide, "Working with DB instance read replicas" and its chapter for each engine, as of 2026-11.
 */
export const ENGINES: Readonly<Record<EngineName, EngineFacts>> = {
  mysql: { ...OPEN_SOURCE, title: 'MySQL', majorParts: 2, replicaVersion: 'at least' },
  mariadb: {
    ...OPEN_SOURCE,
    kinds: ['instances'],
    title: 'MariaDB',
    majorParts: 2,
    replicaVersion: 'at least',
    iamAuthenticationFrom: '10.6',
  },
  postgres: {
    ...OPEN_SOURCE,
    title: 'PostgreSQL',
    majorParts: 1,
    cascadesFrom: '14.1',
    replicaBackupsFrom: '14.1',
    replicaVersion: 'same major, at least',
  },
  oracle: {
    title: 'Oracle Database',
    kinds: ['instances'],
    editions: ['ee', 'ee-cdb', 'se2', 'se2-cdb'],
    replicatingEditions: ['ee', 'ee-cdb'],
    majorParts: 1,
    maxReplicas: 5,
    maxDepth: 1,
    replicaBackups: true,
    replicaVersion: 'same',
    replicaModes: true,
    minReplicaVcpus: 2,
    iamAuthentication: false,
  },
  sqlserver: {
    title: 'SQL Server',
    kinds: ['instances'],
    editions: ['ee', 'se', 'web', 'ex'],
    replicatingEditions: ['ee'],
    majorParts: 1,
    // The user guide says 15, the API reference 5: above 5 it is a warning.
    maxReplicas: 15,
    disputedReplicas: 5,
    maxDepth: 1,
    replicaBackups: false,
    replicaVersion: 'same',
    replicaModes: false,
    minReplicaVcpus: 4,
    iamAuthentication: false,
  },
  db2: {
    title: 'Db2',
    kinds: ['instances'],
    editions: ['ae', 'se'],
    replicatingEditions: ['ae', 'se'],
    majorParts: 2,
    maxReplicas: 3,
    maxDepth: 1,
    replicaBackups: true,
    replicaVersion: 'same',
    replicaModes: true,
    iamAuthentication: false,
  },
  // Source: Amazon Aurora User Guide, "Replicating Amazon Aurora MySQL DB clusters across AWS Regions".
  'aurora-mysql': {
    ...OPEN_SOURCE,
    title: 'Aurora MySQL',
    kinds: ['cluster', 'global'],
    majorParts: 2,
    maxReplicas: 5,
    // Never tried live: that a replica cluster can have none.
    maxDepth: 1,
    replicaVersion: 'at least',
  },
  'aurora-postgresql': {
    ...OPEN_SOURCE,
    title: 'Aurora PostgreSQL',
    kinds: ['cluster', 'global'],
    majorParts: 1,
    // Clusters follow others in a global database only.
    maxReplicas: 0,
    maxDepth: 1,
    replicaVersion: 'same',
  },
};

/** The major version, for example `17` of PostgreSQL 17.6 and `8.4` of MySQL 8.4.7. */
export function engineMajor(name: EngineName, version: string): string {
  return majorOf(version, ENGINES[name].majorParts);
}

/** Whether IAM database authentication can be turned on; true as well when the version that decides it is unknown. */
export function canAuthenticateByIam(name: EngineName, version: string | undefined): boolean {
  const { iamAuthentication, iamAuthenticationFrom } = ENGINES[name];
  if (!iamAuthentication || iamAuthenticationFrom === undefined || version === undefined) return iamAuthentication;
  return isAtLeast(version, iamAuthenticationFrom);
}

/** Whether replicas can keep automatic backups; undefined when the version that decides it is unknown. */
export function replicasKeepBackups(name: EngineName, version: string | undefined): boolean | undefined {
  const { replicaBackups, replicaBackupsFrom } = ENGINES[name];
  if (!replicaBackups || replicaBackupsFrom === undefined) return replicaBackups;
  return version === undefined ? undefined : isAtLeast(version, replicaBackupsFrom);
}
