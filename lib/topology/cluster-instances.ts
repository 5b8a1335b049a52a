import type { MemberInput } from './schema';
import type { ClusterInstance, InstanceId } from './topology';

/** The tier that Amazon RDS gives an instance of which nothing is said. */
export const USUAL_TIER = 1;

/** What the instances of a cluster take from it. */
export interface ClusterDefaults {
  readonly size?: string;
  /** Of the cluster. */
  readonly identifier?: string;
}

/** The instances that were meant: those of an Aurora cluster, completed from it. */
export function clusterInstances(
  written: NonNullable<MemberInput['instances']>,
  cluster: ClusterDefaults,
): readonly ClusterInstance[] {
  return Object.entries(written).map(([id, { size, tier, identifier }]) => ({
    id,
    size: size ?? cluster.size,
    tier: tier ?? USUAL_TIER,
    identifier: identifier ?? instanceIdentifier(cluster.identifier, id),
  }));
}

/** The DB instance identifier that an instance has where nothing is said. */
export function instanceIdentifier(cluster: string | undefined, id: InstanceId): string | undefined {
  return cluster === undefined ? undefined : `${cluster}-${id}`;
}
