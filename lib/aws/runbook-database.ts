import type { IClusterDatabase } from './aurora/cluster-database';
import type { ReplicatedInstance } from './replicated-instance';

/** What a runbook promotes in: instances, or clusters. */
export type RunbookDatabase = ReplicatedInstance | IClusterDatabase;

/** Whether its members are clusters. */
export function hasClusters(database: RunbookDatabase): database is IClusterDatabase {
  return database.topology.kind !== 'instances';
}
