/**
 * How a database is built, which says what its members are.
 *
 * `instances`: members are DB instances; replicas follow by the engine's own replication.
 * `cluster`: members are Aurora clusters; one alone, or Aurora MySQL clusters that follow another by binary log.
 * `global`: members are the regional clusters of an Aurora Global Database; all follow the primary by their storage.
 * `multi-az-cluster`: the one member is a Multi-AZ DB cluster of Amazon RDS: one writer and two readers.
 */
export const TOPOLOGY_KINDS = ['instances', 'cluster', 'global', 'multi-az-cluster'] as const;
export type TopologyKind = (typeof TOPOLOGY_KINDS)[number];

/** Whether the members are Aurora clusters. */
export function isAurora(kind: TopologyKind): boolean {
  return kind === 'cluster' || kind === 'global';
}
