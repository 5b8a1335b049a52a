import type { Topology } from '../../topology';
import { mariadbBinaries } from '../mariadb/mariadb-binaries';
import { MariadbBackend } from '../mariadb/mariadb-backend';
import { PostgresBackend } from '../postgres/postgres-backend';
import { postgresBinaries } from '../postgres/postgres-binaries';
import type { DatabaseBackend, DatabaseBackendOptions } from '../servers/database-backend';

/** On what a topology is rehearsed. */
export type RehearsalEngine = 'postgres' | 'mariadb';

/** MariaDB stands in for MySQL. What neither has anything in common with is rehearsed on PostgreSQL. */
export const usualEngine = ({ engine }: Topology): RehearsalEngine =>
  engine.name === 'mysql' || engine.name === 'mariadb' ? 'mariadb' : 'postgres';

/** What RDS says that runs, where the topology does not. */
export const USUAL_VERSION: Readonly<Record<RehearsalEngine, string>> = { postgres: '17.6', mariadb: '10.11.11' };

/**
 * The topology as it is rehearsed: it names the engine of the servers that there are, because by that the runbook knows what to
 * ask them. Versions of another engine say nothing here.
 */
export function playedOn(topology: Topology, engine: RehearsalEngine): Topology {
  if (topology.engine.name === engine) return topology;
  const members = topology.members.map(({ version: _, ...member }) => member);
  return { ...topology, engine: { name: engine, version: USUAL_VERSION[engine] }, members };
}

/**
 * Clusters as they are rehearsed, on PostgreSQL. Of Aurora MySQL that is who follows whom: the runbook asks Aurora by the same calls,
 * and servers by other statements.
 */
export function playedClusters(topology: Topology): Topology {
  if (topology.engine.name === 'aurora-postgresql') return topology;
  const members = topology.members.map(({ version: _, ...member }) => member);
  return { ...topology, engine: { name: 'aurora-postgresql' }, members };
}

/** Looks for the programs of its servers. @throws UnderstudyError `postgres-missing` or `mariadb-missing` */
export function checkServers(engine: RehearsalEngine): void {
  if (engine === 'mariadb') mariadbBinaries();
  else postgresBinaries();
}

/** @throws UnderstudyError `postgres-missing` or `mariadb-missing` */
export function startBackend(engine: RehearsalEngine, options: DatabaseBackendOptions): Promise<DatabaseBackend> {
  return engine === 'mariadb' ? MariadbBackend.start(options) : PostgresBackend.start(options);
}
