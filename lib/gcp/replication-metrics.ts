import * as pulumi from '@pulumi/pulumi';
import type { DatabaseInstance } from '@pulumi/gcp/sql';

const PREFIX = 'cloudsql.googleapis.com/database';

/**
 * Cloud Monitoring's metrics about the replication of Cloud SQL, sampled every 60 s and visible up to 165 s later. A closed list:
 * names that are merely plausible are accepted by the API, and never have any data.
 *
 * Source: the reference of Google Cloud metrics, `cloudsql`.
 */
export const METRICS = {
  /** Seconds; below 0: replication is inactive. */
  lag: `${PREFIX}/replication/replica_lag`,
  /** Seconds from the primary's log to the replica's. */
  networkLag: `${PREFIX}/replication/network_lag`,
  /** One series for each of Running, Stopped, Error, of which one is true. In beta. */
  state: `${PREFIX}/replication/state`,
  /** PostgreSQL, reported by the source: bytes of log that a replica has not got or not applied yet, by `replica_lag_type`. */
  logBytes: `${PREFIX}/postgresql/replication/replica_byte_lag`,
  /** MySQL and SQL Server. */
  connections: `${PREFIX}/network/connections`,
  /** PostgreSQL, by database. */
  backends: `${PREFIX}/postgresql/num_backends`,
  cpu: `${PREFIX}/cpu/utilization`,
  disk: `${PREFIX}/disk/utilization`,
} as const;

/** How Cloud Monitoring names an instance: `project:instance`. */
export function databaseId({ project, name }: DatabaseInstance): pulumi.Output<string> {
  return pulumi.interpolate`${project}:${name}`;
}

/** Which instances a series may be of. */
export interface Scope {
  readonly ids: pulumi.Input<readonly pulumi.Input<string>[]>;
  /** The instance and whatever begins with its name: nodes of a read pool. Assumed, never seen: how a node is named. */
  readonly withNodes?: boolean;
}

/** A filter of Cloud Monitoring for one metric of some instances. */
export function filter(metric: string, { ids, withNodes = false }: Scope, more = ''): pulumi.Output<string> {
  return pulumi.output(ids).apply((known) => {
    const list = known.map((id) => JSON.stringify(id)).join(', ');
    const which = withNodes ? `starts_with(${list})` : known.length === 1 ? list : `one_of(${list})`;
    const parts = ['resource.type = "cloudsql_database"', `resource.labels.database_id = ${which}`];
    return [...parts, `metric.type = "${metric}"`, ...(more === '' ? [] : [more])].join(' AND ');
  });
}
