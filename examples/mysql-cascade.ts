import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { AlarmTopic, Origin, ReplicatedInstance, ReplicationDashboard, ReplicationLagAlarms } from 'db-understudy/aws';

/** Who is what at the moment. After a promotion, write it here. */
export interface CatalogNow {
  readonly primary: string;
  readonly retired?: readonly string[];
}

/** MySQL with one replica in another Region, from which all others there are fed: the ocean is crossed once. */
export function catalog(app: App, now: CatalogNow = { primary: 'frankfurt-a' }): ReplicatedInstance {
  const frankfurt = new Stack(app, 'catalog-eu-central-1', { env: { region: 'eu-central-1' } });
  const sydney = new Stack(app, 'catalog-ap-southeast-2', { env: { region: 'ap-southeast-2' } });
  const retired = (id: string) => (now.retired?.includes(id) === true ? 'kept' : undefined);

  const database = new ReplicatedInstance(frankfurt, 'Catalog', {
    engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.of('8.4.7', '8.4') }),
    origin: Origin.create('frankfurt-a', {
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.XLARGE),
      storage: { allocated: Size.gibibytes(500), growTo: Size.tebibytes(2) },
      multiAz: true,
      encryptionKey: new kms.Key(frankfurt, 'Key', { enableKeyRotation: true }),
      retired: retired('frankfurt-a'),
    }),
    objectives: { lag: Duration.seconds(60), dataLoss: Duration.minutes(5), regionRecovery: Duration.hours(1) },
    primary: now.primary,
    vpc: isolatedVpc(frankfurt, '10.0.0.0/20'),
    settings: { databaseName: 'catalog', parameters: { binlog_format: 'ROW' } },
  });
  database.addReplica('frankfurt-b', { promotion: 2, retired: retired('frankfurt-b') });
  database.addReplica('sydney-a', {
    scope: sydney,
    vpc: isolatedVpc(sydney, '10.1.0.0/20'),
    encryptionKey: new kms.Key(sydney, 'Key', { enableKeyRotation: true }),
    promotion: 3,
    retired: retired('sydney-a'),
  });
  database.addReplica('sydney-b', { scope: sydney, replicaOf: 'sydney-a', promotion: 4, retired: retired('sydney-b') });
  database.addReplica('sydney-search', { scope: sydney, replicaOf: 'sydney-a', retired: retired('sydney-search') });

  for (const stack of [frankfurt, sydney]) {
    const { topic } = new AlarmTopic(stack, 'Alarms', { topicName: 'catalog-alarms', emails: ['catalog@example.com'] });
    new ReplicationLagAlarms(stack, 'LagAlarms', { database, topic });
    new ReplicationDashboard(stack, 'Dashboard', { database, dashboardName: `catalog-${stack.region}` });
  }
  return database;
}

function isolatedVpc(stack: Stack, cidr: string): ec2.IVpc {
  return new ec2.Vpc(stack, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr(cidr),
    natGateways: 0,
    flowLogs: { all: {} },
    subnetConfiguration: [{ name: 'databases', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
}

if (require.main === module) {
  const app = new App();
  catalog(app);
  app.synth();
}
