import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ClusterLagAlarms, ClusterOrigin, GlobalDatabase } from '../lib/aws';
import { collectGarbage } from './collect-garbage';
import type { Figure } from './figure';
import { inRounds } from './in-rounds';
import { medianRatio } from './median-ratio';
import { threadTime } from './thread-time';

const ENGINE = rds.DatabaseClusterEngine.auroraPostgres({
  version: rds.AuroraPostgresEngineVersion.of('16.8', '16'),
});
const SIZE = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE);
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
/** Servers of each cluster: 15 readers in all, and the writer. */
const SERVERS = [6, 5, 5];
const DATABASES = 10;
/** Rounds, as in `synthesis.ts`; each in the other order than the one before, so that neither always runs on the heap of the other. */
const RUNS = 12;
const LAG = 5;

type Program = (regions: readonly Stack[], vpcs: readonly ec2.IVpc[]) => void;

/** Time of ten global databases in three Regions with fifteen readers each, against the same with aws-cdk-lib alone. */
export function globalSynthesisFigures(): readonly Figure[] {
  const measured = [
    { program: understudy, costs: [] as number[] },
    { program: plain, costs: [] as number[] },
  ] as const;
  // Before anything counts: what is compiled and what is loaded when first used.
  for (const { program } of [...measured, ...measured]) cost(program, DATABASES);
  const [ours, theirs] = [measured[0].costs, measured[1].costs];
  const round = (): void => {
    const order = ours.length % 2 === 0 ? measured : measured.toReversed();
    for (const { program, costs } of order) costs.push(cost(program, DATABASES));
  };
  const baseline = `aws-cdk-lib, ${DATABASES} × 3 Regions, 15 readers`;
  return inRounds(RUNS, round, () => [
    { bench: 'global-synth-time', ...medianRatio(ours, theirs), limit: 1, baseline },
  ]);
}

/** In microseconds. */
function cost(program: Program, databases: number): number {
  const outdir = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  collectGarbage();
  const started = threadTime();
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (let index = 0; index < databases; index += 1) {
    const stacks = REGIONS.map((region) => new Stack(app, `db${index}-${region}`, { env: { region } }));
    program(stacks, stacks.map(networkOf));
  }
  app.synth();
  const taken = threadTime() - started;
  rmSync(outdir, { recursive: true });
  return taken;
}

function networkOf(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['a', 'b'],
    isolatedSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
}

function nameOf(stack: Stack): string {
  return stack.stackName.split('-')[0] ?? '';
}

const understudy: Program = ([home, ...others], [vpc, ...vpcs]) => {
  if (home === undefined) return;
  const instances = (count = 0) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`i${index}`, {}]));
  const common = { instanceType: SIZE, promotion: 1 };
  const database = new GlobalDatabase(home, 'Database', {
    topologyName: nameOf(home),
    engine: ENGINE,
    origin: ClusterOrigin.create('m0', {
      ...common,
      instances: instances(SERVERS[0]),
      encryptionKey: new kms.Key(home, 'Key'),
    }),
    objectives: { lag: Duration.seconds(LAG) },
    network: { vpc },
  });
  others.forEach((stack, index) => {
    database.addSecondary(stack, `m${index + 1}`, {
      ...common,
      vpc: vpcs[index],
      instances: instances(SERVERS[index + 1]),
      encryptionKey: new kms.Key(stack, 'Key'),
    });
  });
  for (const stack of [home, ...others]) new ClusterLagAlarms(stack, 'LagAlarms', { database });
};

/** The same as one writes it with L2s where there are some, which is for clusters with a master user, and L1s elsewhere. */
const plain: Program = (stacks, vpcs) => {
  stacks.forEach((stack, index) => {
    const vpc = vpcs[index];
    if (vpc === undefined) return;
    const name = nameOf(stack);
    if (index === 0) {
      new rds.CfnGlobalCluster(stack, 'Global', {
        globalClusterIdentifier: name,
        engine: 'aurora-postgresql',
        engineVersion: '16.8',
        storageEncrypted: true,
      });
    }
    const servers = Array.from({ length: SERVERS[index] ?? 0 }, (_, number) => number);
    const [members] = ['members', 'quarantine'].map(
      (group) =>
        new ec2.SecurityGroup(stack, group, {
          vpc,
          allowAllOutbound: false,
          securityGroupName: `${name}-${group}`,
          description: `${name}: ${group}`,
        }),
    );
    const [, ...readers] = servers;
    const server = (number: number) =>
      rds.ClusterInstance.provisioned(`i${number}`, {
        instanceType: SIZE,
        promotionTier: 1,
        instanceIdentifier: `${name}-m${index}-i${number}`,
        autoMinorVersionUpgrade: false,
      });
    const cluster = new rds.DatabaseCluster(stack, 'Cluster', {
      clusterIdentifier: `${name}-m${index}`,
      engine: ENGINE,
      writer: server(0),
      readers: readers.map(server),
      parameterGroup: new rds.ParameterGroup(stack, 'Parameters', {
        engine: ENGINE,
        name: `${name}-aurora-postgresql16`,
      }),
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      securityGroups: members && [members],
      backup: { retention: Duration.days(7) },
      databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
      storageEncryptionKey: new kms.Key(stack, 'Key'),
      deletionProtection: true,
      iamAuthentication: true,
      cloudwatchLogsExports: ['postgresql'],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const template = cluster.node.defaultChild as rds.CfnDBCluster;
    template.globalClusterIdentifier = name;
    for (const key of ['member', 'quarantine', 'topology']) template.tags.setTag(`understudy:${key}`, `${name}-${key}`);
    alarmsOf(stack, { name: `${name}-m${index}`, servers });
  });
};

function alarmsOf(
  stack: Stack,
  { name, servers }: { readonly name: string; readonly servers: readonly number[] },
): void {
  const metric = (metricName: string, dimensionsMap: Record<string, string>, statistic = 'Maximum') =>
    new cloudwatch.Metric({ namespace: 'AWS/RDS', metricName, dimensionsMap, statistic, period: Duration.minutes(1) });
  const seconds = (ms: cloudwatch.Metric) =>
    new cloudwatch.MathExpression({ expression: 'ms / 1000', usingMetrics: { ms }, period: Duration.minutes(1) });
  const cluster = { DBClusterIdentifier: name };
  const add = (id: string, of: cloudwatch.IMetric) =>
    new cloudwatch.Alarm(stack, id, {
      alarmName: `${name}-${id}`,
      alarmDescription: `${name} is more than ${LAG}s behind, or nothing has been heard of it. Look for its load.`,
      metric: of,
      threshold: LAG,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  add('late', seconds(metric('AuroraGlobalDBRPOLag', cluster)));
  add('broken', seconds(metric('AuroraGlobalDBRPOLag', cluster)));
  add('silent', metric('AuroraGlobalDBRPOLag', cluster, 'SampleCount'));
  add('readers-late', seconds(metric('AuroraReplicaLagMaximum', cluster)));
  add('readers-silent', metric('AuroraReplicaLagMaximum', cluster, 'SampleCount'));
  for (const number of servers) {
    add(`i${number}-late`, seconds(metric('AuroraReplicaLag', { DBInstanceIdentifier: `${name}-i${number}` })));
  }
}
