import type { Instance } from './instance';

type Versioned = Pick<Instance, 'engine' | 'engineVersion'>;

/** Where PostgreSQL's replicas learned to keep backups and to have replicas: facts/aws.md §3.1. */
const POSTGRES_SINCE = [14, 1] as const;

function isOldPostgres({ engine, engineVersion }: Versioned): boolean {
  const [major = 0, minor = 0] = engineVersion.split('.').map(Number);
  const [sinceMajor, sinceMinor] = POSTGRES_SINCE;
  return engine === 'postgres' && (major < sinceMajor || (major === sinceMajor && minor < sinceMinor));
}

/** True if a replica of this engine may have automated backups. */
export const canBackUpReplica = (instance: Versioned): boolean =>
  !isOldPostgres(instance) && !instance.engine.startsWith('sqlserver');

/** True if a replica of this engine may have replicas of its own. */
export const canCascade = (instance: Versioned): boolean =>
  !isOldPostgres(instance) && !/^(oracle|sqlserver|db2|custom)/.test(instance.engine);

/** How many replicas a source may have. Sources disagree about SQL Server; this is the smaller number. */
export function maxReplicas({ engine }: Pick<Instance, 'engine'>): number {
  if (engine.startsWith('db2')) return 3;
  return /^(oracle|sqlserver)/.test(engine) ? 5 : 15;
}

/** How many levels of replicas there may be below a source. */
export const MAX_LEVELS = 3;

/** True if replicas in other Regions are promoted when their source is deleted; else they go `terminated`. */
export const promotesAbroad = ({ engine }: Pick<Instance, 'engine'>): boolean => engine !== 'postgres';

export const portOf = (engine: string): number => {
  if (engine === 'postgres') return 5432;
  if (engine.startsWith('oracle')) return 1521;
  if (engine.startsWith('sqlserver')) return 1433;
  return engine.startsWith('db2') ? 50_000 : 3306;
};
