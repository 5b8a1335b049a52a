import type { MemberId, Seconds } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { isGoogleCallError } from '../google-call-error';
import { comesBack, untilItComesBack } from './come-back';
import { stopStage } from './fence';
import { look } from './freeze';
import { holdStage, isHeldBack, unmarked } from './keep-old-primary';
import { planReplica } from './new-replica';
import { placeById } from './place';
import type { Scene } from './scene';
import { hindrance, isRunning, replicationOf, type SqlInstance } from './sql-instance';
import { firstUnmet, madeOf, stuck, underWay, wait, type Progress } from './stages';

const CREATE = 'create-replica';

/** A replica takes a quarter of an hour and more: looking seldom costs nothing. */
const LONGEST_WAIT: Seconds = 15;

/** The old primary, as far as the API tells of it. */
export interface OldPrimary {
  readonly name: string;
  readonly region: string | undefined;
  readonly instance: SqlInstance | undefined;
  /** Why the API does not tell; undefined: it does. */
  readonly problem?: string;
  readonly progress: Progress;
}

interface Rebuilding {
  readonly primary: SqlInstance;
  readonly old: OldPrimary;
  readonly progress: Progress;
}

/** A replica of the new primary, and the old one kept; nothing is ever deleted. */
export function rebuilding(scene: Scene, target: MemberId): Procedure {
  return {
    next: async (attempts) => {
      const { name, instance, progress } = await look(scene, target, attempts);
      if (instance === undefined) return stuck(`Cloud SQL has no ${name}; declare the name that it has`);
      const problem = hindrance(instance);
      if (problem !== undefined) return stuck(problem);
      const old = await oldPrimary(scene, attempts);
      return next(scene, target, { primary: instance, old, progress });
    },
  };
}

async function next(scene: Scene, target: MemberId, { primary, old, progress }: Rebuilding): Promise<Step> {
  const followers = await followersOf(scene, primary);
  const running = followers.find((each) => isRunning(each) && replicationOf(each) === 'running');
  // A partner that came back is one of those who follow.
  const isFollowing = followers.some(({ name }) => name === old.name);
  if (followers.length === 0) {
    if (comesBack(scene, target, primary)) return untilItComesBack(primary, old, progress);
    const step = await creating(scene, { primary, old, progress });
    if (step.kind === 'do') return step;
    // The old one is put away meanwhile, which needs nobody.
    return markOld(scene, old) ?? step;
  }
  const mark = isFollowing ? undefined : markOld(scene, old);
  if (mark !== undefined) return mark;
  if (running === undefined) return waitFor(followers, progress);
  const left = isFollowing ? undefined : unmarked(old);
  if (left !== undefined) return stuck(`${running.name} replicates; but ${left}`);
  return { kind: 'done', proof: `${running.name} replicates from ${primary.name}` };
}

async function creating(scene: Scene, { primary, old, progress }: Rebuilding): Promise<Step> {
  const running = underWay(progress);
  if (!isRunning(primary) || running !== undefined) return wait(`${primary.name} to be ready`, progress, LONGEST_WAIT);
  const plan = await planReplica(scene, primary, old);
  if (plan === undefined) return wait('the new replica to replicate', progress, LONGEST_WAIT);
  const operations = [...progress.operations];
  const stage = {
    ...{ id: CREATE, title: `create ${plan.name} in ${plan.region}, a replica of ${primary.name}` },
    ...{ operation: 'CREATE_REPLICA', isMet: false, call: () => scene.sql.createReplica(plan) },
  };
  // [I] On which of the two the operation is listed was never seen live.
  if (madeOf(progress.attempts, CREATE)) operations.push(...(await scene.sql.operations(plan.name)));
  return firstUnmet([stage], { ...progress, operations }) ?? wait(stage.title, progress);
}

/** Marks it, and stops it: after a planned run it was only frozen. A call that was refused twice is left to a person. */
function markOld(scene: Scene, old: OldPrimary): Step | undefined {
  const { instance, progress } = old;
  if (instance === undefined || isHeldBack(instance)) return undefined;
  const step = firstUnmet([holdStage(scene, instance, progress.now), stopStage(scene, instance)], progress);
  if (step?.kind !== 'do') return step?.kind === 'stuck' ? undefined : step;
  const refused = progress.attempts.filter(({ step: id, outcome }) => id === step.id && outcome === 'refused');
  return refused.length > 0 ? undefined : step;
}

function waitFor(followers: readonly SqlInstance[], progress: Progress): Step {
  const broken = followers.flatMap((each) => hindrance(each) ?? []);
  if (followers.length > 0 && broken.length === followers.length) {
    return stuck(`nobody replicates from the new primary: ${broken.join('; ')}`);
  }
  return wait(`${followers.map(({ name }) => name).join(' or ') || 'a replica'} to replicate`, progress, LONGEST_WAIT);
}

async function followersOf({ sql }: Scene, { replicaNames = [] }: SqlInstance): Promise<readonly SqlInstance[]> {
  const found = await Promise.all(replicaNames.map((name) => sql.get(name.split(':').at(-1) ?? name)));
  return found.filter((each) => each !== undefined);
}

/** It may be out of reach for long: nothing depends on it. */
async function oldPrimary(scene: Scene, attempts: Progress['attempts']): Promise<OldPrimary> {
  const { topology, clock } = scene;
  const { name, member } = placeById(topology, topology.primary);
  try {
    const { instance, progress } = await look(scene, topology.primary, attempts);
    return { name, region: member.region, instance, progress };
  } catch (error) {
    if (!isGoogleCallError(error)) throw error;
    const progress = { attempts, now: clock.now(), operations: [] };
    return { name, region: member.region, instance: undefined, problem: error.message, progress };
  }
}
