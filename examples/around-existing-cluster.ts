import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { AlarmTopic, ClusterDashboard, ClusterLagAlarms, ClusterOrigin, GlobalDatabase } from 'db-understudy/aws';

/** Who takes writes at the moment. After a switchover, write it here. */
export interface AccountsNow {
  readonly primary: string;
}

const ENGINE = rds.DatabaseClusterEngine.auroraPostgres({
  version: rds.AuroraPostgresEngineVersion.of('16.8', '16'),
});

/** What a team has already: a cluster of its own making. */
class AccountsStack extends Stack {
  readonly vpc = new ec2.Vpc(this, 'Vpc', { natGateways: 0, flowLogs: { all: {} } });
  readonly cluster = new rds.DatabaseCluster(this, 'Database', {
    // The one thing that other Regions need: the name that it has already, as text.
    clusterIdentifier: 'accounts-2021',
    engine: ENGINE,
    writer: rds.ClusterInstance.provisioned('Writer', {
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE),
    }),
    readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
    vpc: this.vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    storageEncrypted: true,
    iamAuthentication: true,
    deletionProtection: true,
    backup: { retention: Duration.days(14) },
    cloudwatchLogsExports: ['postgresql'],
  });
}

/** A second Region around it. The team's own resources stay as they are. */
export function accounts(app: App, { primary }: AccountsNow = { primary: 'ohio' }): GlobalDatabase {
  const ohio = new AccountsStack(app, 'accounts-us-east-2', { env: { region: 'us-east-2' } });
  Validations.of(ohio.cluster).acknowledge(
    { id: 'AwsSolutions-RDS11', reason: 'Since 2021 applications connect to the usual port, inside the VPC only.' },
    { id: 'AwsSolutions-SMG4', reason: 'The team changes the password by hand, together with its batch jobs.' },
  );
  const oregon = new Stack(app, 'accounts-us-west-2', { env: { region: 'us-west-2' } });

  const database = new GlobalDatabase(ohio, 'Accounts', {
    engine: ENGINE,
    // CloudFormation cannot make an existing cluster global without replacing it: the stack's output has the command.
    origin: ClusterOrigin.existing('ohio', ohio.cluster),
    objectives: { lag: Duration.seconds(10), dataLoss: Duration.minutes(1), regionRecovery: Duration.minutes(30) },
    primary,
  });
  database.addSecondary(oregon, 'oregon', {
    vpc: new ec2.Vpc(oregon, 'Vpc', {
      natGateways: 0,
      flowLogs: { all: {} },
      subnetConfiguration: [{ name: 'databases', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    }),
    encryptionKey: new kms.Key(oregon, 'Key', { enableKeyRotation: true }),
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE),
    instances: { a: { tier: 0 }, b: {} },
    promotion: 2,
  });

  for (const stack of [ohio, oregon]) {
    const alarms = new AlarmTopic(stack, 'Alarms', { topicName: 'accounts-alarms' });
    alarms.allowEventBridge();
    new ClusterLagAlarms(stack, 'LagAlarms', { database, topic: alarms.topic });
    new ClusterDashboard(stack, 'Dashboard', { database, dashboardName: `accounts-${stack.region}` });
  }
  return database;
}

if (require.main === module) {
  const app = new App();
  accounts(app);
  app.synth();
}
