import type { DBInstance } from '@aws-sdk/client-rds';
import type { MemberId, Seconds } from '../../../../topology';
import type { Procedure, Promotion, Step } from '../../../execution/ports';
import { isAwsCallError } from '../aws-call-error';
import { followersOf, type Follower } from './followers';
import { hindrance, isUsable } from './instance-state';
import { markStages, unmarked } from './keep-old-primary';
import { planReplica } from './new-replica';
import { named, placeById, type MemberPlace } from './place';
import type { Scene } from './scene';
import { firstUnmet, madeOf, SETTLING, stuck, wait, type Progress } from './stages';

export const CREATE = 'create-replica';

/** A replica takes a quarter of an hour and more: looking seldom costs nothing. */
const LONGEST_WAIT: Seconds = 15;

/** The old primary, as far as its Region tells. */
export type OldPrimary =
  | { readonly place: MemberPlace; readonly isAnswered: true; readonly instance: DBInstance | undefined }
  | { readonly place: MemberPlace; readonly isAnswered: false; readonly problem: string };

/** A replica of the new primary, and the old one kept. Only the second needs the Region of the old one. */
export function rebuilding(scene: Scene, target: MemberId, how: Promotion): Procedure {
  return {
    next: async (attempts) => next(scene, target, { attempts, now: scene.clock.now(), isFenced: how.isFenced }),
  };
}

/** What this run has done here, and whether its fence was proven. */
export type Rebuilding = Progress & Pick<Promotion, 'isFenced'>;

async function next(scene: Scene, target: MemberId, progress: Rebuilding): Promise<Step> {
  const { topology, rds } = scene;
  const place = placeById(topology, target);
  const primary = await rds.describe(place);
  if (primary === undefined) return stuck(`RDS has no ${named(place)}; declare the identifier that it has`);
  const problem = hindrance(primary);
  if (problem !== undefined) return stuck(problem);

  const followers = await followersOf(rds, place, primary);
  const running = followers.find(({ state }) => state === 'running');
  const created = madeOf(progress.attempts, CREATE);
  const isNew = created !== undefined && progress.now - created.at < SETTLING;
  if (running === undefined && followers.length > 0 && !isNew) return waitFor(followers, progress);

  const old = await oldPrimary(scene);
  if (followers.length === 0 && !isNew) {
    if (primary.BackupRetentionPeriod === 0) {
      return stuck(`${named(place)} keeps no backups, so RDS makes no replica of it; turn them on, and run again`);
    }
    if (!isUsable(primary)) return wait(`${named(place)} to be available`, progress, LONGEST_WAIT);
    const plan = await planReplica(scene, { place, primary, old });
    if (plan === undefined) return waitFor(followers, progress);
    const { at, settings } = plan;
    const title = `create ${named(at)}, a replica of ${place.identifier}`;
    return { kind: 'do', id: CREATE, title, call: () => rds.createReplica(at, settings) };
  }
  if (old.isAnswered && old.instance !== undefined) {
    const mark = markOld(scene, old.place, old.instance, progress);
    if (mark !== undefined) return mark;
  }
  if (running === undefined) return waitFor(followers, progress);
  const left = unmarked(old, progress);
  if (left !== undefined) return stuck(`${running.identifier} replicates; but ${left}`);
  return { kind: 'done', proof: `${named(running)} replicates from ${named(place)}` };
}

/** What cannot be called for now is left to the end; the replica is made meanwhile. */
function markOld(scene: Scene, place: MemberPlace, instance: DBInstance, progress: Rebuilding): Step | undefined {
  const step = firstUnmet(markStages(scene, place, instance, progress), progress);
  if (step?.kind !== 'do') return step;
  const refused = progress.attempts.filter(({ step: id, outcome }) => id === step.id && outcome === 'refused');
  return refused.length > 0 ? undefined : step;
}

function waitFor(followers: readonly Follower[], progress: Progress): Step {
  const broken = followers.flatMap(({ problem }) => problem ?? []);
  if (followers.length > 0 && broken.length === followers.length) {
    return stuck(`nobody replicates from the new primary: ${broken.join('; ')}`);
  }
  const names = followers.map(({ identifier }) => identifier).join(' or ');
  return wait(`${names || 'the new replica'} to replicate`, progress, LONGEST_WAIT);
}

/** Asked once in each look: a Region that is lost costs as long as the bounds allow, and no more. */
async function oldPrimary({ topology, rds }: Scene): Promise<OldPrimary> {
  const place = placeById(topology, topology.primary);
  try {
    return { place, isAnswered: true, instance: await rds.describe(place) };
  } catch (error) {
    if (!isAwsCallError(error)) throw error;
    return { place, isAnswered: false, problem: error.message };
  }
}
