import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Engine, Member } from '../../topology';
import { parameterGroupFamily, rdsEngineName } from '../engine';
import { canHaveInsights, ENGINE_DEFAULTS } from '../engine-defaults';
import { memberTags } from '../member-tags';
import { inOwnPartition } from '../own-partition';
import type { RegionalFoundation } from '../regional-foundation';
import type { ClusterSettings } from './cluster-props';

/** Days of Performance Insights that advanced Database Insights asks for. Source: Amazon Aurora User Guide, "Database Insights". */
const ADVANCED_INSIGHTS_DAYS = 465;

/** Above those of `Tags.of()`: the runbook reads them. */
const OWN_TAGS = 1000;

/** What the template of one cluster is made from. */
export interface ClusterTemplateProps {
  readonly member: Member;
  readonly engine: Engine;
  readonly settings: ClusterSettings;
  readonly foundation: RegionalFoundation;
  /** ARN, alias or id of the key. @default - the AWS managed key */
  readonly kmsKeyId?: string;
  /** Literal identifier of the global database that it belongs to, for ever: without it the cluster is detached. @default - none */
  readonly globalIdentifier?: string;
}

/** How the data of a cluster came to be. It stays so in the template for ever, whoever is primary. */
export type ClusterBeginning =
  /** It is new, with a master user. Undefined secret: RDS keeps the password. */
  | { readonly kind: 'created'; readonly secret?: secretsmanager.ISecret }
  /** It is a copy of the global database. */
  | { readonly kind: 'joined' }
  /** It follows another by binary log; the ARN has the literal name of that one in it. */
  | { readonly kind: 'replicated'; readonly sourceArn: string; readonly sourceRegion: string };

/**
 * A cluster without its servers. `MasterUsername`, `MasterUserPassword` and `DatabaseName` are only in the template of a
 * cluster that was created new: RDS refuses them on others, and CloudFormation would replace the cluster if they were added.
 */
export function clusterTemplate(
  scope: Construct,
  props: ClusterTemplateProps,
  beginning: ClusterBeginning,
): rds.CfnDBCluster {
  const { member, engine, settings } = props;
  const cluster = new rds.CfnDBCluster(scope, 'Resource', {
    ...commonProps(scope, props),
    ...(beginning.kind === 'created'
      ? {
          databaseName: settings.databaseName,
          masterUsername: settings.username ?? ENGINE_DEFAULTS[engine.name].username,
          // Resolved by CloudFormation at deployment; the template holds a reference.
          masterUserPassword: beginning.secret?.secretValueFromJson('password').unsafeUnwrap(),
          manageMasterUserPassword: beginning.secret === undefined ? true : undefined,
        }
      : {}),
    ...(beginning.kind === 'replicated'
      ? { replicationSourceIdentifier: beginning.sourceArn, sourceRegion: beginning.sourceRegion }
      : {}),
  });
  for (const { key, value } of memberTags(member, props.foundation)) cluster.tags.setTag(key, value, OWN_TAGS);
  cluster.applyRemovalPolicy(RemovalPolicy.RETAIN);
  acknowledge(cluster, engine);
  return cluster;
}

function commonProps(scope: Construct, props: ClusterTemplateProps): rds.CfnDBClusterProps {
  const { member, engine, settings, foundation } = props;
  const { capacity, identifier } = member.aws;
  const group = member.retired === undefined ? foundation.securityGroup : foundation.quarantineSecurityGroup;
  const forwarding = settings.writeForwarding ?? {};
  return {
    dbClusterIdentifier: identifier,
    globalClusterIdentifier: props.globalIdentifier,
    engine: rdsEngineName(engine),
    engineVersion: member.version,
    // Aurora has two types, of which the one is written by leaving it out.
    storageType: member.storage.type === 'aurora' ? undefined : member.storage.type,
    // Never tried live: that a secondary of a global database takes StorageEncrypted beside its key.
    // Of a cluster beside one that was imported, only its key may be known.
    storageEncrypted: member.encrypted ?? (props.kmsKeyId === undefined ? undefined : true),
    kmsKeyId: props.kmsKeyId === undefined ? undefined : inOwnPartition(props.kmsKeyId),
    backupRetentionPeriod: member.retentionDays,
    copyTagsToSnapshot: true,
    dbSubnetGroupName: foundation.subnetGroup.ref,
    dbClusterParameterGroupName: clusterParameters(scope, props).ref,
    vpcSecurityGroupIds: [group.securityGroupId],
    port: settings.port ?? ENGINE_DEFAULTS[engine.name].port,
    deletionProtection: settings.deletionProtection ?? true,
    enableIamDatabaseAuthentication: settings.iamAuthentication ?? true,
    enableCloudwatchLogsExports: [...(settings.logExports ?? ENGINE_DEFAULTS[engine.name].logExports)],
    serverlessV2ScalingConfiguration:
      capacity === undefined ? undefined : { minCapacity: capacity.min, maxCapacity: capacity.max },
    // On the primary both do nothing until it is a secondary: they need not follow the role.
    enableLocalWriteForwarding: forwarding.local === true ? true : undefined,
    enableGlobalWriteForwarding: forwarding.global === true ? true : undefined,
    ...insightsProps(settings.insights ?? usualInsights(props)),
  };
}

/** A group for each cluster: in a global database, `rds.global_db_rpo` differs between Regions. */
export function clusterParameters(
  scope: Construct,
  { member, engine, settings }: Pick<ClusterTemplateProps, 'member' | 'engine' | 'settings'>,
): rds.CfnDBClusterParameterGroup {
  const family = parameterGroupFamily({ ...engine, version: member.version ?? engine.version });
  const { rpo, identifier = member.id } = member.aws;
  return new rds.CfnDBClusterParameterGroup(scope, `Parameters-${family}`, {
    dbClusterParameterGroupName: `${identifier}-${family.replaceAll('.', '-')}`,
    description: `Parameters of ${identifier}`,
    family,
    parameters: {
      ...safeParameters(engine),
      ...settings.parameters,
      ...(rpo === undefined ? {} : { 'rds.global_db_rpo': String(rpo) }),
    },
  });
}

/** CloudFormation takes no empty set: what is said is that connections are encrypted, which is right in any case. */
function safeParameters({ name }: Engine): Readonly<Record<string, string>> {
  return name === 'aurora-mysql' || name === 'mysql' ? { require_secure_transport: 'ON' } : { 'rds.force_ssl': '1' };
}

/** It is turned on for all servers of a cluster, or for none. */
function usualInsights({ member, engine }: ClusterTemplateProps): 'standard' | 'off' {
  const sizes = (member.instances ?? []).map(({ size }) => size);
  return sizes.every((size) => canHaveInsights(engine.name, size)) ? 'standard' : 'off';
}

export function insightsProps(mode: ClusterSettings['insights']): rds.CfnDBClusterProps {
  if (mode === 'off') return {};
  return {
    performanceInsightsEnabled: true,
    databaseInsightsMode: mode,
    performanceInsightsRetentionPeriod: mode === 'advanced' ? ADVANCED_INSIGHTS_DAYS : undefined,
  };
}

function acknowledge(cluster: rds.CfnDBCluster, { name }: Engine): void {
  Validations.of(cluster).acknowledge({
    id: 'AwsSolutions-RDS11',
    reason:
      'The port is a setting; by default nobody can reach it, because the security group of the members lets nobody in.',
  });
  if (name !== 'aurora-mysql') return;
  Validations.of(cluster).acknowledge({
    id: 'AwsSolutions-RDS14',
    reason: 'Aurora has no backtracking for clusters of a global database, or for those that write a binary log.',
  });
}
