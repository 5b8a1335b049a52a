import { Arn, ArnFormat, Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IClusterDatabase } from './aurora/cluster-database';
import { clusterArn } from './aurora/cluster-member';
import type { MemberStatements } from './runbook-permissions';

/**
 * What a role may do with the clusters of one topology, by their literal names and in all of their Regions.
 *
 * Looking is allowed at every instance of those Regions: Aurora names the readers that it adds itself. Nothing may be deleted.
 * Never tried live: which of the groups beside a cluster RDS holds against a policy when backups alone are changed.
 */
export function clusterStatements(database: IClusterDatabase): MemberStatements {
  const { kind } = database.topology;
  const isGlobal = kind === 'global';
  const look = allow('rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'rds:DescribeDBClusterSnapshots');
  const lookAround = allow('cloudwatch:GetMetricData', 'rds:DescribeEvents');
  lookAround.addResources('*');
  const lookGlobal = allow('rds:DescribeGlobalClusters');
  const move = allow(...MOVES[kind === 'global' || kind === 'cluster' ? kind : 'multi-az-cluster']);
  const modify = allow('rds:ModifyDBCluster');
  const keep = allow('rds:CopyDBClusterSnapshot');
  const grantKey = allow('kms:CreateGrant', 'kms:DescribeKey');
  // A copy of an encrypted snapshot is encrypted with the same key, which RDS is granted by whoever asks for it.
  grantKey.addCondition('StringLike', { 'kms:ViaService': 'rds.*.amazonaws.com' });
  grantKey.addCondition('BoolIfExists', { 'kms:GrantIsForAWSResource': 'true' });
  if (isGlobal) {
    const name = database.topology.aws.globalIdentifier ?? database.topologyName;
    for (const each of [move, lookGlobal]) each.addResources(rdsArn('', 'global-cluster', name));
  }

  database.onMember(({ declared: { region, retired }, physicalClusterIdentifier: name }) => {
    const cluster = clusterArn(name, region);
    look.addResources(cluster, rdsArn(region, 'db', '*'));
    if (retired === 'removed') return;
    look.addResources(rdsArn(region, 'cluster-snapshot', '*'));
    move.addResources(cluster);
    modify.addResources(cluster, rdsArn(region, 'cluster-pg', '*'), rdsArn(region, 'og', '*'));
    // Those that Aurora makes before it overwrites an old primary, and their copies.
    for (const prefix of ['rds:', '']) {
      keep.addResources(rdsArn(region, 'cluster-snapshot', `${prefix}unplanned-global-failover-${name}-*`));
    }
    grantKey.addResources(keysIn(region));
  });
  return {
    reads: [look, lookAround, ...(isGlobal ? [lookGlobal] : [])],
    writes: [move, ...(kind === 'multi-az-cluster' ? [] : [modify]), ...(isGlobal ? [keep, grantKey] : [])],
  };
}

/** The calls that move a primary: inside each of them, and between them as they follow each other. */
const MOVES = {
  global: [
    ...['rds:FailoverDBCluster', 'rds:SwitchoverGlobalCluster', 'rds:FailoverGlobalCluster'],
    'rds:RemoveFromGlobalCluster',
  ],
  cluster: ['rds:FailoverDBCluster', 'rds:PromoteReadReplicaDBCluster'],
  'multi-az-cluster': ['rds:FailoverDBCluster'],
} as const;

function allow(...actions: readonly string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: [...actions] });
}

function rdsArn(region = Aws.REGION, resource: string, resourceName: string): string {
  return Arn.format({
    ...{ partition: Aws.PARTITION, service: 'rds', account: Aws.ACCOUNT_ID },
    ...{ region, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME },
  });
}

function keysIn(region = Aws.REGION): string {
  return Arn.format({
    ...{ partition: Aws.PARTITION, account: Aws.ACCOUNT_ID },
    ...{ service: 'kms', region, resource: 'key', resourceName: '*' },
  });
}
