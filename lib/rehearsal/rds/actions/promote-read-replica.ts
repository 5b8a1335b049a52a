import { ApiRefusal } from '../../api-refusal';
import { promotionStages } from '../procedures';
import { answerWith, namedInstance, type Action } from './action';
import { backupRetention } from './settings';

/**
 * Makes a replica an instance of its own, for ever. It keeps its endpoint, its groups and its own replicas.
 *
 * That a second call is refused, and with which words, was never tried live: facts/promotion.md §2.
 */
export const promoteReadReplica: Action = {
  mutating: true,
  accepts: ['DBInstanceIdentifier', 'BackupRetentionPeriod', 'PreferredBackupWindow'],
  perform(call) {
    const { fleet, parameters, twist } = call;
    const instance = namedInstance(call);
    const asked = backupRetention(parameters);
    if (instance.source === undefined) {
      throw new ApiRefusal('InvalidDBInstanceState', 'DB Instance is not a read replica.');
    }
    fleet.requireIdle(instance, 'DB Instance is not in an available state.');
    if (asked === 0 && fleet.replicasOf(instance).length > 0) {
      throw new ApiRefusal(
        'InvalidParameterCombination',
        'Backup retention period cannot be 0 for a DB instance with read replicas.',
      );
    }

    const window = parameters.text('PreferredBackupWindow');
    const carried = { ...instance.carried, ...(window ? { PreferredBackupWindow: window } : {}) };
    const retention = asked ?? Math.max(1, instance.backupRetention);
    fleet.change(instance, { carried });
    fleet.begin(instance, { kind: 'promotion', stages: promotionStages(fleet.times, instance, retention), twist });
    return answerWith(call, instance);
  },
};
