import { Arn, ArnFormat, Aws } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { masterSecretName } from './master-secret';
import { instanceArn, type ReplicationMember } from './replication-member';
import type { ReplicatedInstance } from './replicated-instance';
import { clusterStatements } from './runbook-cluster-permissions';
import { hasClusters, type RunbookDatabase } from './runbook-database';
import type { RunbookFunction } from './runbook-function';
import { acknowledgeWildcard } from './runbook-wildcards';
import type { BoundEndpoint } from './writer-endpoint';

/** What a role may do with the members of one topology, by their literal names and in all of their Regions. */
export interface MemberStatements {
  readonly reads: readonly iam.PolicyStatement[];
  readonly writes: readonly iam.PolicyStatement[];
}

/**
 * The statements, which grow with every member that is added later.
 *
 * Looking is allowed at every instance of the members' Regions: who follows a new primary is not always a member. Changing is
 * allowed to the members alone, and to what a run makes: replicas named after a member, and one parameter group for each.
 * Nothing may be deleted. Never tried live: which of the groups beside an instance RDS holds against a policy, so those that
 * a call may name are allowed as a whole; they are used, not changed.
 */
export function memberStatements(database: ReplicatedInstance): MemberStatements {
  const look = allow('rds:DescribeDBInstances', 'rds:DescribeDBParameters');
  const metrics = allow('cloudwatch:GetMetricData');
  metrics.addResources('*');
  const change = allow('rds:PromoteReadReplica', 'rds:ModifyDBInstance', 'rds:RebootDBInstance');
  const useGroups = allow('rds:ModifyDBInstance', 'rds:CreateDBInstanceReadReplica');
  const tag = allow('rds:AddTagsToResource', 'rds:RemoveTagsFromResource');
  tag.addCondition('ForAllValues:StringLike', { 'aws:TagKeys': ['understudy:*'] });
  const replicate = allow('rds:CreateDBInstanceReadReplica', 'rds:AddTagsToResource');
  replicate.addCondition('StringEquals', { 'aws:RequestTag/understudy:topology': database.topologyName });
  const freeze = allow('rds:CopyDBParameterGroup', 'rds:CreateDBParameterGroup', 'rds:ModifyDBParameterGroup');
  const copy = allow('rds:CopyDBParameterGroup');
  const grantKey = allow('kms:CreateGrant', 'kms:DescribeKey');
  // A replica in another Region is encrypted with a key of that Region, which RDS is granted by whoever asks for it.
  grantKey.addCondition('StringLike', { 'kms:ViaService': 'rds.*.amazonaws.com' });
  grantKey.addCondition('BoolIfExists', { 'kms:GrantIsForAWSResource': 'true' });

  database.onMember((member) => {
    const { region, retired } = member.declared;
    look.addResources(rdsArn(region, 'db', '*'), rdsArn(region, 'pg', '*'));
    if (retired === 'removed') return;
    const name = member.physicalInstanceIdentifier;
    change.addResources(instanceArn(name, region));
    tag.addResources(instanceArn(name, region));
    replicate.addResources(instanceArn(name, region));
    useGroups.addResources(...['pg', 'og', 'subgrp'].map((type) => rdsArn(region, type, '*')));
    freeze.addResources(rdsArn(region, 'pg', `${name}-freeze`));
    // The group of an instance that was brought along can have any name.
    copy.addResources(rdsArn(region, 'pg', member.existingResource === undefined ? `${database.topologyName}-*` : '*'));
    grantKey.addResources(keysIn(region));
  });
  // A new replica is named after the new primary, and is wherever the old one was.
  database.onMember(() => replicate.addResources(...newReplicas(database.members)));
  return { reads: [look, metrics], writes: [change, useGroups, tag, replicate, freeze, copy, grantKey] };
}

function newReplicas(members: readonly ReplicationMember[]): readonly string[] {
  const regions = new Set(members.map(({ declared }) => declared.region));
  return members
    .filter(({ declared }) => declared.promotion !== 'never' && declared.retired !== 'removed')
    .flatMap((member) => [...regions].map((region) => instanceArn(`${member.physicalInstanceIdentifier}-*`, region)));
}

function allow(...actions: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: [...actions] });
}

function keysIn(region = Aws.REGION): string {
  return Arn.format({
    ...{ partition: Aws.PARTITION, account: Aws.ACCOUNT_ID },
    ...{ service: 'kms', region, resource: 'key', resourceName: '*' },
  });
}

function rdsArn(region = Aws.REGION, resource: string, resourceName: string): string {
  return Arn.format({
    ...{ partition: Aws.PARTITION, account: Aws.ACCOUNT_ID, arnFormat: ArnFormat.COLON_RESOURCE_NAME },
    ...{ service: 'rds', region, resource, resourceName },
  });
}

/** The functions of a runbook, and what they work with. */
export interface RunbookGrants {
  readonly database: RunbookDatabase;
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  readonly endpoints: readonly BoundEndpoint[];
}

/** Everybody looks; the watch writes its own table; only what promotes may change a database or a name. */
export function grantRunbook(
  functions: Readonly<Record<'plan' | 'promote' | 'watch', RunbookFunction>>,
  { database, table, topic, endpoints }: RunbookGrants,
): void {
  const { plan, promote, watch } = functions;
  const members = hasClusters(database) ? clusterStatements(database) : memberStatements(database);
  const looks = [
    ...members.reads,
    ...endpoints.flatMap(({ reads }) => reads),
    ...(database.masterSecret === undefined ? [] : [readSecret(database)]),
    on(table.tableArn, 'dynamodb:GetItem', 'dynamodb:Query'),
  ];
  for (const each of [plan, promote, watch]) each.allow(...looks);
  watch.allow(on(table.tableArn, 'dynamodb:UpdateItem'));
  promote.allow(on(table.tableArn, 'dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'));
  promote.allow(...members.writes, ...endpoints.flatMap(({ writes }) => writes));
  // The watch tells of a run that nobody works on.
  for (const each of [promote, watch]) {
    topic.grantPublish(each.role);
    acknowledgeWildcard(each.role, 'Action', 'kms:GenerateDataKey*');
  }
  database.onMember(() => {
    for (const each of [plan, promote, watch]) each.acknowledgeWildcards();
  });
}

/** The copy of the Region. Secrets Manager ends every ARN in six characters that nobody chooses. */
function readSecret({ topologyName }: RunbookDatabase): iam.PolicyStatement {
  const arn = Arn.format({
    ...{ partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID, service: 'secretsmanager' },
    ...{ resource: 'secret', resourceName: `${masterSecretName(topologyName)}-??????` },
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return on(arn, 'secretsmanager:GetSecretValue');
}

function on(resource: string, ...actions: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}
