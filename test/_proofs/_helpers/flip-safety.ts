import { isDeepStrictEqual } from 'node:util';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { resourcesIn, type PlacedResource, type Templates } from './templates';

const SPEC = loadAwsServiceSpecSync();

/** What an RDS instance is replaced for, always or sometimes: its CloudFormation schema, read on its own. */
const INSTANCE_IS_REPLACED_FOR = [
  ...['BackupTarget', 'CharacterSetName', 'CustomIAMInstanceProfile', 'DBClusterIdentifier', 'DBInstanceIdentifier'],
  ...['DBName', 'DBSubnetGroupName', 'DBSystemId', 'KmsKeyId', 'MasterUsername', 'NcharCharacterSetName'],
  ...['SourceRegion', 'StorageEncrypted', 'Timezone'],
  ...['AutoMinorVersionUpgrade', 'AvailabilityZone', 'BackupRetentionPeriod', 'DBClusterSnapshotIdentifier'],
  ...['DBParameterGroupName', 'DBSnapshotIdentifier', 'Engine', 'MultiAZ', 'PerformanceInsightsKMSKeyId'],
  ...['PreferredMaintenanceWindow', 'RestoreTime', 'SourceDBClusterIdentifier', 'SourceDBInstanceAutomatedBackupsArn'],
  ...['SourceDBInstanceIdentifier', 'SourceDbiResourceId', 'StorageType', 'UseLatestRestorableTime'],
];

/** The same of a cluster. A change of the last four detaches it from what it follows, or replaces it. */
const CLUSTER_IS_REPLACED_FOR = [
  ...['AvailabilityZones', 'ClusterScalabilityType', 'DBClusterIdentifier', 'DBSubnetGroupName', 'DBSystemId'],
  ...[
    'DatabaseName',
    'EngineMode',
    'KmsKeyId',
    'PubliclyAccessible',
    'RestoreToTime',
    'RestoreType',
    'SnapshotIdentifier',
  ],
  ...['SourceDBClusterIdentifier', 'SourceRegion', 'StorageEncrypted', 'UseLatestRestorableTime'],
  ...['Engine', 'MasterUsername', 'GlobalClusterIdentifier', 'ReplicationSourceIdentifier'],
];

/** And of a global database. */
const GLOBAL_IS_REPLACED_FOR = ['Engine', 'GlobalClusterIdentifier', 'SourceDBClusterIdentifier', 'StorageEncrypted'];

/** And of a custom endpoint, which is newer than the specification here. Its instances can be changed, but not taken away. */
const ENDPOINT_IS_REPLACED_FOR = ['DBClusterEndpointIdentifier', 'DBClusterIdentifier', 'StaticMembers'];

const MORE: Readonly<Record<string, readonly string[]>> = {
  'AWS::RDS::DBInstance': INSTANCE_IS_REPLACED_FOR,
  'AWS::RDS::DBCluster': CLUSTER_IS_REPLACED_FOR,
  'AWS::RDS::DBClusterEndpoint': ENDPOINT_IS_REPLACED_FOR,
  'AWS::RDS::GlobalCluster': GLOBAL_IS_REPLACED_FOR,
};

/** Everything of RDS, and whatever else keeps something that a promotion must not lose. */
const KEEPS = [
  ...[/^AWS::RDS::/, /^AWS::KMS::Key$/, /^AWS::SecretsManager::Secret$/, /^AWS::SNS::Topic$/],
  // A run that is under way must find its journal, its function and its name for the other half.
  ...[
    /^AWS::DynamoDB::Table$/,
    /^AWS::Lambda::Function$/,
    /^AWS::StepFunctions::StateMachine$/,
    /^AWS::SSM::Parameter$/,
  ],
];
const NETWORK = [/^AWS::EC2::(VPC|Subnet|SecurityGroup|RouteTable)$/];

function isKept({ Type }: PlacedResource): boolean {
  return [...KEEPS, ...NETWORK].some((pattern) => pattern.test(Type));
}

/** Properties whose change may replace a resource of that type. */
export function replacingProperties(type: string): ReadonlySet<string> {
  const [spec] = SPEC.lookup('resource', 'cloudFormationType', 'equals', type);
  if (spec === undefined && MORE[type] === undefined) throw new Error(`nothing is known of ${type}`);
  const listed = Object.entries(spec?.properties ?? {}).filter(
    ([, { causesReplacement = 'no' }]) => causesReplacement !== 'no',
  );
  const more = (spec?.additionalReplacementProperties ?? []).map(([name = '']) => name);
  return new Set([...listed.map(([name]) => name), ...more, ...(MORE[type] ?? [])]);
}

/** What the change from one set of templates to the next would remove or might replace of all that must be kept. */
export function damages(before: Templates, after: Templates): readonly string[] {
  const left = new Map(resourcesIn(after).map((resource) => [`${resource.stack}/${resource.logicalId}`, resource]));
  return resourcesIn(before)
    .filter(isKept)
    .flatMap((resource) => {
      const place = `${resource.stack}/${resource.logicalId}`;
      const now = left.get(place);
      if (now === undefined) return [`${place} (${resource.Type}) is removed`];
      if (now.Type !== resource.Type) return [`${place} (${resource.Type}) becomes ${now.Type}`];
      return replacingChanges(resource, now).map(
        (name) => `${place} (${resource.Type}) may be replaced: ${name} changes`,
      );
    });
}

function replacingChanges(before: PlacedResource, after: PlacedResource): readonly string[] {
  return [...replacingProperties(before.Type)].filter(
    (name) => !isDeepStrictEqual(before.Properties?.[name], after.Properties?.[name]),
  );
}
