import { ApiRefusal } from '../../api-refusal';
import { parseArn } from '../arn';
import { canCascade, MAX_LEVELS, maxReplicas } from '../engine-abilities';
import type { Fleet } from '../fleet';
import type { Instance } from '../instance';
import { defaultParameterGroup } from '../instance-seed';
import { replicaCreationStages } from '../procedures';
import type { QueryParameters } from '../../wire/query-parameters';
import { answerWith, type Action, type ActionCall } from './action';
import { carriedSettings, CREATION_SETTINGS, creationSettings, newIdentifier, tagsOf } from './settings';

/** A replica, in the source's Region or in another. Backups are off at first; only Multi-AZ is not inherited. */
export const createDbInstanceReadReplica: Action = {
  mutating: true,
  // The signed address is for the source's Region, whose leave nobody asks here.
  accepts: [...CREATION_SETTINGS, 'SourceDBInstanceIdentifier', 'PreSignedUrl'],
  perform(call) {
    const { fleet, region, parameters, twist } = call;
    const id = newIdentifier(parameters);
    const source = namedSource(call);
    const settings = creationSettings(parameters);
    const carried = { ...inheritedSettings(source, region), ...carriedSettings(parameters) };
    const port = parameters.integer('Port', { min: 1150, max: 65_535 }) ?? source.endpoint.port;
    const tags = tagsOf(parameters);
    if (settings.parameterGroup !== undefined) fleet.parameterGroups.get(region, settings.parameterGroup);
    if (fleet.find(region, id)) throw new ApiRefusal('DBInstanceAlreadyExists', 'DB instance already exists');
    refuseAsSource(fleet, source);
    refuseEncryption(source, region, parameters);

    const { engine, engineVersion } = source;
    const bare = fleet.conceive({ region, id, engine, engineVersion, backupRetention: 0, tags });
    const replica = {
      ...bare,
      ...inherited(source, region),
      ...settings,
      carried,
      endpoint: { ...bare.endpoint, port },
      source: source.arn,
      replication: { status: 'replicating' as const, message: '' },
    };
    return answerWith(
      call,
      fleet.add(replica, { kind: 'creation', stages: replicaCreationStages(fleet.times), twist }),
    );
  },
};

/** By id in this Region, by ARN anywhere. */
function namedSource({ fleet, region, parameters }: ActionCall): Instance {
  const name = parameters.required('SourceDBInstanceIdentifier');
  const arn = parseArn(name);
  const found = arn ? fleet.byArn(name) : fleet.find(region, name.toLowerCase());
  if (found) return found;
  throw new ApiRefusal('DBInstanceNotFound', `DBInstance ${arn?.id ?? name.toLowerCase()} not found.`, 404);
}

function levelOf(fleet: Fleet, instance: Instance): number {
  const source = instance.source === undefined ? undefined : fleet.byArn(instance.source);
  return source ? 1 + levelOf(fleet, source) : 0;
}

/** What a source must be: facts/aws.md §3.1. The messages but the first two were never seen live. */
function refuseAsSource(fleet: Fleet, source: Instance): void {
  fleet.requireIdle(source, 'DB instance is not in the available state');
  if (source.backupRetention === 0) {
    throw new ApiRefusal(
      'InvalidDBInstanceState',
      'Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.',
    );
  }
  const limit = maxReplicas(source);
  if (fleet.replicasOf(source).length >= limit) {
    throw new ApiRefusal('InstanceQuotaExceeded', `The DB instance ${source.id} already has ${limit} read replicas.`);
  }
  if (source.source !== undefined && (!canCascade(source) || levelOf(fleet, source) >= MAX_LEVELS)) {
    throw new ApiRefusal('InvalidDBInstanceState', `The read replica ${source.id} can't have read replicas.`);
  }
}

function refuseEncryption(source: Instance, region: string, parameters: QueryParameters): void {
  const encrypted = source.carried['StorageEncrypted'] === 'true';
  if (!encrypted || source.region === region || parameters.text('KmsKeyId') !== undefined) return;
  throw new ApiRefusal(
    'InvalidParameterCombination',
    'Cannot create a cross region unencrypted read replica from encrypted source.',
  );
}

function inherited(source: Instance, region: string): Partial<Instance> {
  const { instanceClass, allocatedStorage, masterUsername, databaseName, engine, engineVersion } = source;
  const everywhere = { instanceClass, allocatedStorage, masterUsername, databaseName };
  if (source.region !== region) return { ...everywhere, parameterGroup: defaultParameterGroup(engine, engineVersion) };
  const { securityGroups, parameterGroup, subnetGroup } = source;
  return { ...everywhere, securityGroups, parameterGroup, subnetGroup };
}

/** A key is of one Region; that the storage is encrypted goes everywhere. */
function inheritedSettings({ carried, region: home }: Instance, region: string): Readonly<Record<string, string>> {
  const { KmsKeyId, ...rest } = carried;
  return home === region && KmsKeyId !== undefined ? { ...rest, KmsKeyId } : rest;
}
