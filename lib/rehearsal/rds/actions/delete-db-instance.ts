import { ApiRefusal } from '../../api-refusal';
import { deletionStages } from '../procedures';
import { answerWith, namedInstance, type Action } from './action';

/** Deletes an instance. Its replicas become instances of their own, or end: {@link Fleet} says which. */
export const deleteDbInstance: Action = {
  mutating: true,
  accepts: ['DBInstanceIdentifier', 'SkipFinalSnapshot', 'FinalDBSnapshotIdentifier', 'DeleteAutomatedBackups'],
  perform(call) {
    const { fleet, parameters, twist } = call;
    const instance = namedInstance(call);
    const skips = parameters.flag('SkipFinalSnapshot') ?? false;
    const snapshot = parameters.text('FinalDBSnapshotIdentifier');
    if (instance.deletionProtection) {
      throw combination('Cannot delete protected DB Instance, please disable deletion protection and try again.');
    }
    if (snapshot !== undefined && instance.source !== undefined) {
      throw combination('FinalDBSnapshotIdentifier can not be specified when deleting a replica instance');
    }
    if (!skips && snapshot === undefined && instance.source === undefined) {
      throw combination('FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.');
    }
    if (instance.procedure?.kind === 'deletion') {
      throw new ApiRefusal('InvalidDBInstanceState', `Instance ${instance.id} is already being deleted.`);
    }
    fleet.begin(instance, { kind: 'deletion', stages: deletionStages(fleet.times), twist });
    return answerWith(call, instance);
  },
};

const combination = (message: string): ApiRefusal => new ApiRefusal('InvalidParameterCombination', message);
