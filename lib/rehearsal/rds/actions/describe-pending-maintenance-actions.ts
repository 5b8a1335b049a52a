import { ApiRefusal } from '../../api-refusal';
import { parseArn } from '../arn';
import type { Instance, Maintenance } from '../instance';
import type { XmlElements } from '../../wire/write-xml';
import type { Action, ActionCall } from './action';

/** What the service is going to do by itself. Instances to which it does nothing are not told. */
export const describePendingMaintenanceActions: Action = {
  mutating: false,
  accepts: ['ResourceIdentifier', 'Filters'],
  perform(call) {
    const waiting = asked(call).filter(({ maintenance }) => maintenance.length > 0);
    return {
      PendingMaintenanceActions: {
        ResourcePendingMaintenanceActions: waiting.map(({ arn, maintenance }) => ({
          ResourceIdentifier: arn,
          PendingMaintenanceActionDetails: { PendingMaintenanceAction: maintenance.map(rendered) },
        })),
      },
    };
  },
};

function asked({ fleet, region, parameters }: ActionCall): readonly Instance[] {
  const resource = parameters.text('ResourceIdentifier');
  if (resource !== undefined && parseArn(resource)?.kind !== 'db') {
    throw new ApiRefusal('InvalidParameterValue', `Invalid resource name: ${resource}`);
  }
  const here = fleet.instances.filter((instance) => instance.region === region);
  const found = here.filter(({ arn }) => resource === undefined || arn === resource);
  if (resource !== undefined && found.length === 0) {
    throw new ApiRefusal('ResourceNotFoundFault', `The resource ${resource} was not found.`, 404);
  }
  return parameters.structures('Filters', 'Filter').reduce((left, filter) => {
    const name = filter.required('Name');
    if (name !== 'db-instance-id') throw new ApiRefusal('InvalidParameterValue', `Unrecognized filter name: ${name}`);
    const values = filter.list('Values', 'Value') ?? [];
    return left.filter(({ id, arn }) => values.some((value) => value === arn || value.toLowerCase() === id));
  }, found);
}

const rendered = ({ action, description, at }: Maintenance): XmlElements => ({
  Action: action,
  Description: description,
  CurrentApplyDate: at === undefined ? undefined : new Date(at),
});
