import { ApiRefusal } from '../../api-refusal';
import { creationStages } from '../procedures';
import { portOf } from '../engine-abilities';
import { answerWith, type Action } from './action';
import {
  backupRetention,
  carriedSettings,
  CREATION_SETTINGS,
  creationSettings,
  newIdentifier,
  tagsOf,
} from './settings';

/** An instance on its own. Only as much as it takes to have something to replicate. */
export const createDbInstance: Action = {
  mutating: true,
  accepts: [
    ...CREATION_SETTINGS,
    ...['Engine', 'EngineVersion', 'MasterUsername', 'MasterUserPassword', 'DBName', 'BackupRetentionPeriod'],
  ],
  perform(call) {
    const { fleet, region, parameters, twist } = call;
    const id = newIdentifier(parameters);
    const engine = parameters.required('Engine');
    parameters.required('DBInstanceClass');
    const settings = creationSettings(parameters);
    const retention = backupRetention(parameters) ?? 1;
    const port = parameters.integer('Port', { min: 1150, max: 65_535 }) ?? portOf(engine);
    const tags = tagsOf(parameters);
    if (settings.parameterGroup !== undefined) fleet.parameterGroups.get(region, settings.parameterGroup);
    if (fleet.find(region, id)) throw new ApiRefusal('DBInstanceAlreadyExists', 'DB instance already exists');

    const engineVersion = parameters.text('EngineVersion');
    const seed = { region, id, engine, backupRetention: retention, tags, ...(engineVersion ? { engineVersion } : {}) };
    const bare = fleet.conceive(seed);
    const instance = {
      ...bare,
      ...settings,
      carried: carriedSettings(parameters),
      endpoint: { ...bare.endpoint, port },
      masterUsername: parameters.text('MasterUsername') ?? bare.masterUsername,
      databaseName: parameters.text('DBName'),
    };
    const added = fleet.add(instance, { kind: 'creation', stages: creationStages(fleet.times, retention), twist });
    return answerWith(call, added);
  },
};
