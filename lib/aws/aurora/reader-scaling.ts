import { Stack } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { Member } from '../../topology';

/** Per cent of the processors of all readers, where nothing else is said. */
const USUAL_CPU = 60;

/**
 * Readers that Aurora adds and takes away. Those that it adds are in promotion tier 15: they never become writer while one of
 * the declared ones is left. Source: Amazon Aurora User Guide, "Amazon Aurora Auto Scaling with Aurora Replicas".
 */
export function readerScaling(
  scope: Construct,
  cluster: rds.CfnDBCluster,
  { member, servers }: { readonly member: Member; readonly servers: readonly rds.CfnDBInstance[] },
): void {
  const wish = member.aws.readerScaling;
  if (wish?.max === undefined) return;
  const declared = Math.max(0, (member.instances ?? []).length - 1);
  const target = new scaling.ScalableTarget(scope, 'Readers', {
    serviceNamespace: scaling.ServiceNamespace.RDS,
    scalableDimension: 'rds:cluster:ReadReplicaCount',
    resourceId: `cluster:${member.aws.identifier ?? cluster.ref}`,
    minCapacity: wish.min ?? declared,
    maxCapacity: wish.max,
    role: serviceRole(scope),
  });
  target.node.addDependency(...servers);
  target.scaleToTrackMetric('Load', {
    policyName: `${member.aws.identifier ?? member.id}-readers`,
    predefinedMetric:
      wish.connections === undefined
        ? scaling.PredefinedMetric.RDS_READER_AVERAGE_CPU_UTILIZATION
        : scaling.PredefinedMetric.RDS_READER_AVERAGE_DATABASE_CONNECTIONS,
    targetValue: wish.connections ?? wish.cpu ?? USUAL_CPU,
  });
}

/** The one that Auto Scaling has for Aurora, and makes when it is needed first: one of our own would not be used. */
function serviceRole(scope: Construct): iam.IRole {
  const name = 'rds.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_RDSCluster';
  const arn = Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource: 'role/aws-service-role',
    resourceName: name,
  });
  return iam.Role.fromRoleArn(scope, 'ReadersRole', arn, { mutable: false });
}
