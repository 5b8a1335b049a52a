import type { MemberId, Topology } from '../../../../topology';
import type { Procedure, Step } from '../../../execution/ports';
import { look } from './freeze';
import { placeById } from './place';
import type { Scene } from './scene';
import { hindrance, type SqlInstance } from './sql-instance';
import { firstUnmet, stuck, type Stage } from './stages';

/**
 * Backups, with them the logs for a point in time, then a standby and protection from deletion. The standby is asked for in the
 * same breath: without backups Cloud SQL makes none.
 */
export function restoring(scene: Scene, target: MemberId): Procedure {
  return {
    next: async (attempts) => {
      const { name, instance, progress } = await look(scene, target, attempts);
      if (instance === undefined) return stuck(`Cloud SQL has no ${name}; declare the name that it has`);
      const step = firstUnmet(stages(scene, target, instance), progress);
      if (step === undefined) return done(instance);
      const problem = hindrance(instance);
      return problem === undefined ? step : stuck(problem);
    },
  };
}

function stages({ sql, topology }: Scene, target: MemberId, instance: SqlInstance): readonly Stage[] {
  const { name, settings = {} } = instance;
  const { backupConfiguration: backups = {}, availabilityType, deletionProtectionEnabled } = settings;
  const isMysql = topology.engine.name === 'mysql';
  const logs = isMysql ? { binaryLogEnabled: true } : { pointInTimeRecoveryEnabled: true };
  const hasLogs = isMysql ? backups.binaryLogEnabled : backups.pointInTimeRecoveryEnabled;
  const isUnprotected = (topology.gcp?.deletionProtection ?? true) && deletionProtectionEnabled !== true;
  const lacksStandby = wantsStandby(topology, target) && availabilityType !== 'REGIONAL';
  const names = [...(isUnprotected ? ['deletion protection'] : []), ...(lacksStandby ? ['a standby'] : [])];
  return [
    {
      ...{ id: 'restore-backups', title: `keep backups and logs of ${name}`, operation: 'UPDATE' },
      isMet: backups.enabled === true && hasLogs === true,
      call: () => sql.change(instance, { backupConfiguration: { ...backups, enabled: true, ...logs } }),
    },
    {
      ...{ id: 'restore', title: `give ${name} ${names.join(' and ')}`, operation: 'UPDATE' },
      isMet: !isUnprotected && !lacksStandby,
      call: () =>
        sql.change(instance, {
          ...(isUnprotected ? { deletionProtectionEnabled: true } : {}),
          ...(lacksStandby ? { availabilityType: 'REGIONAL' } : {}),
        }),
    },
  ];
}

/** The stronger of its own and the old primary's. */
function wantsStandby(topology: Topology, target: MemberId): boolean {
  return [target, topology.primary].some((id) => placeById(topology, id).member.standby === 'regional');
}

function done({ name, settings = {} }: SqlInstance): Step {
  const parts = [
    'keeps backups and logs',
    ...(settings.deletionProtectionEnabled === true ? ['is protected from deletion'] : []),
    ...(settings.availabilityType === 'REGIONAL' ? ['has a standby'] : []),
  ];
  return { kind: 'done', proof: `${name} ${parts.join(', ')}` };
}
