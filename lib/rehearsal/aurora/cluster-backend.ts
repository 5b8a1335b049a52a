import type { Cluster } from './cluster';

/** Where something is found by whoever asks the API. */
export interface Found {
  readonly address: string;
  readonly port: number;
}

/** Under which names a cluster is found. */
export interface ClusterNames {
  /** Leads to the server that takes writes; of a secondary, to nobody. */
  readonly writer: Found;
  /** Leads to a reader; where there is none, to the writer. */
  readonly reader: Found;
}

/**
 * What stands behind the clusters: the seam for real servers. A promise is waited for; undefined: it is done already.
 */
export interface ClusterBackend {
  namesOf(cluster: Cluster): ClusterNames;
  serverName(cluster: Cluster, server: string): Found;
  /** Whether a Region's control plane reaches another one. */
  canReach(from: string, to: string): boolean;
  /** Nobody writes on it any more, and who was about to is told nothing. */
  fence(cluster: Cluster): Promise<void> | undefined;
  /** Once it has all that the fenced one has, it takes writes. */
  handOver(from: Cluster, to: Cluster): Promise<void> | undefined;
  /** It takes writes, with what it has. */
  promote(cluster: Cluster): Promise<void> | undefined;
  /** It is made anew from another one, and follows it. */
  remake(cluster: Cluster, primary: Cluster): Promise<void> | undefined;
  /** Another server takes the writes of the volume; the one before takes none any more. */
  failOver(cluster: Cluster, server: string): Promise<void> | undefined;
  /** All other servers are at the volume of the new writer. */
  rejoin(cluster: Cluster): Promise<void> | undefined;
  /** A server is started on the volume of a cluster. */
  addServer(cluster: Cluster, server: string, primary: Cluster | undefined): Promise<void> | undefined;
}

const found = (address: string): Found => ({ address, port: 5432 });

/** Nothing stands behind the clusters: they are records only, under the names that RDS would give them. */
export const NO_CLUSTER_BACKEND: ClusterBackend = {
  namesOf: ({ id, region }) => ({
    writer: found(`${id}.cluster-abcdefghijkl.${region}.rds.amazonaws.com`),
    reader: found(`${id}.cluster-ro-abcdefghijkl.${region}.rds.amazonaws.com`),
  }),
  serverName: ({ region }, server) => found(`${server}.abcdefghijkl.${region}.rds.amazonaws.com`),
  canReach: () => true,
  fence: () => undefined,
  handOver: () => undefined,
  promote: () => undefined,
  remake: () => undefined,
  failOver: () => undefined,
  rejoin: () => undefined,
  addServer: () => undefined,
};
