import type { DBInstance } from '@aws-sdk/client-rds';
import type { MemberId } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { tagOf, THAWED_GROUP_TAG } from './fleet-tags';
import { freezeGroupOf } from './freeze';
import { hindrance, isUsable, parameterGroupOf } from './instance-state';
import { named, placeById, type Place } from './place';
import { RestartWatch } from './rebooted';
import { regroupStages } from './regroup';
import type { Scene } from './scene';
import { firstUnmet, stuck, wait, type Progress } from './stages';

/** Takes a freeze back, however far it came, in this process or another: the tag on the instance says so. */
export function unfreezing(scene: Scene, member: MemberId): Procedure {
  const restarts = new RestartWatch();
  return {
    next: async (attempts) => {
      const now = scene.clock.now();
      const place = placeById(scene.topology, member);
      const instance = await scene.rds.describe(place);
      if (instance === undefined) return stuck(`RDS has no ${named(place)}; there is nothing to unfreeze`);
      return thaw(scene, place, instance, { attempts, now, restarts });
    },
  };
}

/** What comes next on the way to the parameter group of before. */
export function thaw({ rds }: Scene, place: Place, instance: DBInstance, progress: Progress): Step {
  progress.restarts?.note(instance, progress.now);
  const { name: current } = parameterGroupOf(instance);
  const before = tagOf(instance, THAWED_GROUP_TAG);
  const frozen = freezeGroupOf(place);
  if (before === undefined && current !== frozen) {
    return { kind: 'done', proof: `${named(place)} has its parameter group ${current}, and no freeze is noted on it` };
  }
  if (before === undefined) {
    return stuck(
      `${named(place)} has parameter group ${frozen}, and nothing says which it had before; give it that one by hand, and reboot it`,
    );
  }
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(problem);
  if (!isUsable(instance)) return wait(`${named(place)} to be available`, progress);
  const step = firstUnmet(regroupStages({ rds, place, instance, progress, group: before }), progress);
  if (step !== undefined) return step;
  // Last: until then, whoever takes this up again knows what to do. With it gone, the next look is the first case above.
  const untag = {
    id: 'forget-group',
    title: `take the tag ${THAWED_GROUP_TAG} off ${named(place)}`,
    isMet: false,
    call: () => rds.untag(place, instance, [THAWED_GROUP_TAG]),
  };
  return firstUnmet([untag], progress) ?? stuck(`the tag ${THAWED_GROUP_TAG} stays on ${named(place)}`);
}
