import type { MemberId, Seconds } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { named, placeById } from '../fleet/place';
import { madeOf, stuck, wait, type Progress } from '../fleet/stages';
import type { ClusterScene } from './cluster-scene';
import { isAvailable } from './cluster-state';
import { enclosingPlace } from './enclosing-place';

const FAIL_OVER = 'fail-over';

/** How long a call that was taken may look as if nothing was asked. Guessed, never tried live. */
const SILENCE: Seconds = 120;

/** One call, and then waiting until the target is the writer. */
export function failingOverInside(scene: ClusterScene, target: MemberId): Procedure {
  return { next: async (attempts) => next(scene, target, { attempts, now: scene.clock.now() }) };
}

async function next({ topology, rds }: ClusterScene, target: MemberId, progress: Progress): Promise<Step> {
  const place = enclosingPlace(topology);
  const [server, old] = [placeById(topology, target), placeById(topology, topology.primary)];
  const cluster = await rds.cluster(place);
  if (cluster === undefined) return stuck(`RDS has no cluster ${named(place)} any more`);
  const { DBClusterMembers: members = [], Status = 'in no status' } = cluster;
  const writer = members.find(({ IsClusterWriter }) => IsClusterWriter === true)?.DBInstanceIdentifier;
  if (writer === server.identifier) {
    if (!isAvailable(cluster)) return wait(`${named(place)}, which is ${Status}, to be available`, progress);
    return { kind: 'done', proof: `${writer} is the writer of ${named(place)}, by RDS's own word` };
  }
  if (!members.some(({ DBInstanceIdentifier }) => DBInstanceIdentifier === server.identifier)) {
    return stuck(`${named(place)} has no server ${server.identifier} any more`);
  }
  if (writer !== undefined && writer !== old.identifier) {
    return stuck(`${writer} has become the writer of ${named(place)}: Aurora chose it, or somebody else; plan anew`);
  }
  const made = madeOf(progress.attempts, FAIL_OVER);
  if (made !== undefined && (progress.now - made.at < SILENCE || !isAvailable(cluster) || writer === undefined)) {
    return wait(`${server.identifier} to be the writer (${Status})`, progress);
  }
  if (!isAvailable(cluster)) return wait(`${named(place)}, which is ${Status}, to be available`, progress);
  return {
    kind: 'do',
    id: FAIL_OVER,
    title: `fail over ${named(place)} to ${server.identifier}`,
    call: () => rds.failOverInside(place, server.identifier),
  };
}
