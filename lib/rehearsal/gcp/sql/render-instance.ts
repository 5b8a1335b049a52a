import type { FakeInstance } from './fake-instance';
import type { SqlInstances } from './sql-instances';

/** An instance as the Admin API writes it. */
export function renderInstance(fleet: SqlInstances, instance: FakeInstance): unknown {
  const { drReplica, ...told } = instance;
  const source = fleet.sourceOf(instance);
  const isDrReplica = source !== undefined && fleet.find(source)?.drReplica === instance.name;
  const isPaired = drReplica !== undefined || isDrReplica;
  return {
    kind: 'sql#instance',
    project: fleet.project,
    ...told,
    replicaNames: fleet.followersOf(instance.name),
    ...(isPaired
      ? {
          replicationCluster: {
            psaWriteEndpoint: `writer.${fleet.project}.sql-psa.goog.`,
            ...(isDrReplica ? { drReplica: true } : { failoverDrReplicaName: `${fleet.project}:${drReplica ?? ''}` }),
          },
        }
      : {}),
  };
}
