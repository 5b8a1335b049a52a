import type { MemberId, Seconds } from '../../../../topology';
import { moveOfRun } from '../../../decision';
import type { Procedure, Step } from '../../../execution/ports';
import { placeById } from './place';
import type { Scene } from './scene';
import { hindrance, isEnterprisePlus, isRunning, sourceOf, type SqlInstance } from './sql-instance';
import { begunBy, madeOf, stuck, underWay, wait, type Progress } from './stages';

/**
 * By which call. `promote`: any edition; the old primary stays one. `failover`: the DR replica of Enterprise Plus; the old primary
 * comes back as its replica. `switchover`: the same, with both alive, and nothing is lost.
 */
export type Way = 'promote' | 'failover' | 'switchover';

/** How long Cloud SQL lets a switchover wait until the replica has everything; then it gives up and takes it back. */
const PATIENCE: Seconds = 600;

/** How long a call that was taken may leave no trace. Then it is offered again; whether it is made is the execution's to say. */
const SILENCE: Seconds = 180;

/**
 * What the calls begin. [I] What `failover=true` is called among the operations was read, and never seen live: so any of these
 * since the call is taken for it.
 */
export const PROMOTIONS = ['PROMOTE_REPLICA', 'SWITCHOVER', 'FAILOVER'];

/** Enterprise Plus knows of the pair that it was designated, of SQL Server that it may have replicas. */
export function isPartner(instance: SqlInstance): boolean {
  const { replicationCluster, replicaConfiguration } = instance;
  const isDesignated = replicationCluster?.drReplica === true || replicaConfiguration?.cascadableReplica === true;
  return isEnterprisePlus(instance) && isDesignated;
}

/** Of the steps: after it, a person can tell from the journal what became of the old primary. */
const WAYS: readonly Way[] = ['promote', 'failover', 'switchover'];

/** One call, and then waiting: the operation tells when it has failed, the instance when it is done. */
export function promoting(scene: Scene, target: MemberId, kind: 'failover' | 'switchover'): Procedure {
  return {
    next: async (attempts) => {
      const { sql, topology, clock } = scene;
      const { name } = placeById(topology, target);
      const now = clock.now();
      const [instance, operations] = await Promise.all([sql.get(name), sql.operations(name)]);
      if (instance === undefined) return stuck(`Cloud SQL has no ${name}; declare the name that it has`);
      const way = isPartner(instance) ? kind : 'promote';
      // Nothing was frozen for it: a plain promotion would leave two primaries.
      if (way === 'promote' && kind === 'switchover' && isNamed(scene, target) && sourceOf(instance) !== undefined) {
        return stuck(`${name} is to be switched over to, and Cloud SQL has not designated it; ${DESIGNATE}`);
      }
      return next(scene, { instance, way, progress: { attempts, now, operations } });
    },
  };
}

const DESIGNATE =
  'run `pulumi up --refresh` once more, or take gcp.drReplica away: then the primary is frozen first, and it is promoted';

function isNamed({ topology }: Scene, target: MemberId): boolean {
  return moveOfRun(topology, 'switchover', target) === 'handover';
}

interface Look {
  readonly instance: SqlInstance;
  readonly way: Way;
  readonly progress: Progress;
}

function next({ sql }: Scene, { instance, way, progress }: Look): Step {
  const { name, state = 'in no state' } = instance;
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(problem);
  const running = underWay(progress);
  if (sourceOf(instance) === undefined) {
    if (!isRunning(instance) || running !== undefined) {
      return wait(`${name} to be ready (${running?.type ?? state})`, progress);
    }
    return { kind: 'done', proof: `${name} follows nobody and is RUNNABLE, by Cloud SQL's own word` };
  }
  const made = WAYS.map((each) => madeOf(progress.attempts, each)).find((each) => each !== undefined);
  const begun = made && begunBy(made, PROMOTIONS, progress.operations);
  if (begun?.problem !== undefined) {
    return stuck(`the ${way} of ${name} was begun, and Cloud SQL failed: ${begun.problem}`);
  }
  // Told as before, and its work as done: what that came to is told the next time.
  if (begun?.isOver === true) return wait(`Cloud SQL to tell what became of the ${way} of ${name}`, progress);
  if (running !== undefined) return wait(`${name}, which Cloud SQL is busy with (${running.type})`, progress);
  if (made !== undefined && progress.now - made.at < SILENCE) return wait(`the ${way} of ${name} (${state})`, progress);
  if (!isRunning(instance)) return wait(`${name}, which is ${state}, to be RUNNABLE`, progress);
  return { kind: 'do', id: way, title: TITLE[way](name), call: () => CALL[way](sql, instance) };
}

const TITLE: Readonly<Record<Way, (name: string) => string>> = {
  promote: (name) => `promote ${name}, which cannot be taken back`,
  failover: (name) => `fail over to ${name}, its old primary to come back as its replica`,
  switchover: (name) => `switch over to ${name}, which loses nothing`,
};

const CALL: Readonly<Record<Way, (sql: Scene['sql'], instance: SqlInstance) => Promise<void>>> = {
  promote: (sql, { name }) => sql.promote(name, false),
  failover: (sql, { name }) => sql.promote(name, true),
  switchover: (sql, instance) => sql.switchover(instance, PATIENCE),
};
