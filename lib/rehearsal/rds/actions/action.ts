import { ApiRefusal } from '../../api-refusal';
import { parseArn } from '../arn';
import type { Fleet } from '../fleet';
import type { Instance } from '../instance';
import type { QueryAction, QueryCall } from '../../wire/query-service';
import { nameFrom, renderInstance } from '../render-instance';
import type { XmlElements } from '../../wire/write-xml';

export interface ActionCall extends QueryCall {
  readonly fleet: Fleet;
}

export interface Action extends Omit<QueryAction, 'perform'> {
  perform(call: ActionCall): XmlElements | undefined;
}

/** The instance that the parameter names, by id or ARN. */
export function namedInstance({ fleet, region, parameters }: ActionCall, parameter = 'DBInstanceIdentifier'): Instance {
  const name = parameters.required(parameter);
  const arn = parseArn(name);
  const id = (arn?.id ?? name).toLowerCase();
  const found = arn && arn.region !== region ? undefined : fleet.find(region, id);
  if (found) return found;
  throw new ApiRefusal('DBInstanceNotFound', `DBInstance ${id} not found.`, 404);
}

/** An instance as the call's Region tells it, as it is now. */
export function described(
  { fleet, region }: Pick<ActionCall, 'fleet' | 'region'>,
  { arn, ...rest }: Instance,
): XmlElements {
  const instance = fleet.byArn(arn) ?? { arn, ...rest };
  const source = instance.source === undefined ? undefined : parseArn(instance.source);
  return renderInstance(instance, {
    source: source && nameFrom(region, { ...source, arn: instance.source ?? '' }),
    replicas: fleet.replicasOf(instance).map((replica) => nameFrom(region, replica)),
  });
}

/** The answer of every action that changes an instance. */
export const answerWith = (call: ActionCall, instance: Instance): XmlElements => ({
  DBInstance: described(call, instance),
});
