import { CfnResource, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { ClusterInstance, Engine, Member } from '../../topology';
import { rdsEngineName } from '../engine';

/**
 * The servers of a cluster. Of a new cluster the one that is made first becomes writer, so that all wait for the one of the
 * lowest tier: else a reader that is meant for something else may well be it.
 */
export function instanceTemplates(
  scope: Construct,
  cluster: rds.CfnDBCluster,
  { member, engine }: { readonly member: Member; readonly engine: Engine },
): readonly rds.CfnDBInstance[] {
  const byTier = (member.instances ?? []).toSorted((a, b) => (a.tier ?? 1) - (b.tier ?? 1));
  const servers = new Construct(scope, 'Instances');
  acknowledge(servers);
  const made = byTier.map((instance) => instanceTemplate(servers, cluster, { instance, engine }));
  const [first, ...others] = made;
  if (first !== undefined) for (const other of others) other.node.addDependency(first);
  return made;
}

function instanceTemplate(
  scope: Construct,
  cluster: rds.CfnDBCluster,
  { instance, engine }: { readonly instance: ClusterInstance; readonly engine: Engine },
): rds.CfnDBInstance {
  const server = new rds.CfnDBInstance(scope, instance.id, {
    dbInstanceIdentifier: instance.identifier,
    dbClusterIdentifier: cluster.ref,
    dbInstanceClass: instance.size,
    engine: rdsEngineName(engine),
    promotionTier: instance.tier,
    // The version is that of the cluster, and declared: Aurora must not change it in one server and not in another.
    autoMinorVersionUpgrade: false,
    publiclyAccessible: false,
  });
  server.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return server;
}

/** Once for all servers of a cluster: each acknowledgement takes a stack trace. */
function acknowledge(servers: Construct): void {
  Validations.of(servers).acknowledge(
    {
      id: 'AwsSolutions-RDS2',
      reason: 'Of an Aurora server, the data is in the cluster, which is encrypted or is reported as not.',
    },
    {
      id: 'AwsSolutions-RDS3',
      reason: 'An Aurora server is in one zone, and its data in three; what takes over are the other servers.',
    },
    { id: 'AwsSolutions-RDS10', reason: 'Deletion protection of an Aurora server is that of its cluster.' },
    { id: 'AwsSolutions-RDS11', reason: 'The port of an Aurora server is that of its cluster.' },
  );
}

/**
 * Custom endpoints of a cluster, each under its literal name. `aws-cdk-lib` has a construct for them since 2.274, which is more
 * than this package asks for.
 */
export function endpointTemplates(
  scope: Construct,
  cluster: rds.CfnDBCluster,
  { member, servers }: { readonly member: Member; readonly servers: readonly rds.CfnDBInstance[] },
): readonly CfnResource[] {
  const { aws, instances = [], id } = member;
  const nameOf = (instance: string) => instances.find((each) => each.id === instance)?.identifier ?? instance;
  return Object.entries(aws.endpoints ?? {}).map(([name, members]) => {
    const endpoint = new CfnResource(scope, `Endpoint-${name}`, {
      type: 'AWS::RDS::DBClusterEndpoint',
      properties: {
        DBClusterIdentifier: cluster.ref,
        DBClusterEndpointIdentifier: `${aws.identifier ?? id}-${name}`,
        // Whoever of them is writer at the moment answers as well: roles move.
        CustomEndpointType: 'ANY',
        StaticMembers: members.map(nameOf),
      },
    });
    endpoint.node.addDependency(...servers);
    return endpoint;
  });
}
