import type { DBInstance } from '@aws-sdk/client-rds';
import type { EngineName } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { tagOf, THAWED_GROUP_TAG } from './fleet-tags';
import { hindrance, isUsable, parameterGroupOf } from './instance-state';
import { named, placeById, type Place } from './place';
import { RestartWatch } from './rebooted';
import { REBOOT, regroupStages } from './regroup';
import type { Scene } from './scene';
import { firstUnmet, madeOf, stuck, wait, type Progress, type Stage } from './stages';

/**
 * The parameter with which an engine takes no writes, and what it is set to. In PostgreSQL a session can still ask for a
 * transaction that writes, and in MySQL privileged users can: that nobody does is proven by SQL, not here (facts §2.1).
 */
const READ_ONLY: Readonly<Partial<Record<EngineName, readonly [name: string, value: string]>>> = {
  postgres: ['default_transaction_read_only', '1'],
  mysql: ['read_only', '1'],
  mariadb: ['read_only', '1'],
};

/** A member's own parameter group while it is frozen: the usual one it shares with all members of its Region. */
export function freezeGroupOf({ identifier }: Place): string {
  return `${identifier}-freeze`;
}

/** Planned: no more writes on the primary, by a parameter group of its own and a reboot that ends all sessions. */
export function freezing(scene: Scene): Procedure {
  const restarts = new RestartWatch();
  return { next: async (attempts) => next(scene, { attempts, now: scene.clock.now(), restarts }) };
}

async function next(scene: Scene, progress: Progress): Promise<Step> {
  const { topology, rds } = scene;
  const place = placeById(topology, topology.primary);
  const parameter = READ_ONLY[topology.engine.name];
  if (parameter === undefined) return stuck(cannotFreeze(scene));
  const group = freezeGroupOf(place);
  // While it restarts nobody needs them.
  const early = madeOf(progress.attempts, REBOOT) === undefined ? rds.parameters(place, group) : undefined;
  const [instance] = await Promise.all([rds.describe(place), early]);
  if (instance === undefined) return stuck(`RDS has no ${named(place)}; declare the identifier that it has`);
  progress.restarts?.note(instance, progress.now);
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(problem);

  const isSwapped = parameterGroupOf(instance).name === group;
  // While it restarts nothing can be called that its group would need.
  const isAway = isSwapped && !isUsable(instance);
  const settings = isAway ? undefined : await (early ?? rds.parameters(place, group));
  const before = isAway ? [] : preparing(scene, { place, instance, parameter, settings });
  // Nor can it be given one while it is busy.
  const after = isUsable(instance) ? regroupStages({ rds, place, instance, progress, group }) : [];
  const step = firstUnmet([...before, ...after], progress);
  if (step !== undefined) return step;
  if (!isUsable(instance)) return wait(`${named(place)} to be available`, progress);
  const [name, value] = parameter;
  const proof = `${named(place)} was rebooted with parameter group ${group}, in which ${name} is ${value}`;
  return { kind: 'done', proof };
}

function cannotFreeze({ topology: { primary, engine } }: Scene): string {
  const engines = Object.keys(READ_ONLY).join(', ');
  return `${primary} runs ${engine.name}, which no parameter makes read-only; allowed: ${engines}; stop its clients by hand, and use failover`;
}

interface Preparing {
  readonly place: Place;
  readonly instance: DBInstance;
  readonly parameter: readonly [name: string, value: string];
  /** Of the group that is to be given; undefined: there is none yet. */
  readonly settings: ReadonlyMap<string, string | undefined> | undefined;
}

/** Everything that changes nothing on the primary yet. The name of the old group is noted first: without it is no way back. */
function preparing({ rds }: Scene, { place, instance, parameter, settings }: Preparing): readonly Stage[] {
  const [name, value] = parameter;
  const group = freezeGroupOf(place);
  const { name: current } = parameterGroupOf(instance);
  return [
    {
      id: 'note-group',
      title: `note on ${named(place)} that its parameter group is ${current}`,
      isMet: current === group || tagOf(instance, THAWED_GROUP_TAG) === current,
      call: () => rds.tag(place, instance, THAWED_GROUP_TAG, current),
    },
    {
      id: 'copy-group',
      title: `copy parameter group ${current} to ${group}`,
      isMet: settings !== undefined,
      isNextAtOnce: true,
      call: () => rds.copyParameterGroup(place, current, group),
    },
    {
      id: 'set-read-only',
      title: `set ${name} to ${value} in ${group}`,
      isMet: settings?.get(name) === value,
      isNextAtOnce: true,
      call: () => rds.setParameter(place, group, name, value),
    },
  ];
}
