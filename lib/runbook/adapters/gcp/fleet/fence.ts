import type { MemberId } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { look, thaw } from './freeze';
import type { Scene } from './scene';
import { hindrance, isStopped, type SqlInstance } from './sql-instance';
import { begunBy, firstUnmet, madeOf, stuck, underWay, wait, type Progress, type Stage } from './stages';

const STOP = 'stop';

/** So often stopping is tried before its addresses are closed instead. */
const MOST_STOPS = 2;

/**
 * Unplanned: the primary is stopped (activation policy NEVER), which ends every session and is Cloud SQL's own word that nobody
 * can write. [I] That a primary with replicas can be stopped was read in no document and never tried live: where it is refused, its
 * public address and its service attachment are closed, and it is restarted. A private address of the VPC cannot be closed.
 */
export function fencing(scene: Scene): Procedure {
  return {
    next: async (attempts) => {
      const { name, instance, progress } = await look(scene, scene.topology.primary, attempts);
      if (instance === undefined) return { kind: 'done', proof: `Cloud SQL has no ${name} any more` };
      return fence(scene, instance, progress);
    },
  };
}

function fence(scene: Scene, instance: SqlInstance, progress: Progress): Step {
  const { name } = instance;
  const stopping = underWay(progress);
  // The policy says so from the beginning of the work.
  if (isStopped(instance)) {
    if (stopping !== undefined) return wait(`${name} to be stopped (${stopping.type})`, progress);
    return { kind: 'done', proof: `${name} is stopped, by Cloud SQL's own word` };
  }
  const problem = hindrance(instance);
  if (problem !== undefined) return stuck(`${problem}; it cannot be fenced`);
  const refusal = stopRefused(progress);
  if (refusal !== undefined) return closed(scene, instance, { progress, refusal });
  return firstUnmet([stopStage(scene, instance)], progress) ?? wait(`${name} to be stopped`, progress);
}

/** Also of an old primary that was only frozen: it would still answer whoever knows its address. */
export function stopStage({ sql }: Pick<Scene, 'sql'>, instance: SqlInstance): Stage {
  return {
    ...{ id: STOP, title: `stop ${instance.name}, which ends all sessions`, operation: 'UPDATE' },
    isMet: isStopped(instance),
    call: () => sql.change(instance, { activationPolicy: 'NEVER' }),
  };
}

/** Why it cannot be stopped; undefined: it was not tried often enough. */
function stopRefused({ attempts, operations }: Progress): string | undefined {
  const refused = attempts.filter(({ step, outcome }) => step === STOP && outcome === 'refused');
  const made = madeOf(attempts, STOP);
  const failed = made && begunBy(made, ['UPDATE'], operations)?.problem;
  const failures = attempts.filter(({ step, outcome }) => step === STOP && outcome === 'done').length;
  if (refused.length >= MOST_STOPS) return refused.at(-1)?.problem ?? 'it was refused';
  return failed !== undefined && failures >= MOST_STOPS ? failed : undefined;
}

interface Refused {
  readonly progress: Progress;
  readonly refusal: string;
}

function closed({ sql }: Scene, instance: SqlInstance, { progress, refusal }: Refused): Step {
  const { name } = instance;
  const { privateNetwork, authorizedNetworks = [], pscConfig } = instance.settings?.ipConfiguration ?? {};
  if (privateNetwork !== undefined) {
    return stuck(
      `${name} cannot be stopped (${refusal}), and nothing closes its private address; keep its clients from it by a firewall rule`,
    );
  }
  const made = madeOf(progress.attempts, 'restart-closed');
  const restarted = made && begunBy(made, ['RESTART'], progress.operations);
  const { allowedConsumerProjects = [] } = pscConfig ?? {};
  const ipConfiguration = {
    ...instance.settings?.ipConfiguration,
    authorizedNetworks: [],
    ...(pscConfig === undefined ? {} : { pscConfig: { ...pscConfig, allowedConsumerProjects: [] } }),
  };
  const stages: readonly Stage[] = [
    {
      ...{ id: 'close', title: `let nobody in at ${name}`, operation: 'UPDATE' },
      isMet: authorizedNetworks.length === 0 && allowedConsumerProjects.length === 0,
      call: () => sql.change(instance, { ipConfiguration }),
    },
    {
      ...{ id: 'restart-closed', title: `restart ${name}, which ends all sessions`, operation: 'RESTART' },
      isMet: restarted?.isOver === true && restarted.problem === undefined,
      call: () => sql.restart(name),
    },
  ];
  return (
    firstUnmet(stages, progress) ?? {
      kind: 'done',
      proof: `${name} lets no network and no project in, and was restarted since`,
    }
  );
}

/** Takes a fence back, because a person says so; and a freeze, if there is one. */
export function unfencing(scene: Scene, member: MemberId): Procedure {
  return {
    next: async (attempts) => {
      const { name, instance, progress } = await look(scene, member, attempts);
      if (instance === undefined) return stuck(`Cloud SQL has no ${name}; there is nothing to unfence`);
      const start: Stage = {
        ...{ id: 'start', title: `start ${name}`, operation: 'UPDATE' },
        isMet: !isStopped(instance),
        call: () => scene.sql.change(instance, { activationPolicy: 'ALWAYS' }),
      };
      const step = firstUnmet([start], progress);
      if (step !== undefined) return step;
      if (underWay(progress) !== undefined) return wait(`${name} to be started`, progress);
      return thaw(scene, instance, progress);
    },
  };
}
