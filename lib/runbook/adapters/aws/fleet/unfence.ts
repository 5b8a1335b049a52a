import type { DBInstance } from '@aws-sdk/client-rds';
import type { MemberId } from '../../../../topology';
import { QUARANTINE_TAG } from '../../../contract';
import type { Procedure, Step } from '../../../execution/ports';
import { tagOf, UNFENCED_GROUPS_TAG } from './fleet-tags';
import { hindrance, isUsable, securityGroupsOf } from './instance-state';
import { named, placeById, type Place } from './place';
import type { Scene } from './scene';
import { firstUnmet, stuck, wait, type Progress, type Stage } from './stages';
import { thaw } from './unfreeze';

/** Gives a member back its security groups, and its parameter group if it was frozen. */
export function unfencing(scene: Scene, member: MemberId): Procedure {
  return {
    next: async (attempts) => {
      const place = placeById(scene.topology, member);
      const instance = await scene.rds.describe(place);
      if (instance === undefined) return stuck(`RDS has no ${named(place)}; there is nothing to unfence`);
      return next(scene, place, instance, { attempts, now: scene.clock.now() });
    },
  };
}

function next(scene: Scene, place: Place, instance: DBInstance, progress: Progress): Step {
  const noted = tagOf(instance, UNFENCED_GROUPS_TAG)?.split(' ').filter(Boolean);
  const { ids } = securityGroupsOf(instance);
  if (noted === undefined && ids.join(' ') === tagOf(instance, QUARANTINE_TAG)) {
    return stuck(
      `${named(place)} is in quarantine (${ids.join(' ')}), and nothing says which security groups it had before; give it those by hand`,
    );
  }
  if (noted !== undefined) {
    const problem = hindrance(instance);
    if (problem !== undefined) return stuck(problem);
    if (!isUsable(instance)) return wait(`${named(place)} to be available`, progress);
    const step = firstUnmet(stages(scene, place, instance, noted), progress);
    if (step !== undefined) return step;
  }
  const step = thaw(scene, place, instance, progress);
  return step.kind === 'done'
    ? { kind: 'done', proof: `${named(place)} has its security groups ${ids.join(' and ')}; ${step.proof}` }
    : step;
}

function stages({ rds }: Scene, place: Place, instance: DBInstance, noted: readonly string[]): readonly Stage[] {
  const { ids, isSettled } = securityGroupsOf(instance);
  return [
    {
      id: 'release',
      title: `give ${named(place)} back its security groups ${noted.join(' and ')}`,
      isMet: isSettled && ids.join(' ') === noted.toSorted().join(' '),
      call: () => rds.modify(place, { VpcSecurityGroupIds: [...noted] }),
    },
    {
      id: 'forget-security-groups',
      title: `take the tag ${UNFENCED_GROUPS_TAG} off ${named(place)}`,
      // With the tag gone, the next look does not come here.
      isMet: false,
      call: () => rds.untag(place, instance, [UNFENCED_GROUPS_TAG]),
    },
  ];
}
