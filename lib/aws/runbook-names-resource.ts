import { CustomResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { IClusterDatabase } from './aurora/cluster-database';
import { clusterArn, type ClusterMember } from './aurora/cluster-member';
import { instanceArn, type ReplicationMember } from './replication-member';
import type { ReplicatedInstance } from './replicated-instance';
import { hasClusters, type RunbookDatabase } from './runbook-database';
import { RunbookFunction } from './runbook-function';
import type { BoundEndpoint } from './writer-endpoint';

export interface RunbookNamesResourceProps {
  readonly database: RunbookDatabase;
  readonly functionName: string;
  readonly endpoints: readonly BoundEndpoint[];
}

/**
 * Makes the names that are not there yet, with the address of who has the role at that time. What is there is left alone, at
 * every later deployment and also when the stack is deleted: nothing is read from another Region then.
 */
export class RunbookNamesResource extends Construct {
  constructor(scope: Construct, id: string, { database, functionName, endpoints }: RunbookNamesResourceProps) {
    super(scope, id);
    const made = new RunbookFunction(this, 'Function', {
      handler: 'names',
      functionName,
      description: `Makes the names of ${database.topologyName} that are not there yet`,
      environment: {},
      hasRecords: endpoints.some(({ setting }) => setting.kind === 'record'),
      timeout: Duration.minutes(2),
    });
    const action = hasClusters(database) ? 'rds:DescribeDBClusters' : 'rds:DescribeDBInstances';
    const look = new iam.PolicyStatement({ actions: [action] });
    const overwrite = new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: ['ssm:PutParameter'],
      resources: ['*'],
      conditions: { StringEquals: { 'ssm:Overwrite': 'true' } },
    });
    made.allow(look, overwrite, ...endpoints.flatMap(({ reads, writes }) => [...reads, ...writes]));
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::UnderstudyNames',
      serviceToken: made.function.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: {
        Endpoints: Stack.of(this).toJsonString(endpoints.map(({ setting }) => setting)),
        // Members may still be added, the primary too.
        Writer: Lazy.any({ produce: () => writerPlace(database) }),
        Reader: Lazy.any({ produce: () => readerPlace(database, Stack.of(this).region) }),
      },
    });
    // The policy first: else the function is called before it may do anything.
    resource.node.addDependency(made.role);
    database.onMember((member: ReplicationMember | ClusterMember) => {
      look.addResources(arnOf(member));
      if (member.resource?.stack === Stack.of(this)) resource.node.addDependency(member.resource);
    });
  }
}

function arnOf(member: ReplicationMember | ClusterMember): string {
  return 'physicalClusterIdentifier' in member
    ? clusterArn(member.physicalClusterIdentifier, member.declared.region)
    : instanceArn(member.physicalInstanceIdentifier, member.declared.region);
}

function writerPlace(database: RunbookDatabase): object {
  return hasClusters(database) ? clusterPlace(primaryOf(database)) : placeOf(database.primary);
}

function readerPlace(database: RunbookDatabase, region: string): object {
  return hasClusters(database)
    ? clusterPlace(clusterIn(database, region) ?? primaryOf(database))
    : placeOf(readerOf(database, region));
}

const primaryOf = ({ members, primaryId }: IClusterDatabase): ClusterMember | undefined =>
  members.find(({ memberId }) => memberId === primaryId);

/** Readers read in their own Region, whoever is primary. */
const clusterIn = ({ members }: IClusterDatabase, region: string): ClusterMember | undefined =>
  members.find(({ declared }) => declared.region === region && declared.retired === undefined);

/** All values of properties are texts. */
function clusterPlace(member: ClusterMember | undefined): object {
  return { Identifier: member?.physicalClusterIdentifier, Region: member?.declared.region, IsCluster: 'true' };
}

/** A replica of the Region, else the primary: everybody can be read from there. */
function readerOf({ members, primary }: ReplicatedInstance, region: string): ReplicationMember {
  return members.find(({ role, declared }) => role === 'replica' && declared.region === region) ?? primary;
}

function placeOf({ declared, physicalInstanceIdentifier }: ReplicationMember): object {
  return { Identifier: physicalInstanceIdentifier, Region: declared.region };
}
