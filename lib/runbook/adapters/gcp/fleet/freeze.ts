import type { EngineName, MemberId } from '../../../../topology';
import type { Attempt, Procedure, Step } from '../../../execution/ports';
import { placeById } from './place';
import type { Scene } from './scene';
import { flagOf, flagsWith, hindrance, isRunning, type SqlInstance } from './sql-instance';
import { begunBy, firstUnmet, madeOf, stuck, wait, type Progress, type Stage } from './stages';

/**
 * The flag with which an engine takes no writes. [I] That Cloud SQL lets both be set was read, and never tried live. In PostgreSQL
 * a session can still ask for a transaction that writes: that nobody does is proven by SQL, not here.
 */
const READ_ONLY: Readonly<Partial<Record<EngineName, string>>> = {
  postgres: 'default_transaction_read_only',
  mysql: 'read_only',
};

const RESTART = 'restart';

/** Planned: no more writes on the primary, by a flag and a restart that ends all sessions. */
export function freezing(scene: Scene): Procedure {
  const { topology } = scene;
  return {
    next: async (attempts) => {
      const flag = READ_ONLY[topology.engine.name];
      if (flag === undefined) return stuck(cannotFreeze(scene));
      const seen = await look(scene, topology.primary, attempts);
      if (seen.instance === undefined) return stuck(`Cloud SQL has no ${seen.name}; declare the name that it has`);
      return freeze(scene, { ...seen, instance: seen.instance, flag });
    },
  };
}

/** Takes a freeze back, in this process or another: the flag on the instance says that there is one. */
export function unfreezing(scene: Scene, member: MemberId): Procedure {
  return {
    next: async (attempts) => {
      const { instance, name, progress } = await look(scene, member, attempts);
      if (instance === undefined) return stuck(`Cloud SQL has no ${name}; there is nothing to unfreeze`);
      return thaw(scene, instance, progress);
    },
  };
}

/** What comes next on the way to the flags of before. Neither flag needs a restart to be gone. */
export function thaw({ topology, sql }: Scene, instance: SqlInstance, progress: Progress): Step {
  const { name } = instance;
  const flag = READ_ONLY[topology.engine.name] ?? '';
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(problem);
  const stage: Stage = {
    ...{ id: 'unset-read-only', title: `take the flag ${flag} from ${name}`, operation: 'UPDATE' },
    isMet: flagOf(instance, flag) === undefined,
    call: () => sql.change(instance, { databaseFlags: flagsWith(instance, flag, undefined) }),
  };
  const step = firstUnmet([stage], progress);
  if (step !== undefined) return step;
  if (!isRunning(instance)) return wait(`${name} to be RUNNABLE`, progress);
  return { kind: 'done', proof: `${name} runs, and no flag makes it read-only` };
}

interface Frozen {
  readonly instance: SqlInstance;
  readonly progress: Progress;
  readonly flag: string;
}

function freeze({ sql }: Scene, { instance, progress, flag }: Frozen): Step {
  const { name } = instance;
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(problem);
  const made = madeOf(progress.attempts, RESTART);
  const restarted = made && begunBy(made, [RESTART.toUpperCase()], progress.operations);
  const stages: readonly Stage[] = [
    {
      ...{ id: 'set-read-only', title: `set the flag ${flag} of ${name} to on`, operation: 'UPDATE' },
      isMet: flagOf(instance, flag) === 'on',
      call: () => sql.change(instance, { databaseFlags: flagsWith(instance, flag, 'on') }),
    },
    {
      ...{ id: RESTART, title: `restart ${name}, which ends all sessions`, operation: 'RESTART' },
      isMet: restarted?.isOver === true && restarted.problem === undefined,
      call: () => sql.restart(name),
    },
  ];
  const step = firstUnmet(stages, progress);
  if (step !== undefined) return step;
  if (!isRunning(instance)) return wait(`${name} to be RUNNABLE`, progress);
  return { kind: 'done', proof: `${name} was restarted with the flag ${flag} on` };
}

function cannotFreeze({ topology: { primary, engine } }: Scene): string {
  const engines = Object.keys(READ_ONLY).join(', ');
  return `${primary} runs ${engine.name}, which no flag makes read-only; allowed: ${engines}; stop its clients by hand, and use failover`;
}

/** An instance, and what is being done with it. */
export async function look(
  { topology, sql, clock }: Scene,
  member: MemberId,
  attempts: readonly Attempt[],
): Promise<{ readonly name: string; readonly instance: SqlInstance | undefined; readonly progress: Progress }> {
  const { name } = placeById(topology, member);
  const now = clock.now();
  const instance = await sql.get(name);
  const operations = instance === undefined ? [] : await sql.operations(name);
  return { name, instance, progress: { attempts, now, operations } };
}

/** The flags of a member that nobody has frozen. */
export function flagsUnfrozen(topology: Scene['topology'], instance: SqlInstance): SqlInstance['settings'] {
  return { databaseFlags: flagsWith(instance, READ_ONLY[topology.engine.name] ?? '', undefined) };
}
