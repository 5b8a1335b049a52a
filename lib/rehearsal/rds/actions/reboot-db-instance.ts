import { ApiRefusal } from '../../api-refusal';
import { rebootStages } from '../procedures';
import { answerWith, namedInstance, type Action } from './action';

/** Restarts the server: sessions end, and parameters that waited for it are in effect. */
export const rebootDbInstance: Action = {
  mutating: true,
  accepts: ['DBInstanceIdentifier', 'ForceFailover'],
  perform(call) {
    const { fleet, parameters, twist } = call;
    const instance = namedInstance(call);
    if (parameters.flag('ForceFailover') && !instance.multiAz) {
      throw new ApiRefusal(
        'InvalidParameterCombination',
        'ForceFailover cannot be specified since the instance is not configured for either MultiAZ or High Availability.',
      );
    }
    fleet.requireIdle(instance, `Instance ${instance.id} is not in available state.`);
    fleet.begin(instance, { kind: 'reboot', stages: rebootStages(fleet.times), twist });
    return answerWith(call, instance);
  },
};
