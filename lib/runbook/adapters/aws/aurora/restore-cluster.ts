import type { MemberId } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { retentionFor } from '../fleet/declared-settings';
import { named, placeById } from '../fleet/place';
import { firstUnmet, stuck, wait, type Progress } from '../fleet/stages';
import type { ClusterScene } from './cluster-scene';
import { isAvailable } from './cluster-state';

/** Backups and deletion protection of the new primary: a secondary has settings of its own. */
export function restoringCluster(scene: ClusterScene, target: MemberId): Procedure {
  return { next: async (attempts) => next(scene, target, { attempts, now: scene.clock.now() }) };
}

async function next({ topology, rds }: ClusterScene, target: MemberId, progress: Progress): Promise<Step> {
  const place = placeById(topology, target);
  const cluster = await rds.cluster(place);
  if (cluster === undefined) return stuck(`RDS has no cluster ${named(place)}`);
  const retention = retentionFor(topology, place.member);
  const { BackupRetentionPeriod = 0, DeletionProtection = false } = cluster;
  const isUnprotected = topology.aws.deletionProtection && !DeletionProtection;
  const isShort = BackupRetentionPeriod < retention;
  const step = firstUnmet(
    [
      {
        id: 'restore',
        title: `keep backups of ${named(place)} for ${retention} days${isUnprotected ? ', and protect it from deletion' : ''}`,
        isMet: !isShort && !isUnprotected,
        call: () =>
          rds.modify(place, {
            ...(isShort ? { BackupRetentionPeriod: retention } : {}),
            ...(isUnprotected ? { DeletionProtection: true } : {}),
          }),
      },
    ],
    progress,
  );
  if (step === undefined) {
    const guarded = topology.aws.deletionProtection ? ', and is protected from deletion' : '';
    return { kind: 'done', proof: `${named(place)} keeps backups for ${BackupRetentionPeriod} days${guarded}` };
  }
  return step.kind === 'do' && !isAvailable(cluster) ? wait(`${named(place)} to be available`, progress) : step;
}
