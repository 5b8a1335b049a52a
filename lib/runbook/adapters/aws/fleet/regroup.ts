import type { DBInstance } from '@aws-sdk/client-rds';
import { parameterGroupOf } from './instance-state';
import { named, type Place } from './place';
import type { RdsGateway } from './rds-gateway';
import { isInSyncByReboot } from './rebooted';
import { madeOf, SETTLING, type Progress, type Stage } from './stages';

export interface Regrouping {
  readonly rds: RdsGateway;
  readonly place: Place;
  readonly instance: DBInstance;
  readonly progress: Progress;
  /** The parameter group to give. */
  readonly group: string;
}

/** The steps of every change of the parameter group. */
export const GIVE = 'give-group';
export const REBOOT = 'reboot';

/** Gives an instance a parameter group, and reboots it: that ends all sessions, and only then is the group in effect. */
export function regroupStages(regrouping: Regrouping): readonly Stage[] {
  const { rds, place, instance, progress, group } = regrouping;
  return [
    {
      id: GIVE,
      title: `give ${named(place)} the parameter group ${group}`,
      isMet: isGiven(regrouping),
      isNextAtOnce: true,
      call: () => rds.modify(place, { DBParameterGroupName: group }),
    },
    {
      id: REBOOT,
      title: `reboot ${named(place)}`,
      isMet: isInSyncByReboot(instance, REBOOT, progress),
      call: () => rds.reboot(place),
    },
  ];
}

/**
 * True when the group waits for its reboot, or is past it. `in-sync` just after it was given is how it was before: `applying` and
 * `pending-reboot` may come late.
 */
function isGiven({ instance, group, progress: { attempts, now } }: Regrouping): boolean {
  const { name, status } = parameterGroupOf(instance);
  if (name !== group || status === 'applying') return false;
  const given = madeOf(attempts, GIVE);
  const isEarly = given !== undefined && now - given.at < SETTLING && madeOf(attempts, REBOOT) === undefined;
  return status !== 'in-sync' || !isEarly;
}
