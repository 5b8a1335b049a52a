import { ApiRefusal } from '../../api-refusal';
import type { Instance, Tag } from '../instance';
import type { QueryParameters } from '../../wire/query-parameters';

/** Settings that are told back as they were given, and do nothing. */
export const CARRIED: readonly string[] = [
  ...['StorageType', 'Iops', 'StorageThroughput', 'MaxAllocatedStorage', 'StorageEncrypted', 'KmsKeyId'],
  ...['AutoMinorVersionUpgrade', 'PubliclyAccessible', 'CopyTagsToSnapshot', 'LicenseModel', 'NetworkType'],
  ...['MonitoringInterval', 'MonitoringRoleArn', 'PerformanceInsightsKMSKeyId', 'PerformanceInsightsRetentionPeriod'],
  ...['CACertificateIdentifier', 'DedicatedLogVolume', 'PreferredBackupWindow', 'PreferredMaintenanceWindow'],
];

export function carriedSettings(parameters: QueryParameters): Readonly<Record<string, string>> {
  return Object.fromEntries(
    CARRIED.flatMap((name) => {
      const value = parameters.text(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const IDENTIFIER = /^[a-z](?:-?[a-z0-9]+)*$/;

/** The id for a new instance, in lower case as RDS keeps it. */
export function newIdentifier(parameters: QueryParameters): string {
  const id = parameters.required('DBInstanceIdentifier').toLowerCase();
  if (id.length <= 63 && IDENTIFIER.test(id)) return id;
  throw new ApiRefusal(
    'InvalidParameterValue',
    'The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.',
  );
}

export const backupRetention = (parameters: QueryParameters): number | undefined =>
  parameters.integer('BackupRetentionPeriod', { min: 0, max: 35 });

export const allocatedStorage = (parameters: QueryParameters): number | undefined =>
  parameters.integer('AllocatedStorage', { min: 5, max: 65_536 });

export function tagsOf(parameters: QueryParameters): readonly Tag[] {
  return parameters
    .structures('Tags', 'Tag')
    .map((tag) => ({ key: tag.required('Key'), value: tag.all['Value'] ?? '' }));
}

/** Later tags replace earlier ones of the same key. */
export const mergeTags = (before: readonly Tag[], added: readonly Tag[]): readonly Tag[] => [
  ...new Map([...before, ...added].map((tag) => [tag.key, tag])).values(),
];

/** Drops what was not given, so that a spread of it changes nothing. */
export function given<T extends object>(values: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof given<T>
  >;
}

/** What an instance is created with, beyond its name: the same parameters for an instance and for a replica. */
export function creationSettings(parameters: QueryParameters): Partial<Instance> {
  return given({
    instanceClass: parameters.text('DBInstanceClass'),
    allocatedStorage: allocatedStorage(parameters),
    availabilityZone: parameters.text('AvailabilityZone'),
    subnetGroup: parameters.text('DBSubnetGroupName'),
    multiAz: parameters.flag('MultiAZ'),
    deletionProtection: parameters.flag('DeletionProtection'),
    securityGroups: parameters.list('VpcSecurityGroupIds', 'VpcSecurityGroupId'),
    parameterGroup: parameters.text('DBParameterGroupName'),
  });
}

/** Names of the parameters that {@link creationSettings}, {@link carriedSettings} and {@link tagsOf} read. */
export const CREATION_SETTINGS: readonly string[] = [
  ...[
    'DBInstanceIdentifier',
    'DBInstanceClass',
    'AllocatedStorage',
    'AvailabilityZone',
    'DBSubnetGroupName',
    'MultiAZ',
  ],
  ...['DeletionProtection', 'VpcSecurityGroupIds', 'DBParameterGroupName', 'Port', 'Tags', ...CARRIED],
];
