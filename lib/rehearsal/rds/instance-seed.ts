import { UnderstudyError } from '../../topology';
import { formatArn } from './arn';
import { portOf } from './engine-abilities';
import type { Instance, Maintenance, Tag } from './instance';

/** An instance that is there from the start. What is left out is usual. */
export interface InstanceSeed {
  readonly region: string;
  readonly id: string;
  /** Id of its source: in its own Region or, if there is none of that name, in the only other that has one. */
  readonly replicaOf?: string;
  /** @default that of its source; 'postgres' */
  readonly engine?: string;
  /** @default that of its source; '16.4' */
  readonly engineVersion?: string;
  /** @default 'available' */
  readonly status?: string;
  /** Days. @default 7, and 0 for a replica */
  readonly backupRetention?: number;
  /** @default false */
  readonly multiAz?: boolean;
  /** @default false */
  readonly deletionProtection?: boolean;
  /** @default one, named after the Region */
  readonly securityGroups?: readonly string[];
  /** @default the engine's own */
  readonly parameterGroup?: string;
  /** @default none */
  readonly tags?: readonly Tag[];
  /** What waits for a maintenance window, or is about to happen. @default nothing */
  readonly maintenance?: readonly Maintenance[];
  /** Other settings of `DBInstance`, by their names there. @default none */
  readonly carried?: Readonly<Record<string, string>>;
}

/** The parameter group that an instance has when none is named. */
export const defaultParameterGroup = (engine: string, version: string): string =>
  `default.${familyOf(engine, version)}`;

/** The family of parameter groups that an engine takes. */
export function familyOf(engine: string, version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return engine === 'postgres' ? `postgres${major}` : `${engine}${major}.${minor}`;
}

interface Birth {
  readonly account: string;
  readonly now: number;
  /** How many instances there were before it, ever. */
  readonly ordinal: number;
}

/** A new instance on its own: whatever follows another is changed from this. */
export function newInstance(seed: InstanceSeed, { account, now, ordinal }: Birth): Instance {
  const { region, id, engine = 'postgres', engineVersion = '16.4' } = seed;
  return {
    arn: formatArn({ region, account, kind: 'db', id }),
    region,
    id,
    resourceId: `db-${String(ordinal).padStart(26, '0')}`,
    createdAt: now,
    status: seed.status ?? 'available',
    engine,
    engineVersion,
    instanceClass: 'db.m7g.large',
    allocatedStorage: 100,
    masterUsername: 'understudy',
    databaseName: undefined,
    endpoint: { address: `${id}.understudy.${region}.rds.amazonaws.com`, port: portOf(engine) },
    availabilityZone: `${region}a`,
    subnetGroup: 'default',
    backupRetention: seed.backupRetention ?? (seed.replicaOf === undefined ? 7 : 0),
    multiAz: seed.multiAz ?? false,
    deletionProtection: seed.deletionProtection ?? false,
    securityGroups: seed.securityGroups ?? [`sg-${region}`],
    securityGroupStatus: 'active',
    parameterGroup: seed.parameterGroup ?? defaultParameterGroup(engine, engineVersion),
    parameterStatus: 'in-sync',
    source: undefined,
    replication: undefined,
    pending: {},
    maintenance: seed.maintenance ?? [],
    tags: seed.tags ?? [],
    carried: seed.carried ?? {},
    procedure: undefined,
    timers: {},
  };
}

/** Whom a seed means by `replicaOf`. */
export function sourceOf(seed: InstanceSeed, known: readonly Instance[]): Instance | undefined {
  if (seed.replicaOf === undefined) return undefined;
  const named = known.filter(({ id }) => id === seed.replicaOf);
  const [found, second] = named.filter(({ region }) => region === seed.region).concat(named);
  if (found && (second === undefined || found.region === seed.region || named.length === 1)) return found;
  throw new UnderstudyError(
    'seed-refused',
    `${seed.id} in ${seed.region} follows ${seed.replicaOf}, which ${named.length === 0 ? 'is not there' : 'is in several other Regions'}; ` +
      'allowed is an instance that comes before it in the list; correct replicaOf, or the order',
  );
}
