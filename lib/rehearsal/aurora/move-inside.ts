import { ApiRefusal } from '../api-refusal';
import type { Cluster } from './cluster';
import type { ClusterFleet } from './cluster-fleet';

/**
 * Another server of a cluster becomes its writer. Guessed: how long each part takes, and that all other servers start again, as
 * they do where readers do not outlive the writer.
 *
 * @throws ApiRefusal when RDS would not do it now
 */
export function failOverInside(fleet: ClusterFleet, { id, status, servers, writer }: Cluster, target: string): void {
  const isAble = servers.some((server) => server.id === target && server.status === 'available');
  if (status !== 'available' || !isAble || target === writer) {
    throw new ApiRefusal('InvalidDBClusterStateFault', `DBCluster ${id} cannot be failed over to ${target} now.`);
  }
  const { times, backend } = fleet;
  const others = servers.filter((server) => server.id !== target).map((server) => server.id);
  const change = (state: string): void =>
    others.forEach((server) => {
      fleet.changeServer(id, server, { status: state });
    });
  fleet.change(id, { status: 'failing-over' });
  fleet.begin(
    [
      {
        seconds: times.clusterFailover,
        work: () => backend.failOver(fleet.cluster(id), target),
        then: () => {
          fleet.change(id, { writer: target });
          change('rebooting');
        },
      },
      { seconds: times.clusterSettling, then: () => fleet.change(id, { status: 'available' }) },
      { seconds: times.reboot, work: () => backend.rejoin(fleet.cluster(id)), then: () => change('available') },
    ],
    () => fleet.change(id, { status: 'available' }),
  );
}

/**
 * What Aurora does by itself once it has noticed that a writer is dead: the server of the lowest tier becomes the writer. Of one
 * tier the largest does; here all are alike. Without any, the writer is made anew, which is not played.
 *
 * @returns who becomes the writer; undefined when nobody can, or when the writer moves already
 */
export function failOverByItself(fleet: ClusterFleet, cluster: Cluster): string | undefined {
  const ready = cluster.servers.filter(({ id, status }) => id !== cluster.writer && status === 'available');
  const [next] = ready.toSorted((a, b) => a.tier - b.tier);
  if (cluster.status !== 'available' || next === undefined) return undefined;
  failOverInside(fleet, cluster, next.id);
  return next.id;
}

/**
 * A cluster follows another by binary log no more, and takes writes. How long each part takes is guessed.
 *
 * @throws ApiRefusal when RDS would not do it now
 */
export function promote(fleet: ClusterFleet, { id, status, source, servers }: Cluster): void {
  const { times, backend } = fleet;
  const isAble = servers.some((server) => server.status === 'available');
  if (status !== 'available' || source === undefined || !isAble) {
    throw new ApiRefusal('InvalidDBClusterStateFault', `DBCluster ${id} cannot be promoted now.`);
  }
  fleet.change(id, { status: 'promoting' });
  fleet.begin(
    [
      {
        seconds: times.promotion,
        work: () => backend.promote(fleet.cluster(id)),
        then: () => fleet.change(id, { source: undefined }),
      },
      { seconds: times.clusterSettling, then: () => fleet.change(id, { status: 'available' }) },
    ],
    () => fleet.change(id, { status: 'available' }),
  );
}

/** A cluster leaves the global database, and takes writes: nothing fences the primary. */
export function detach(fleet: ClusterFleet, { id }: Cluster): void {
  const { times, backend } = fleet;
  fleet.change(id, { status: 'promoting' });
  fleet.begin(
    [
      {
        seconds: times.globalMove,
        work: () => backend.promote(fleet.cluster(id)),
        then: () => fleet.changeGlobal({ members: fleet.global?.members.filter((each) => each !== id) ?? [] }),
      },
      { seconds: times.globalSettling, then: () => fleet.change(id, { status: 'available' }) },
    ],
    () => fleet.change(id, { status: 'available' }),
  );
}
