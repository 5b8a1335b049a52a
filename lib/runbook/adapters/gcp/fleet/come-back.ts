import type { MemberId, Seconds } from '../../../../topology';
import { moveOfRun } from '../../../decision';
import type { Step } from '../../../execution/ports';
import type { Operation } from './operation';
import { PROMOTIONS } from './promote';
import type { OldPrimary } from './rebuild';
import type { Scene } from './scene';
import { isEnterprisePlus, isRunning, statusOf, type SqlInstance } from './sql-instance';
import { stuck, underWay, wait, type Progress } from './stages';

/** [I] Names that were read, and never seen live: Cloud SQL makes an old primary a replica. */
const RETURNS = ['RECONFIGURE_OLD_PRIMARY', 'SWITCHOVER_TO_REPLICA'];

/** [?] How soon after a failover Cloud SQL begins with an old primary that is stopped, if it does at all, is not known. */
const PATIENCE: Seconds = 120;

const LONGEST_WAIT: Seconds = 15;

/** Of a designated pair Cloud SQL makes the old primary a replica by itself, when it answers again. */
export function comesBack({ topology }: Scene, target: MemberId, primary: SqlInstance): boolean {
  return moveOfRun(topology, 'switchover', target) === 'handover' && isEnterprisePlus(primary);
}

/**
 * Waits for it. An instance is told before its operations are: by the time that these say that the work is over, what it came to may
 * not have been told yet. So work that has been done is waited for, too.
 */
export function untilItComesBack({ name }: SqlInstance, old: OldPrimary, { operations, ...progress }: Progress): Step {
  const soon = wait(`Cloud SQL to make ${old.name} a replica of ${name}`, progress, LONGEST_WAIT);
  const { instance } = old;
  if (instance === undefined) return notComing(name, old, old.problem ?? 'it is not there');
  if (isRunning(instance) || underWay(old.progress) !== undefined) return soon;
  const promotion = operations.find(({ type, problem }) => PROMOTIONS.includes(type) && problem === undefined);
  const work = promotion && workSince(promotion, old);
  if (work?.problem !== undefined) {
    return stuck(`nobody replicates from ${name}: Cloud SQL failed to make ${old.name} its replica (${work.problem})`);
  }
  const since = promotion?.endedAt ?? promotion?.insertedAt ?? -Infinity;
  if (work !== undefined || progress.now - since < PATIENCE) return soon;
  return notComing(name, old, `it is ${statusOf(instance) ?? 'in no state'}`);
}

function workSince({ insertedAt }: Operation, { progress }: OldPrimary): Operation | undefined {
  return progress.operations.find((each) => RETURNS.includes(each.type) && each.insertedAt >= insertedAt);
}

/** [?] Whether Cloud SQL also does so with one that was stopped is not known: to start it again is a person's risk. */
function notComing(name: string, old: OldPrimary, why: string): Step {
  return stuck(
    `nobody replicates from ${name}: Cloud SQL makes ${old.name} its replica by itself when that one runs again (${why}); until then make another replica by hand`,
  );
}
