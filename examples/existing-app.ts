import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Origin, ReplicatedInstance, ReplicationLagAlarms } from 'db-understudy/aws';

/** Who is what at the moment. After a promotion, write it here. */
export interface BillingNow {
  readonly primary: string;
  readonly retired?: readonly string[];
}

/** What a team has already: a VPC, a database of its own making, an application that logs in to it. */
class BillingStack extends Stack {
  readonly vpc = new ec2.Vpc(this, 'Vpc', { natGateways: 1, flowLogs: { all: {} } });
  readonly instance = new rds.DatabaseInstance(this, 'Database', {
    // The one thing to add for replicas in other Regions: the name that it has already, as text.
    instanceIdentifier: 'billing-2019',
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of('16.10', '16') }),
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
    vpc: this.vpc,
    allocatedStorage: 100,
    storageType: rds.StorageType.GP3,
    storageEncrypted: true,
    multiAz: true,
    backupRetention: Duration.days(14),
    iamAuthentication: true,
    deletionProtection: true,
  });
  readonly application = new iam.Role(this, 'Application', {
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
  });
}

/** Replicas and alarms around it. The team's own resources stay as they are. */
export function billing(app: App, now: BillingNow = { primary: 'ohio-a' }): ReplicatedInstance {
  const ohio = new BillingStack(app, 'billing-us-east-2', { env: { region: 'us-east-2' } });
  Validations.of(ohio.instance).acknowledge(
    { id: 'AwsSolutions-RDS11', reason: 'Since 2019 applications connect to the usual port, inside the VPC only.' },
    { id: 'AwsSolutions-SMG4', reason: 'The team changes the password by hand, together with its two batch jobs.' },
  );
  const oregon = new Stack(app, 'billing-us-west-2', { env: { region: 'us-west-2' } });
  const retired = (id: string) => (now.retired?.includes(id) === true ? 'kept' : undefined);

  const database = new ReplicatedInstance(ohio, 'Billing', {
    engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.of('16.10', '16') }),
    origin: Origin.existing('ohio-a', ohio.instance, { retired: retired('ohio-a') }),
    objectives: { lag: Duration.minutes(1), dataLoss: Duration.minutes(5), regionRecovery: Duration.hours(1) },
    heartbeat: Duration.seconds(30),
    primary: now.primary,
    vpc: ohio.vpc,
  });
  const reports = database.addReplica('ohio-reports', { retired: retired('ohio-reports') });
  database.addReplica('oregon-a', {
    scope: oregon,
    vpc: new ec2.Vpc(oregon, 'Vpc', {
      natGateways: 0,
      flowLogs: { all: {} },
      subnetConfiguration: [{ name: 'databases', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    }),
    encryptionKey: kms.Alias.fromAliasName(oregon, 'Key', 'alias/aws/rds'),
    promotion: 2,
    multiAz: true,
    retired: retired('oregon-a'),
  });

  // A member is an rds.IDatabaseInstance: connections, grants and metrics are those of any other.
  reports.connections.allowDefaultPortFrom(ohio.instance, 'Foreign tables');
  reports.grantConnect(ohio.application, 'reports');

  // Where the on-call team publishes the topic of each Region.
  const topic = (stack: Stack) =>
    sns.Topic.fromTopicArn(stack, 'OnCall', ssm.StringParameter.valueForStringParameter(stack, '/on-call/topic-arn'));
  new ReplicationLagAlarms(ohio, 'LagAlarms', { database, topic: topic(ohio) });
  new ReplicationLagAlarms(oregon, 'LagAlarms', { database, topic: topic(oregon) });
  return database;
}

if (require.main === module) {
  const app = new App();
  billing(app);
  app.synth();
}
