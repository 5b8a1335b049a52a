import { ApiRefusal } from '../api-refusal';
import type { Cluster, GlobalDatabase } from './cluster';
import type { ClusterFleet } from './cluster-fleet';
import type { CourseStep } from './course';

/*
 * What Aurora does with a global database, as its user guide describes it. Which step comes when, and how long each takes, is
 * guessed: nobody tried it live (facts: the events 0390, 0391 and 0397, and the snapshot before the old primary is made anew).
 */

/** How long Aurora waits until it looks again whether a Region answers. Guessed. */
const LOOK_AGAIN = 15;

interface Ends {
  readonly old: Cluster;
  readonly target: Cluster;
}

/** @throws ApiRefusal when Aurora would not do it now */
export function endsOf(fleet: ClusterFleet, region: string, targetName: string): Ends {
  const target = fleet.named(region, targetName);
  const { global } = fleet;
  if (global?.members.includes(target.id) !== true) {
    throw new ApiRefusal('DBClusterNotFoundFault', `DBCluster ${targetName} not found.`, 404);
  }
  const old = fleet.cluster(global.writer);
  const isAble = target.servers.some(({ status }) => status === 'available') && target.sync === 'connected';
  if (!isAble || global.move !== undefined || target.id === old.id) throw invalid(global);
  return { old, target };
}

export const invalid = ({ id }: GlobalDatabase): ApiRefusal =>
  new ApiRefusal('InvalidGlobalClusterStateFault', `The global cluster ${id} is in an invalid state for this action.`);

/** Planned: the writes are stopped, the target gets all there is, and both change places. */
export function switchOver(fleet: ClusterFleet, { old, target }: Ends): void {
  const { times, backend } = fleet;
  fleet.changeGlobal({}, { status: 'switching-over', from: old.id, to: target.id });
  fleet.begin(
    [
      {
        seconds: times.fencing,
        work: () => backend.fence(old),
        then: () => fleet.tell(old.region, fenceText(old, 'succeeded')),
      },
      {
        seconds: times.globalMove,
        work: () => backend.handOver(old, target),
        then: () => moved(fleet, { old, target }),
      },
      ...afterwards(fleet, target),
    ],
    () => abandoned(fleet, target),
  );
}

/** Unplanned: Aurora tries to stop the writes, and promotes also when it cannot. */
export function failOver(fleet: ClusterFleet, { old, target }: Ends): void {
  const { times, backend } = fleet;
  fleet.changeGlobal({}, { status: 'failing-over', from: old.id, to: target.id });
  const isReached = backend.canReach(target.region, old.region);
  const isFenced = isReached && fleet.drawFence();
  fleet.begin(
    [
      {
        seconds: times.fencing,
        ...(isFenced && { work: () => backend.fence(old) }),
        // Where the old primary is, or where the new one is when that cannot be reached.
        then: () => fleet.tell((isReached ? old : target).region, fenceText(old, isFenced ? 'succeeded' : 'timed out')),
      },
      {
        seconds: times.globalMove,
        work: () => backend.promote(target),
        then: () => moved(fleet, { old, target }),
      },
      ...afterwards(fleet, target),
    ],
    () => abandoned(fleet, target),
  );
}

const fenceText = ({ id, region }: Cluster, verdict: 'succeeded' | 'timed out'): string =>
  `Attempt to block writes for DB cluster ${id} in Region ${region} ${verdict}.`;

/** The target is the writer. All others follow it as soon as they can. */
function moved(fleet: ClusterFleet, { old, target }: Ends): void {
  const { global } = fleet;
  const isPlanned = global?.move?.status === 'switching-over';
  fleet.changeGlobal({ writer: target.id }, global?.move);
  for (const id of global?.members ?? []) {
    const member = fleet.cluster(id);
    if (id === target.id || (member.servers.length === 0 && id !== old.id)) continue;
    // What was switched over has all there is; only its servers start again.
    if (!isPlanned) fleet.change(id, { sync: 'pending-resync' });
    follow(fleet, member, { snapshot: !isPlanned && id === old.id, seconds: isPlanned ? 0 : fleet.times.resync });
  }
}

interface Following {
  /** Whether Aurora keeps what the cluster has before it is overwritten. */
  readonly snapshot: boolean;
  readonly seconds: number;
}

/** A cluster is made anew from the primary, as soon as the two reach each other. */
function follow(fleet: ClusterFleet, { id, region }: Cluster, { snapshot, seconds }: Following): void {
  const { backend, times } = fleet;
  const primary = (): Cluster => fleet.cluster(fleet.global?.writer ?? id);
  const again = (): void => follow(fleet, fleet.cluster(id), { snapshot, seconds });
  if (!backend.canReach(primary().region, region)) {
    fleet.begin([{ seconds: LOOK_AGAIN, then: again }]);
    return;
  }
  const keep = (): void =>
    fleet.keep({ id: `rds:unplanned-global-failover-${id}-${fleet.snapshots.length + 1}`, region, cluster: id });
  fleet.begin(
    [
      // A secondary takes no writes: whatever Aurora could not stop before ends here.
      {
        seconds: snapshot ? times.lossSnapshot : 0,
        work: () => backend.fence(fleet.cluster(id)),
        ...(snapshot && { then: keep }),
      },
      {
        seconds,
        work: () => backend.remake(fleet.cluster(id), primary()),
        then: () => fleet.change(id, { sync: 'connected' }),
      },
    ],
    // Its Region, or the primary, went away meanwhile.
    () => fleet.begin([{ seconds: LOOK_AGAIN, then: again }]),
  );
}

function afterwards(fleet: ClusterFleet, target: Cluster): readonly CourseStep[] {
  const { times } = fleet;
  return [
    { seconds: times.globalSettling, then: () => fleet.changeGlobal({}) },
    {
      seconds: times.endpointMove,
      then: () => {
        fleet.changeGlobal({ leadsTo: target.id });
        const sentence = 'Aurora finished changing the DNS name that the global writer endpoint resolves to.';
        fleet.tell(target.region, sentence);
      },
    },
  ];
}

/** It came to nothing: the old primary is the writer still, and its fence, if there was one, is not taken back by Aurora. */
function abandoned(fleet: ClusterFleet, target: Cluster): void {
  fleet.changeGlobal({});
  fleet.tell(target.region, `Global failover to DB cluster ${target.id} in Region ${target.region} failed.`);
}
