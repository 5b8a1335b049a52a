import { ApiRefusal } from '../../api-refusal';
import { canBackUpReplica } from '../engine-abilities';
import type { Fleet } from '../fleet';
import type { Instance, PendingChanges } from '../instance';
import { modificationStages } from '../procedures';
import { answerWith, namedInstance, type Action, type ActionCall } from './action';
import { allocatedStorage, backupRetention, CARRIED, carriedSettings, given } from './settings';

/**
 * Changes settings. Security groups, deletion protection, the name of the parameter group and what is only carried
 * change at once; the rest when it is said to, or in the maintenance window.
 */
export const modifyDbInstance: Action = {
  mutating: true,
  accepts: [
    ...[
      'DBInstanceIdentifier',
      'ApplyImmediately',
      'VpcSecurityGroupIds',
      'DBParameterGroupName',
      'DeletionProtection',
    ],
    ...['BackupRetentionPeriod', 'MultiAZ', 'DBInstanceClass', 'AllocatedStorage', 'EngineVersion', ...CARRIED],
  ],
  perform(call) {
    const { fleet, parameters, twist } = call;
    const instance = namedInstance(call);
    const { atOnce, slow } = changesOf(call, instance);
    const immediate = parameters.flag('ApplyImmediately') ?? false;
    fleet.requireIdle(instance, 'Database instance is not in available state.');
    refuseBackups(fleet, instance, slow.backupRetention);

    const now = changed(instance, immediate ? { ...instance.pending, ...slow } : withoutWaiting(instance, slow));
    const pending = immediate ? {} : without(changed(instance, { ...instance.pending, ...slow }), now);
    fleet.change(instance, { ...atOnce, pending });
    if (atOnce.securityGroups) fleet.changeLater(instance, 'securityGroups', { securityGroupStatus: 'active' });
    if (atOnce.parameterGroup) fleet.changeLater(instance, 'parameters', { parameterStatus: 'pending-reboot' });
    if (Object.keys(now).length > 0) {
      fleet.begin(instance, { kind: 'modification', stages: modificationStages(fleet.times, instance, now), twist });
    } else if (Object.keys(atOnce).length > 0) {
      fleet.work(instance, 'configure');
    }
    return answerWith(call, instance);
  },
};

interface Changes {
  readonly atOnce: Partial<Instance>;
  readonly slow: PendingChanges;
}

function changesOf({ fleet, region, parameters }: ActionCall, instance: Instance): Changes {
  const securityGroups = parameters.list('VpcSecurityGroupIds', 'VpcSecurityGroupId');
  const parameterGroup = parameters.text('DBParameterGroupName');
  if (parameterGroup !== undefined) fleet.parameterGroups.get(region, parameterGroup);
  const carried = carriedSettings(parameters);
  const regrouped = parameterGroup !== undefined && parameterGroup !== instance.parameterGroup;
  return {
    atOnce: {
      ...given({ deletionProtection: parameters.flag('DeletionProtection') }),
      ...(securityGroups ? { securityGroups, securityGroupStatus: 'adding' as const } : {}),
      ...(regrouped ? { parameterGroup, parameterStatus: 'applying' as const } : {}),
      ...(Object.keys(carried).length > 0 ? { carried: { ...instance.carried, ...carried } } : {}),
    },
    slow: given({
      backupRetention: backupRetention(parameters),
      multiAz: parameters.flag('MultiAZ'),
      instanceClass: parameters.text('DBInstanceClass'),
      allocatedStorage: allocatedStorage(parameters),
      engineVersion: parameters.text('EngineVersion'),
    }),
  };
}

/** The first message was seen live, the second never. */
function refuseBackups(fleet: Fleet, instance: Instance, retention: number | undefined): void {
  if (retention === undefined) return;
  if (retention > 0 && instance.source !== undefined && !canBackUpReplica(instance)) {
    const message = `DB Backups not supported on a read replica for engine ${instance.engine}`;
    throw new ApiRefusal('InvalidDBInstanceState', message);
  }
  if (retention === 0 && fleet.replicasOf(instance).length > 0) {
    throw new ApiRefusal(
      'InvalidParameterCombination',
      'Backup retention period cannot be 0 for a DB instance with read replicas.',
    );
  }
}

/** What is not as it is. */
function changed(instance: Instance, wanted: PendingChanges): PendingChanges {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => instance[name as keyof PendingChanges] !== value),
  );
}

/** From one number of days to another, retention waits for nothing; from or to none it waits as the rest does. */
function withoutWaiting(
  { backupRetention: before }: Instance,
  { backupRetention: after }: PendingChanges,
): PendingChanges {
  return before > 0 && after !== undefined && after > 0 ? { backupRetention: after } : {};
}

function without(wanted: PendingChanges, done: PendingChanges): PendingChanges {
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !(name in done)));
}
