import { ApiRefusal } from '../../api-refusal';
import { startStages, stopStages } from '../procedures';
import { answerWith, namedInstance, type Action } from './action';

/** Stops an instance that neither is a replica nor has any. The words of the refusals were never seen live. */
export const stopDbInstance: Action = {
  mutating: true,
  accepts: ['DBInstanceIdentifier'],
  perform(call) {
    const { fleet, twist } = call;
    const instance = namedInstance(call);
    if (instance.source !== undefined) {
      throw new ApiRefusal('InvalidDBInstanceState', `Cannot stop the read replica ${instance.id}.`);
    }
    if (fleet.replicasOf(instance).length > 0) {
      throw new ApiRefusal('InvalidDBInstanceState', `Cannot stop ${instance.id}: it has read replicas.`);
    }
    fleet.requireIdle(instance, `Instance ${instance.id} is not in available state.`);
    fleet.begin(instance, { kind: 'stop', stages: stopStages(fleet.times), twist });
    return answerWith(call, instance);
  },
};

/** Starts an instance that was stopped. */
export const startDbInstance: Action = {
  mutating: true,
  accepts: ['DBInstanceIdentifier'],
  perform(call) {
    const { fleet, twist } = call;
    const instance = namedInstance(call);
    if (instance.status !== 'stopped' || instance.procedure) {
      throw new ApiRefusal('InvalidDBInstanceState', `Instance ${instance.id} is not in stopped state.`);
    }
    fleet.begin(instance, { kind: 'start', stages: startStages(fleet.times), twist });
    return answerWith(call, instance);
  },
};
