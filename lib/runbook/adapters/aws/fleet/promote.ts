import type { DBInstance } from '@aws-sdk/client-rds';
import type { MemberId, Seconds } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { retentionFor } from './declared-settings';
import { hindrance, isUsable, replicationOf, sourceOf } from './instance-state';
import { named, placeById } from './place';
import type { Scene } from './scene';
import { madeOf, stuck, wait, type Progress } from './stages';

const PROMOTE = 'promote';

/**
 * How long a promotion that was taken may look as if nothing was asked. Then the call counts as not taken, and is offered
 * again; whether it is made is the execution's to say. The number is a guess: facts/promotion.md §0, finding 7.
 */
const SILENCE: Seconds = 180;

/** One call, and then waiting: `available` says nothing (facts/promotion.md §0, finding 7). */
export function promoting(scene: Scene, target: MemberId): Procedure {
  return { next: async (attempts) => next(scene, target, { attempts, now: scene.clock.now() }) };
}

async function next({ topology, rds, clock }: Scene, target: MemberId, progress: Progress): Promise<Step> {
  const place = placeById(topology, target);
  const instance = await rds.describe(place);
  if (instance === undefined) return stuck(`RDS has no ${named(place)}; declare the identifier that it has`);
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(problem);
  if (sourceOf(instance) === undefined) {
    if (instance.DBInstanceStatus !== 'available') return wait(`${named(place)} to be available`, progress);
    return { kind: 'done', proof: `${named(place)} follows nobody and is available, by RDS's own word` };
  }
  const made = madeOf(progress.attempts, PROMOTE);
  if (made !== undefined && !showsNoEffect(instance, clock.now() - made.at)) {
    return wait(`the promotion of ${named(place)} (${instance.DBInstanceStatus ?? ''})`, progress);
  }
  if (!isUsable(instance)) {
    const { DBInstanceStatus: status = 'in no status' } = instance;
    return wait(`${named(place)}, which is ${status}, to be available: RDS refuses to promote it before`, progress);
  }
  const retention = retentionFor(topology, place.member);
  return {
    kind: 'do',
    id: PROMOTE,
    title: `promote ${named(place)}, which cannot be taken back`,
    call: () => rds.promote(place, retention),
  };
}

/** It stands as if nothing had been asked of it, and has for long. */
function showsNoEffect(instance: DBInstance, since: Seconds): boolean {
  return since >= SILENCE && isUsable(instance) && replicationOf(instance) !== 'unknown';
}
