import type { DBClusterSnapshot, GlobalCluster } from '@aws-sdk/client-rds';
import type { MemberId, Seconds } from '../../../../topology';
import type { Instant } from '../../../decision';
import type { Procedure, Promotion, Step } from '../../../execution/ports';
import { isAwsCallError } from '../aws-call-error';
import { named, placeById, type Place } from '../fleet/place';
import { firstUnmet, stuck, type Progress } from '../fleet/stages';
import { eventsSince, isRepointed } from './cluster-events';
import type { ClusterScene } from './cluster-scene';
import { isArnOf, memberOf } from './cluster-state';
import { readGlobal } from './move-global';

/** So Aurora names what it makes of the old primary before it overwrites it. */
const LOST_WRITES = /^rds:(unplanned-global-failover-.+)$/;

/** How long Aurora may take to say that the global writer endpoint leads to the new primary. It may never say it. */
const REPOINTING: Seconds = 900;

/** How long the snapshot of the old primary may not be there yet, once its Region answers. */
const SNAPSHOT: Seconds = 1800;

/**
 * Done when the global writer endpoint leads to the new primary, what it lacks is kept, and another cluster follows it. Aurora
 * makes the others anew by itself; that takes minutes to hours.
 */
export function rebuildingGlobal(scene: ClusterScene, target: MemberId, how: Promotion): Procedure {
  return { next: async (attempts) => next(scene, { target, how }, { attempts, now: scene.clock.now() }) };
}

/** What Aurora does by itself takes minutes to hours: it is not asked more often than it can tell something new. */
const patiently = (title: string, seconds: Seconds): Step => ({ kind: 'wait', title, seconds });

interface Wish {
  readonly target: MemberId;
  readonly how: Promotion;
}

async function next(scene: ClusterScene, { target, how }: Wish, progress: Progress): Promise<Step> {
  const { topology } = scene;
  const [place, old] = [placeById(topology, target), placeById(topology, topology.primary)];
  const calledAt = how.calledAt ?? progress.now;
  const global = await readGlobal(scene, [place.region]);
  const isTold = await repointed(scene, global, { place, old, calledAt });
  if (!isTold && progress.now - calledAt < REPOINTING) {
    return patiently(`the global writer endpoint to lead to ${named(place)} (RDS-EVENT-0397)`, 5);
  }
  const kept = await keeping(scene, { old, calledAt, progress, isExpected: how.kind === 'failover' });
  if (kept.step !== undefined) return kept.step;
  const followers = (global.GlobalClusterMembers ?? []).filter(({ DBClusterArn }) => !isArnOf(DBClusterArn, place));
  const follower = followers.find(({ SynchronizationStatus }) => SynchronizationStatus === 'connected');
  if (follower === undefined && followers.length > 0 && kept.problem === undefined) {
    const state = memberOf(global, old)?.SynchronizationStatus ?? 'not yet connected';
    return patiently(`another cluster to follow ${named(place)} (${old.identifier} is ${state})`, 30);
  }
  const problems = [
    ...(isTold
      ? []
      : [`Aurora did not say that the global writer endpoint leads to ${named(place)}; look where it leads`]),
    ...(kept.problem === undefined ? [] : [kept.problem]),
    ...(follower === undefined ? [`no cluster follows ${named(place)} yet`] : []),
  ];
  if (problems.length > 0) return stuck([...problems, ...(kept.kept ?? [])].join('; '));
  const proof = `${follower?.DBClusterArn ?? ''} follows ${named(place)}`;
  return { kind: 'done', proof, ...(kept.kept === undefined ? {} : { kept: kept.kept.join('; ') }) };
}

interface Since {
  readonly place: Place;
  readonly old: Place;
  readonly calledAt: Instant;
}

/** A global database that has no endpoint of its own tells nothing of it. */
async function repointed({ rds }: ClusterScene, global: GlobalCluster, since: Since): Promise<boolean> {
  if (!global.Endpoint) return true;
  const { place, old, calledAt } = since;
  return isRepointed(await eventsSince(rds, [place.region, old.region], calledAt));
}

interface Kept {
  readonly step?: Step;
  readonly problem?: string;
  readonly kept?: readonly string[];
}

interface Keeping {
  readonly old: Place;
  readonly calledAt: Instant;
  readonly progress: Progress;
  /** Unplanned, Aurora makes one. Planned, only when it could not fence: what is not there is not missed then. */
  readonly isExpected: boolean;
}

/** The snapshot with the writes that the target never got: Aurora's own expires, so it is copied. */
async function keeping({ rds }: ClusterScene, { old, calledAt, progress, isExpected }: Keeping): Promise<Kept> {
  let snapshots: readonly DBClusterSnapshot[];
  try {
    snapshots = await rds.snapshots(old);
  } catch (error) {
    if (!isAwsCallError(error)) throw error;
    if (!isExpected) return {};
    // A Region that is lost: nobody waits for it, whoever reads the report does.
    const look = `aws rds describe-db-cluster-snapshots --region ${old.region} --db-cluster-identifier ${old.identifier}`;
    return {
      problem: `what only ${named(old)} has could not be looked for (${error.message}); when its Region answers, find the snapshot rds:unplanned-global-failover-${old.identifier}-... by ${look} and copy it before it expires`,
    };
  }
  const found = snapshots.find((each) => isOf(each, calledAt));
  if (found === undefined && !isExpected) return {};
  if (found === undefined) {
    if (progress.now - calledAt < SNAPSHOT) {
      return { step: patiently(`Aurora's snapshot of ${named(old)}, with what was lost`, 30) };
    }
    return { problem: `Aurora has made no snapshot of ${named(old)}: what only it had, if anything, is gone` };
  }
  const { DBClusterSnapshotIdentifier: from = '' } = found;
  const copy = LOST_WRITES.exec(from)?.[1] ?? '';
  const step = firstUnmet(
    [
      {
        id: 'keep-snapshot',
        title: `copy the snapshot ${from} in ${old.region} to ${copy}, so that it does not expire`,
        isMet: snapshots.some(({ DBClusterSnapshotIdentifier: id }) => id === copy),
        call: () => rds.copySnapshot(old, from, copy),
      },
    ],
    progress,
  );
  if (step?.kind === 'do' && found.Status !== 'available') return { step: patiently(`the snapshot ${from}`, 30) };
  if (step !== undefined) return { step };
  return {
    kept: [
      `what ${named(old)} had and the new primary lacks, if anything, is in the snapshot ${copy} in ${old.region}, which does not expire`,
    ],
  };
}

/** Never tried live: that the time of a snapshot is that of its making, so one that is older belongs to another failover. */
function isOf(
  { DBClusterSnapshotIdentifier: id = '', SnapshotCreateTime: at }: DBClusterSnapshot,
  calledAt: Instant,
): boolean {
  return LOST_WRITES.test(id) && (at === undefined || at.getTime() / 1000 >= calledAt - 60);
}
