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

const ENGINE = rds.DatabaseClusterEngine.auroraPostgres({
  version: rds.AuroraPostgresEngineVersion.of('16.8', '16'),
});
const SIZE = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE);
const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
/** Servers of each cluster: 15 readers in all, and the writer. */
const SERVERS = [6, 5, 5];
const DATABASES = 10;
/** Rounds, as in `synthesis.ts`. */
const RUNS = 8;
const LAG = 5;

type Program = (regions: readonly Stack[], vpcs: readonly ec2.IVpc[]) => void;

/** Time of ten global databases in three Regions with fifteen readers each, against the same with aws-cdk-lib alone. */
export function globalSynthesisFigures(): readonly Figure[] {
  [understudy, plain].forEach((program) => cost(program, DATABASES));
  const [ours, theirs] = [[] as number[], [] as number[]];
  const round = (): void => {
    ours.push(cost(understudy, DATABASES));
    theirs.push(cost(plain, DATABASES));
  };
  const baseline = `aws-cdk-lib, ${DATABASES} × 3 Regions, 15 readers`;
  return inRounds(RUNS, round, () => [
    { bench: 'global-synth-time', value: medianRatio(ours, theirs), limit: 1, baseline },
  ]);
}

/** Microseconds of processor time. */
function cost(program: Program, databases: number): number {
  const outdir = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  collectGarbage();
  const started = process.cpuUsage();
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (let index = 0; index < databases; index += 1) {
    const stacks = REGIONS.map((region) => new Stack(app, `db${index}-${region}`, { env: { region } }));
    program(stacks, stacks.map(networkOf));
  }
  app.synth();
  const { user, system } = process.cpuUsage(started);
  rmSync(outdir, { recursive: true });
  return user + system;
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
    new ec2.SecurityGroup(stack, 'Quarantine', { vpc, allowAllOutbound: false });
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
      parameterGroup: new rds.ParameterGroup(stack, 'Parameters', { engine: ENGINE }),
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      storageEncryptionKey: new kms.Key(stack, 'Key'),
      deletionProtection: true,
      iamAuthentication: true,
      cloudwatchLogsExports: ['postgresql'],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const template = cluster.node.defaultChild as rds.CfnDBCluster;
    template.globalClusterIdentifier = name;
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
    new cloudwatch.Alarm(stack, id, { alarmName: `${name}-${id}`, metric: of, threshold: LAG, evaluationPeriods: 3 });
  add('late', seconds(metric('AuroraGlobalDBRPOLag', cluster)));
  add('broken', seconds(metric('AuroraGlobalDBRPOLag', cluster)));
  add('silent', metric('AuroraGlobalDBRPOLag', cluster, 'SampleCount'));
  add('readers-late', seconds(metric('AuroraReplicaLagMaximum', cluster)));
  add('readers-silent', metric('AuroraReplicaLagMaximum', cluster, 'SampleCount'));
  for (const number of servers) {
    add(`i${number}-late`, seconds(metric('AuroraReplicaLag', { DBInstanceIdentifier: `${name}-i${number}` })));
  }
}
