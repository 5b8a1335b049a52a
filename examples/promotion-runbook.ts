import { App, CfnOutput, Duration, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Origin, PromotionRunbook, ReplicatedInstance, ReplicationLagAlarms, WriterEndpoint } from 'db-understudy/aws';

/** Who is primary now, and whom promotions left behind. After one, these two lines are all that changes. */
interface Now {
  readonly primary: string;
  readonly retired?: readonly string[];
}

/** A database with a runbook where it can be promoted into, and one where it is, to plan moves and to come back. */
export function payments(app: App, { primary, retired = [] }: Now = { primary: 'oregon-a' }): ReplicatedInstance {
  const oregon = new Stack(app, 'payments-us-west-2', { env: { region: 'us-west-2' } });
  const ohio = new Stack(app, 'payments-us-east-2', { env: { region: 'us-east-2' } });
  const of = (id: string): 'kept' | undefined => (retired.includes(id) ? 'kept' : undefined);

  const database = new ReplicatedInstance(oregon, 'Payments', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of('17.6', '17') }),
    origin: Origin.create('oregon-a', {
      instanceType: new ec2.InstanceType('r7g.large'),
      storage: { allocated: Size.gibibytes(200) },
      multiAz: true,
      retired: of('oregon-a'),
    }),
    objectives: { lag: Duration.seconds(30), dataLoss: Duration.minutes(1), regionRecovery: Duration.minutes(30) },
    heartbeat: Duration.seconds(10),
    primary,
    vpc: networkIn(oregon),
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  });
  const vpc = networkIn(ohio);
  database.addReplica('ohio-a', {
    scope: ohio,
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    encryptionKey: new kms.Key(ohio, 'Key', { enableKeyRotation: true }),
    promotion: 2,
    retired: of('ohio-a'),
  });
  for (const stack of [oregon, ohio]) new ReplicationLagAlarms(stack, 'LagAlarms', { database });

  // Here it can ask the databases themselves, so that it can prove that the old primary takes no writes.
  const recovery = new PromotionRunbook(ohio, 'Runbook', {
    database,
    endpoints: [WriterEndpoint.parameter(), WriterEndpoint.secret('payments/app')],
    network: { vpc },
  });
  recovery.grantPlan(new iam.ManagedPolicy(ohio, 'Plans', { description: 'May look at payments' }));
  recovery.grantPromote(new iam.ManagedPolicy(ohio, 'Promotes', { description: 'May promote payments' }));
  new PromotionRunbook(oregon, 'Runbook', { database });

  // An application names the parameter, not a host: a promotion needs no deployment, and a deployment takes none back.
  new CfnOutput(ohio, 'Host', { value: WriterEndpoint.parameterName('payments') });
  return database;
}

/** Databases see nobody; the runbook has a way out, to RDS of the other Region. */
function networkIn(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['a', 'b'].map((zone) => `${stack.region}${zone}`),
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
  });
}

if (require.main === module) {
  const app = new App();
  payments(app);
  app.synth();
}
