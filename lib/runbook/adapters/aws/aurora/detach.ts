import type { MemberId, Seconds } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { named, placeById } from '../fleet/place';
import { madeOf, stuck, wait, type Progress } from '../fleet/stages';
import type { ClusterScene } from './cluster-scene';
import { globalName, isAvailable, isHeadless, memberOf } from './cluster-state';
import { readGlobal } from './move-global';

const DETACH_STEP = 'detach';
const SILENCE: Seconds = 180;

/** The last resort: the target leaves the global database, which makes it take writes. Nobody is silenced by that. */
export function detaching(scene: ClusterScene, target: MemberId): Procedure {
  return { next: async (attempts) => next(scene, target, { attempts, now: scene.clock.now() }) };
}

async function next(scene: ClusterScene, target: MemberId, progress: Progress): Promise<Step> {
  const { topology, rds } = scene;
  const place = placeById(topology, target);
  const [global, cluster] = await Promise.all([readGlobal(scene, [place.region]), rds.cluster(place)]);
  if (cluster === undefined) return stuck(`RDS has no cluster ${named(place)}; declare the identifier that it has`);
  if (isHeadless(cluster)) return stuck(`${named(place)} has no server any more: it is headless`);
  const { Status = 'in no status' } = cluster;
  const member = memberOf(global, place);
  if (member === undefined) {
    if (!isAvailable(cluster)) return wait(`${named(place)}, which is ${Status}, to be available`, progress);
    return { kind: 'done', proof: `${named(place)} is in no global database and is available, by RDS's own word` };
  }
  const made = madeOf(progress.attempts, DETACH_STEP);
  if (made !== undefined && progress.now - made.at < SILENCE) return wait(`${named(place)} to be detached`, progress);
  if (!isAvailable(cluster)) return wait(`${named(place)}, which is ${Status}, to be available`, progress);
  const identifier = globalName(topology);
  return {
    kind: 'do',
    id: DETACH_STEP,
    title: `detach ${named(place)} from the global database ${identifier}, which promotes it and cannot be taken back`,
    call: () => rds.detach({ identifier, region: place.region }, member.DBClusterArn ?? ''),
  };
}
