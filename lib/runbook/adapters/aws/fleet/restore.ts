import type { DBInstance } from '@aws-sdk/client-rds';
import type { MemberId } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { retentionFor, wantsStandby } from './declared-settings';
import { hindrance, isUsable } from './instance-state';
import { named, placeById, type MemberPlace } from './place';
import type { Scene } from './scene';
import { firstUnmet, madeOf, stuck, wait, type Progress, type Stage } from './stages';

const RESTORE = 'restore';

/** What the new primary is to have. */
interface Wanted {
  readonly retention: number;
  readonly isProtected: boolean;
  readonly hasStandby: boolean;
}

interface Restoration {
  readonly place: MemberPlace;
  readonly instance: DBInstance;
  readonly wanted: Wanted;
  readonly progress: Progress;
}

/** Backups, deletion protection and a standby. The standby is asked for, not waited for: it takes ten minutes and more. */
export function restoring(scene: Scene, target: MemberId): Procedure {
  return { next: async (attempts) => next(scene, target, { attempts, now: scene.clock.now() }) };
}

async function next(scene: Scene, target: MemberId, progress: Progress): Promise<Step> {
  const { topology, rds } = scene;
  const place = placeById(topology, target);
  const instance = await rds.describe(place);
  if (instance === undefined) return stuck(`RDS has no ${named(place)}; declare the identifier that it has`);
  const wanted: Wanted = {
    retention: retentionFor(topology, place.member),
    isProtected: topology.aws.deletionProtection,
    hasStandby: wantsStandby(topology, place.member),
  };
  const step = firstUnmet(stages(scene, { place, instance, wanted, progress }), progress);
  if (step === undefined) return { kind: 'done', proof: proofOf(place, instance, wanted) };
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(problem);
  return step.kind === 'do' && !isUsable(instance) ? wait(`${named(place)} to be available`, progress) : step;
}

/** One call as a rule: a promotion brings the backups with it. Where they are missing, they come first: the standby takes long. */
function stages({ rds }: Scene, { place, instance, wanted, progress }: Restoration): readonly Stage[] {
  const { BackupRetentionPeriod = 0, DeletionProtection } = instance;
  const isUnprotected = wanted.isProtected && DeletionProtection !== true;
  const lacksStandby = wanted.hasStandby && !hasStandby(instance, progress);
  const names = [...(isUnprotected ? ['deletion protection'] : []), ...(lacksStandby ? ['a standby'] : [])];
  return [
    {
      id: 'restore-backups',
      title: `keep backups of ${named(place)} for ${wanted.retention} days`,
      isMet: BackupRetentionPeriod >= wanted.retention,
      call: () => rds.modify(place, { BackupRetentionPeriod: wanted.retention }),
    },
    {
      id: RESTORE,
      title: `give ${named(place)} ${names.join(' and ')}`,
      isMet: !isUnprotected && !lacksStandby,
      call: () =>
        rds.modify(place, {
          ...(isUnprotected ? { DeletionProtection: true } : {}),
          ...(lacksStandby ? { MultiAZ: true } : {}),
        }),
    },
  ];
}

/** There, promised, or taken by RDS. While RDS makes it, nothing in its answer may say so: never tried live. */
function hasStandby({ MultiAZ, PendingModifiedValues }: DBInstance, { attempts }: Progress): boolean {
  return MultiAZ === true || PendingModifiedValues?.MultiAZ === true || madeOf(attempts, RESTORE)?.outcome === 'done';
}

function proofOf(place: MemberPlace, { BackupRetentionPeriod = 0, MultiAZ }: DBInstance, wanted: Wanted): string {
  const parts = [
    `keeps backups for ${BackupRetentionPeriod} days`,
    ...(wanted.isProtected ? ['is protected from deletion'] : []),
    ...(wanted.hasStandby ? [MultiAZ === true ? 'has a standby' : 'is being given a standby'] : []),
  ];
  return `${named(place)} ${parts.join(', ')}`;
}
