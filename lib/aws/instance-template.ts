import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { canAuthenticateByIam, usualRetention, type Engine, type Member } from '../topology';
import type { DatabaseSettings } from './database-settings';
import { rdsEngineName } from './engine';
import { canHaveInsights, ENGINE_DEFAULTS } from './engine-defaults';
import { isUnknown } from './known-values';
import { memberTags } from './member-tags';
import { inOwnPartition } from './own-partition';
import type { RegionalFoundation } from './regional-foundation';

/** Days of Performance Insights that advanced Database Insights asks for. Source: Amazon RDS User Guide, "Database Insights". */
const ADVANCED_INSIGHTS_DAYS = 465;

/** Above those of `Tags.of()`: the runbook reads them. */
const OWN_TAGS = 1000;

/** What the template of one member is made from. */
export interface InstanceTemplateProps {
  readonly member: Member;
  readonly engine: Engine;
  readonly settings: DatabaseSettings;
  readonly foundation: RegionalFoundation;
  /** ARN, alias or id of the key. @default - the AWS managed key */
  readonly kmsKeyId?: string;
}

/** What makes a member the origin in its template. It stays so in the template for ever, whoever is primary. */
export interface OriginTemplateProps extends InstanceTemplateProps {
  /** @default - RDS manages the password */
  readonly secret?: secretsmanager.ISecret;
}

/** What makes a member a replica in its template. It stays so in the template for ever, also after its promotion. */
export interface ReplicaTemplateProps extends InstanceTemplateProps {
  /** With the literal name of the source in it. */
  readonly sourceArn: string;
  /** @default - the source is in the same Region */
  readonly sourceRegion?: string;
}

/** The origin: an instance that is created with an engine, a user and an empty volume. */
export function originTemplate(scope: Construct, props: OriginTemplateProps): rds.CfnDBInstance {
  const { member, engine, settings, secret } = props;
  return create(scope, props, {
    ...commonProps(props),
    engine: rdsEngineName(engine),
    licenseModel: settings.licenseModel,
    allocatedStorage: member.storage.gib?.toString(),
    storageEncrypted: member.encrypted,
    kmsKeyId: keyOf(props),
    dbName: settings.databaseName,
    masterUsername: settings.username ?? ENGINE_DEFAULTS[engine.name].username,
    // Resolved by CloudFormation at deployment; the template holds a reference.
    masterUserPassword: secret?.secretValueFromJson('password').unsafeUnwrap(),
    manageMasterUserPassword: secret === undefined ? true : undefined,
  });
}

/**
 * A replica. `Engine`, `Master*`, `DBName` and `StorageEncrypted` are never in its template: CloudFormation refuses some of
 * them beside a source, and would replace the database if one of them were added after a promotion.
 */
export function replicaTemplate(scope: Construct, props: ReplicaTemplateProps): rds.CfnDBInstance {
  const { member, engine, sourceRegion } = props;
  const replica = create(scope, props, {
    ...commonProps(props),
    sourceDbInstanceIdentifier: props.sourceArn,
    sourceRegion,
    // Keys do not leave their Region; inside it, a replica takes its source's key.
    kmsKeyId: sourceRegion === undefined ? undefined : keyOf(props),
    replicaMode: member.aws.replicaMode,
    backupRetentionPeriod: speaksOfBackups(member, engine) ? member.retentionDays : undefined,
    // RDS refuses a size for replicas of SQL Server.
    allocatedStorage: engine.name === 'sqlserver' ? undefined : member.storage.gib?.toString(),
  });
  Validations.of(replica).acknowledge({
    id: 'AwsSolutions-RDS3',
    reason: 'A replica is a copy of its source already; whether it keeps a standby as well is said in the topology.',
  });
  // Of an unencrypted source, the replica is unencrypted indeed.
  if (member.encrypted !== false) {
    Validations.of(replica).acknowledge({
      id: 'AwsSolutions-RDS2',
      reason:
        'CloudFormation takes no StorageEncrypted beside a source: a replica is encrypted exactly when its source is.',
    });
  }
  return replica;
}

function commonProps({ member, engine, settings, foundation }: InstanceTemplateProps): rds.CfnDBInstanceProps {
  const { storage, version, size, aws } = member;
  const securityGroup = member.retired === undefined ? foundation.securityGroup : foundation.quarantineSecurityGroup;
  return {
    dbInstanceIdentifier: aws.identifier,
    dbInstanceClass: size,
    engineVersion: version,
    // The version is declared: RDS must not change it in one member and not in another.
    autoMinorVersionUpgrade: false,
    storageType: storage.type,
    iops: storage.iops,
    storageThroughput: storage.throughput,
    maxAllocatedStorage: storage.growTo,
    multiAz: member.standby === 'multi-az',
    backupRetentionPeriod: member.retentionDays,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    dbSubnetGroupName: foundation.subnetGroup.ref,
    dbParameterGroupName: foundation.parameterGroup(version, aws.delay).ref,
    vpcSecurityGroups: [securityGroup.securityGroupId],
    publiclyAccessible: false,
    port: settings.port?.toString(),
    deletionProtection: settings.deletionProtection ?? true,
    enableIamDatabaseAuthentication: authenticatesByIam(member, engine, settings) ? true : undefined,
    enableCloudwatchLogsExports: [...(settings.logExports ?? ENGINE_DEFAULTS[engine.name].logExports)],
    ...insightsProps(member, engine, settings),
  };
}

/**
 * Where a replica can keep no backups, its template speaks of them only when it is told to, which is after a promotion: the
 * promotion itself turns them on, and must need no other template for it.
 */
function speaksOfBackups({ version, retentionDays }: Member, engine: Engine): boolean {
  return retentionDays !== 0 || usualRetention(engine.name, isUnknown(version) ? undefined : version, false) > 0;
}

/** Whether IAM users can log in to a member. */
export function authenticatesByIam(member: Member, engine: Engine, settings: DatabaseSettings): boolean {
  return settings.iamAuthentication ?? canAuthenticateByIam(engine.name, member.version);
}

function insightsProps(member: Member, engine: Engine, settings: DatabaseSettings): rds.CfnDBInstanceProps {
  const mode = settings.insights ?? (canHaveInsights(engine.name, member.size) ? 'standard' : 'off');
  if (mode === 'off') return {};
  return {
    enablePerformanceInsights: true,
    databaseInsightsMode: mode,
    performanceInsightsRetentionPeriod: mode === 'advanced' ? ADVANCED_INSIGHTS_DAYS : undefined,
  };
}

/** The ARN of a key that exists is a literal; of one that is made here, a reference. */
function keyOf({ kmsKeyId }: InstanceTemplateProps): string | undefined {
  return kmsKeyId === undefined ? undefined : inOwnPartition(kmsKeyId);
}

function create(
  scope: Construct,
  { member, foundation }: InstanceTemplateProps,
  props: rds.CfnDBInstanceProps,
): rds.CfnDBInstance {
  const instance = new rds.CfnDBInstance(scope, 'Resource', props);
  for (const { key, value } of memberTags(member, foundation)) instance.tags.setTag(key, value, OWN_TAGS);
  instance.applyRemovalPolicy(RemovalPolicy.RETAIN);
  Validations.of(instance).acknowledge({
    id: 'AwsSolutions-RDS11',
    reason:
      'The port is a setting; by default nobody can reach it, because the security group of the members lets nobody in.',
  });
  return instance;
}
