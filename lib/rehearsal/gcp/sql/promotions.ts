import { GoogleRefusal } from '../google-service';
import type { FakeInstance } from './fake-instance';
import type { FakeOperation, SqlInstances } from './sql-instances';

export interface PromoteReplica {
  readonly isFailover: boolean;
  readonly fails?: string;
}

/** With `failover`, whom it followed comes back as its replica when it can. Without, it stays what it is. */
export function promoteReplica(
  fleet: SqlInstances,
  name: string,
  { isFailover, fails }: PromoteReplica,
): FakeOperation {
  const instance = fleet.get(name);
  const old = sourceIn(fleet, instance);
  if (isFailover) refuseUnpaired(fleet, instance, old);
  const effect = (): void => {
    fleet.release(name);
    if (!isFailover) return;
    instance.drReplica = old;
    delete fleet.get(old).drReplica;
    comeBack(fleet, old, name);
  };
  const work = { seconds: fleet.times.promotion, effect, ...(fails === undefined ? {} : { fails }) };
  return fleet.begin(name, 'PROMOTE_REPLICA', work);
}

/** The old primary, once it answers, is made a replica of the new one. */
export function comeBack(fleet: SqlInstances, old: string, target: string): void {
  if (fleet.dead.has(old) || fleet.isBusy(old)) return;
  fleet.begin(old, 'RECONFIGURE_OLD_PRIMARY', {
    seconds: fleet.times.reconfiguration,
    effect: () => {
      const instance = fleet.get(old);
      instance.settings.activationPolicy = 'ALWAYS';
      fleet.follow(old, target);
    },
  });
}

/** Both have to be alive; nothing is lost, and they change places. */
export function switchover(fleet: SqlInstances, name: string, fails?: string): FakeOperation {
  const instance = fleet.get(name);
  const old = sourceIn(fleet, instance);
  refuseUnpaired(fleet, instance, old);
  if (!fleet.isRunning(fleet.get(old)) || !fleet.isRunning(instance)) {
    throw new GoogleRefusal(400, 'invalidState', 'The primary instance is not online.');
  }
  if (fleet.isBusy(old)) throw new GoogleRefusal(409, 'operationInProgress', 'The primary is busy.');
  const failing = fails === undefined ? {} : { fails };
  const { switchover: seconds } = fleet.times;
  fleet.begin(old, 'SWITCHOVER_TO_REPLICA', { seconds, effect: () => undefined, ...failing });
  return fleet.begin(name, 'SWITCHOVER', { seconds, effect: () => fleet.turnRound(name, old), ...failing });
}

function sourceIn(fleet: SqlInstances, instance: FakeInstance): string {
  const source = fleet.sourceOf(instance);
  if (source !== undefined) return source;
  throw new GoogleRefusal(400, 'invalidOperation', 'The instance is not a read replica.');
}

function refuseUnpaired(fleet: SqlInstances, { name, settings }: FakeInstance, old: string): void {
  const isPaired = fleet.get(old).drReplica === name && settings.edition === 'ENTERPRISE_PLUS';
  if (!isPaired)
    throw new GoogleRefusal(400, 'invalid', 'Replica failover needs a designated DR replica of Enterprise Plus.');
}
