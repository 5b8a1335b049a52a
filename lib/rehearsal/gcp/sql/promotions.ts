import { GoogleRefusal } from '../google-service';
import type { FakeInstance } from './fake-instance';
import type { FakeOperation, SqlInstances } from './sql-instances';

export interface PromoteReplica {
  readonly isFailover: boolean;
  readonly fails?: string | undefined;
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
  const work = (): Promise<void> | undefined => fleet.backend.carryOut({ kind: 'promote', instance });
  return fleet.begin(name, 'PROMOTE_REPLICA', { seconds: fleet.times.promotion, effect, fails, work });
}

/**
 * The old primary, once it answers, is made a replica of the new one. [?] Whether one that was stopped on purpose comes back as well
 * is not known; here it does.
 */
export function comeBack(fleet: SqlInstances, old: string, target: string): void {
  if (fleet.isAway(old)) {
    fleet.returning.set(old, () => comeBack(fleet, old, target));
    return;
  }
  if (fleet.isBusy(old)) return;
  const instance = fleet.get(old);
  fleet.begin(old, 'RECONFIGURE_OLD_PRIMARY', {
    seconds: fleet.times.reconfiguration,
    work: () => fleet.backend.carryOut({ kind: 'rejoin', instance, source: fleet.get(target) }),
    effect: () => {
      instance.settings.activationPolicy = 'ALWAYS';
      fleet.follow(old, target);
    },
  });
}

export interface Switchover {
  /** Seconds until it is given up. */
  readonly patience: number;
  readonly fails?: string | undefined;
}

/** Both have to be alive; nothing is lost, and they change places. */
export function switchover(fleet: SqlInstances, name: string, { patience, fails }: Switchover): FakeOperation {
  const instance = fleet.get(name);
  const old = sourceIn(fleet, instance);
  refuseUnpaired(fleet, instance, old);
  const source = fleet.get(old);
  if (!fleet.isRunning(source) || !fleet.isRunning(instance)) {
    throw new GoogleRefusal(400, 'invalidState', 'The primary instance is not online.');
  }
  if (fleet.isBusy(old)) throw new GoogleRefusal(409, 'operationInProgress', 'The primary is busy.');
  const { switchover: seconds } = fleet.times;
  // One work for both: what fails has failed on both sides.
  let begun: Promise<void> | undefined;
  const work = (): Promise<void> | undefined =>
    (begun ??= fleet.backend.carryOut({ kind: 'switchover', instance, source, patience }));
  const task = { seconds, fails, work };
  fleet.begin(old, 'SWITCHOVER_TO_REPLICA', { ...task, effect: () => undefined });
  return fleet.begin(name, 'SWITCHOVER', { ...task, effect: () => fleet.turnRound(name, old) });
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
