import { ApiRefusal } from '../../api-refusal';
import { formatArn } from '../arn';
import type { Fleet } from '../fleet';
import type { ParameterGroup, Parameter } from '../parameter-groups';
import type { QueryParameters } from '../../wire/query-parameters';
import type { XmlElements } from '../../wire/write-xml';
import type { Action, ActionCall } from './action';

const MOST_AT_ONCE = 20;

const rendered = ({ region, name, family, description }: ParameterGroup, { account }: Fleet): XmlElements => ({
  DBParameterGroupName: name,
  DBParameterGroupFamily: family,
  Description: description,
  DBParameterGroupArn: formatArn({ region, account, kind: 'pg', id: name }),
});

export const createDbParameterGroup: Action = {
  mutating: true,
  accepts: ['DBParameterGroupName', 'DBParameterGroupFamily', 'Description'],
  perform({ fleet, region, parameters }) {
    const name = parameters.required('DBParameterGroupName').toLowerCase();
    const family = parameters.required('DBParameterGroupFamily');
    const description = parameters.required('Description');
    if (fleet.parameterGroups.list(region).some((group) => group.name === name)) {
      throw new ApiRefusal('DBParameterGroupAlreadyExists', `Parameter group ${name} already exists`);
    }
    const group = { region, name, family, description, changed: new Map() };
    fleet.parameterGroups.put(group);
    return { DBParameterGroup: rendered(group, fleet) };
  },
};

export const describeDbParameterGroups: Action = {
  mutating: false,
  accepts: ['DBParameterGroupName'],
  perform({ fleet, region, parameters }) {
    const name = parameters.text('DBParameterGroupName');
    const groups =
      name === undefined ? fleet.parameterGroups.list(region) : [fleet.parameterGroups.get(region, name.toLowerCase())];
    return { DBParameterGroups: { DBParameterGroup: groups.map((group) => rendered(group, fleet)) } };
  },
};

/** A group of its own with the same parameters. RDS copies none of its default groups; the words were never seen live. */
export const copyDbParameterGroup: Action = {
  mutating: true,
  accepts: [
    ...['SourceDBParameterGroupIdentifier', 'TargetDBParameterGroupIdentifier', 'TargetDBParameterGroupDescription'],
  ],
  perform({ fleet, region, parameters }) {
    const source = fleet.parameterGroups.get(
      region,
      parameters.required('SourceDBParameterGroupIdentifier').toLowerCase(),
    );
    const name = parameters.required('TargetDBParameterGroupIdentifier').toLowerCase();
    const description = parameters.required('TargetDBParameterGroupDescription');
    if (source.name.startsWith('default.')) {
      throw new ApiRefusal('InvalidParameterValue', `Cannot copy default parameter group: ${source.name}`);
    }
    if (fleet.parameterGroups.list(region).some((group) => group.name === name)) {
      throw new ApiRefusal('DBParameterGroupAlreadyExists', `Parameter group ${name} already exists`);
    }
    const group = { ...source, name, description };
    fleet.parameterGroups.put(group);
    return { DBParameterGroup: rendered(group, fleet) };
  },
};

/** The parameters that were changed: what an engine's others are is not known here. */
export const describeDbParameters: Action = {
  mutating: false,
  accepts: ['DBParameterGroupName', 'Source'],
  perform({ fleet, region, parameters }) {
    const group = fleet.parameterGroups.get(region, parameters.required('DBParameterGroupName').toLowerCase());
    const source = parameters.text('Source') ?? 'user';
    const shown = source === 'user' ? [...group.changed.values()] : [];
    const Parameter = shown.map(({ name, value, method }) => ({
      ParameterName: name,
      ParameterValue: value,
      ApplyMethod: method,
      Source: 'user',
    }));
    return { Parameters: { Parameter } };
  },
};

/** Changes parameters of a group. Which of them are dynamic is not known here: the method that is given is believed. */
export const modifyDbParameterGroup: Action = {
  mutating: true,
  accepts: ['DBParameterGroupName', 'Parameters'],
  perform(call) {
    const { fleet, region, parameters } = call;
    const name = parameters.required('DBParameterGroupName').toLowerCase();
    const changes = parameters.structures('Parameters', 'Parameter').map(readParameter);
    if (changes.length === 0 || changes.length > MOST_AT_ONCE) {
      throw new ApiRefusal(
        'InvalidParameterValue',
        `Between 1 and ${MOST_AT_ONCE} parameters can be modified at once.`,
      );
    }
    fleet.parameterGroups.change(region, name, changes);
    applyTo(call, name, changes);
    return { DBParameterGroupName: name };
  },
};

/**
 * Gives parameters back the engine's values: those that are named, or all, and then after a restart.
 * The words of the refusals were never seen live.
 */
export const resetDbParameterGroup: Action = {
  mutating: true,
  accepts: ['DBParameterGroupName', 'ResetAllParameters', 'Parameters'],
  perform(call) {
    const { fleet, region, parameters } = call;
    const name = parameters.required('DBParameterGroupName').toLowerCase();
    const named = parameters.structures('Parameters', 'Parameter').map(readParameter);
    const all = parameters.flag('ResetAllParameters') ?? named.length === 0;
    if (all && named.length > 0) {
      throw new ApiRefusal('InvalidParameterCombination', 'Parameters cannot be named where all of them are reset.');
    }
    if (!all && (named.length === 0 || named.length > MOST_AT_ONCE)) {
      throw new ApiRefusal('InvalidParameterValue', `Between 1 and ${MOST_AT_ONCE} parameters can be reset at once.`);
    }
    const { changed } = fleet.parameterGroups.get(region, name);
    const waiting = [...changed.values()].map((parameter) => ({ ...parameter, method: 'pending-reboot' as const }));
    const resets = all ? waiting : named;
    fleet.parameterGroups.reset(
      region,
      name,
      resets.map((parameter) => parameter.name),
    );
    applyTo(call, name, resets);
    return { DBParameterGroupName: name };
  },
};

function readParameter(parameter: QueryParameters): Parameter {
  const method = parameter.text('ApplyMethod') === 'immediate' ? 'immediate' : 'pending-reboot';
  return { name: parameter.required('ParameterName'), value: parameter.all['ParameterValue'] ?? '', method };
}

function applyTo({ fleet, region }: ActionCall, group: string, changes: readonly Parameter[]): void {
  const waits = changes.some(({ method }) => method === 'pending-reboot');
  const users = fleet.instances.filter((user) => user.region === region && user.parameterGroup === group);
  for (const user of users) {
    // A restart that is waited for already is waited for still.
    const parameterStatus = waits || user.parameterStatus === 'pending-reboot' ? 'pending-reboot' : 'in-sync';
    fleet.change(user, { parameterStatus: 'applying' });
    fleet.changeLater(user, 'parameters', { parameterStatus });
    fleet.work(user, 'configure');
  }
}
