import { ApiRefusal } from '../../api-refusal';
import type { Instance } from '../instance';
import { described, namedInstance, type Action, type ActionCall } from './action';

type Filter = (instance: Instance, values: readonly string[]) => boolean;

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['db-instance-id', ({ id, arn }, values) => values.some((value) => value === arn || value.toLowerCase() === id)],
  ['dbi-resource-id', ({ resourceId }, values) => values.includes(resourceId)],
  ['engine', ({ engine }, values) => values.includes(engine)],
  // No instance here is in a cluster.
  ['db-cluster-id', () => false],
]);

/** Instances of a Region, in the order of their ids, in pages. */
export const describeDbInstances: Action = {
  mutating: false,
  accepts: ['DBInstanceIdentifier', 'Filters', 'MaxRecords', 'Marker'],
  perform(call) {
    const size = call.parameters.integer('MaxRecords', { min: 20, max: 100 }) ?? 100;
    const after = readMarker(call.parameters.text('Marker'));
    const all = filtered(call, candidates(call))
      .filter(({ id }) => id > after)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const page = all.slice(0, size);
    const last = page.at(-1);
    return {
      Marker: last && all.length > size ? Buffer.from(last.id).toString('base64') : undefined,
      DBInstances: { DBInstance: page.map((instance) => described(call, instance)) },
    };
  },
};

function candidates(call: ActionCall): readonly Instance[] {
  if (call.parameters.text('DBInstanceIdentifier') !== undefined) return [namedInstance(call)];
  return call.fleet.instances.filter(({ region }) => region === call.region);
}

function filtered({ parameters }: ActionCall, instances: readonly Instance[]): readonly Instance[] {
  return parameters.structures('Filters', 'Filter').reduce((left, filter) => {
    const name = filter.required('Name');
    const passes = FILTERS.get(name);
    if (!passes) throw new ApiRefusal('InvalidParameterValue', `Unrecognized filter name: ${name}`);
    const values = filter.list('Values', 'Value') ?? [];
    return left.filter((instance) => passes(instance, values));
  }, instances);
}

/** A marker is opaque to callers: it is the last id that they have seen. */
function readMarker(marker: string | undefined): string {
  const id = Buffer.from(marker ?? '', 'base64').toString();
  if (marker === undefined || /^[a-z][a-z0-9-]*$/.test(id)) return id;
  throw new ApiRefusal('InvalidParameterValue', 'The parameter Marker is not a valid marker.');
}
