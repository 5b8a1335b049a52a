import { CustomResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { instanceArn, type ReplicationMember } from './replication-member';
import type { ReplicatedInstance } from './replicated-instance';
import { RunbookFunction } from './runbook-function';
import type { BoundEndpoint } from './writer-endpoint';

export interface RunbookNamesResourceProps {
  readonly database: ReplicatedInstance;
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
    const look = new iam.PolicyStatement({ actions: ['rds:DescribeDBInstances'] });
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
        Writer: Lazy.any({ produce: () => placeOf(database.primary) }),
        Reader: Lazy.any({ produce: () => placeOf(readerOf(database, Stack.of(this).region)) }),
      },
    });
    // The policy first: else the function is called before it may do anything.
    resource.node.addDependency(made.role);
    database.onMember((member) => {
      look.addResources(instanceArn(member.physicalInstanceIdentifier, member.declared.region));
      if (member.resource?.stack === Stack.of(this)) resource.node.addDependency(member.resource);
    });
  }
}

/** A replica of the Region, else the primary: everybody can be read from there. */
function readerOf({ members, primary }: ReplicatedInstance, region: string): ReplicationMember {
  return members.find(({ role, declared }) => role === 'replica' && declared.region === region) ?? primary;
}

function placeOf({ declared, physicalInstanceIdentifier }: ReplicationMember): object {
  return { Identifier: physicalInstanceIdentifier, Region: declared.region };
}
