import type { MemberId, Seconds } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { named, placeById } from '../fleet/place';
import { madeOf, stuck, wait, type Progress } from '../fleet/stages';
import type { ClusterScene } from './cluster-scene';
import { isAvailable, isHeadless } from './cluster-state';

const PROMOTE = 'promote';
const SILENCE: Seconds = 180;

/** Of a cluster that follows another by binary log: one call, and then waiting until it follows nobody. */
export function promotingCluster(scene: ClusterScene, target: MemberId): Procedure {
  return { next: async (attempts) => next(scene, target, { attempts, now: scene.clock.now() }) };
}

async function next({ topology, rds }: ClusterScene, target: MemberId, progress: Progress): Promise<Step> {
  const place = placeById(topology, target);
  const cluster = await rds.cluster(place);
  if (cluster === undefined) return stuck(`RDS has no cluster ${named(place)}; declare the identifier that it has`);
  if (isHeadless(cluster)) return stuck(`${named(place)} has no server any more: it is headless`);
  const { Status = 'in no status' } = cluster;
  if (!cluster.ReplicationSourceIdentifier) {
    if (!isAvailable(cluster)) return wait(`${named(place)}, which is ${Status}, to be available`, progress);
    return { kind: 'done', proof: `${named(place)} follows nobody and is available, by RDS's own word` };
  }
  const made = madeOf(progress.attempts, PROMOTE);
  if (made !== undefined && (progress.now - made.at < SILENCE || !isAvailable(cluster))) {
    return wait(`the promotion of ${named(place)} (${Status})`, progress);
  }
  if (!isAvailable(cluster)) return wait(`${named(place)}, which is ${Status}, to be available`, progress);
  return {
    kind: 'do',
    id: PROMOTE,
    title: `promote ${named(place)}, which cannot be taken back`,
    call: () => rds.promote(place),
  };
}
