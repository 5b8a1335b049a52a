import { CfnOutput, Fn, Stack, Tags, type Environment } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { UnderstudyError, type AwsRegion, type Topology } from '../topology';
import { AlarmTopic } from './alarm-topic';
import { ClusterDashboard } from './aurora/cluster-dashboard';
import type { IClusterDatabase } from './aurora/cluster-database';
import { ClusterLagAlarms } from './aurora/cluster-lag-alarms';
import { clustersOf } from './aurora/clusters-of';
import { DatabaseVpc } from './database-vpc';
import { refuseOtherCloud } from './refuse-other-cloud';
import { ReplicatedInstance } from './replicated-instance';
import { ReplicationDashboard } from './replication-dashboard';
import { ReplicationLagAlarms } from './replication-lag-alarms';
import type { PromotionRunbook } from './promotion-runbook';
import type { RegionalScope } from './topology-props';
import { topologyRunbooks, type RunbookPlace } from './topology-runbooks';

export interface TopologyStacksProps {
  readonly topology: Topology;
  /** Account to deploy to. @default - the account of the credentials with which it is deployed */
  readonly account?: string;
}

/**
 * A whole topology: one stack for each Region, with VPC, members, alarms, topic and dashboard in it.
 *
 * The stacks refer to each other by literal names only: any of them can be deployed while the Region of another is down.
 */
export class TopologyStacks extends Construct {
  /** The database of kind `cluster`, `global` or `multi-az-cluster`; undefined for one of instances. */
  readonly clusters?: IClusterDatabase;
  readonly #database?: ReplicatedInstance;
  /** By Region. */
  readonly stacks: ReadonlyMap<string, Stack>;
  /** By Region: those that the topology asks for. */
  readonly runbooks: ReadonlyMap<string, PromotionRunbook>;

  constructor(scope: Construct, id: string, { topology, account }: TopologyStacksProps) {
    super(scope, id);
    refuseOtherCloud(topology);
    const regions = new Map(
      regionsOf(topology).map((region) => [
        region,
        new RegionStack(scope, `${id}-${region}`, { topology, region, account }),
      ]),
    );
    const origin = topology.members.find(({ replicaOf }) => replicaOf === undefined);
    const home = regions.get(origin?.region ?? '');
    if (home === undefined) {
      throw new UnderstudyError(
        'origin-unknown',
        `the topology ${topology.name} has no origin; allowed: a checked topology; fix: make it with define() or parse()`,
      );
    }
    this.stacks = regions;
    const props = { topology, regions: Object.fromEntries(regions) };
    if (topology.kind !== 'instances') {
      const clusters = clustersOf(home, 'Database', props);
      this.clusters = clusters;
      const places = [...regions].map(([region, stack]) => [region, stack.watchClusters(clusters)] as const);
      this.runbooks = topologyRunbooks(clusters, topology, new Map(places));
      return;
    }
    const database = ReplicatedInstance.fromTopology(home, 'Database', props);
    this.#database = database;
    const places = new Map<string, RunbookPlace>();
    for (const [region, stack] of regions) places.set(region, stack.watch(database));
    this.runbooks = topologyRunbooks(database, topology, places);
  }

  /** @throws UnderstudyError for a topology of another kind than instances */
  get database(): ReplicatedInstance {
    if (this.#database !== undefined) return this.#database;
    throw new UnderstudyError(
      'kind-differs',
      `the members of ${this.clusters?.topologyName ?? 'the topology'} are clusters and no instances; allowed: database of the kind instances; fix: use clusters`,
    );
  }
}

/** Regions with members, and that of the origin, whose stack keeps the secret when the origin itself is long gone. */
function regionsOf({ members }: Topology): readonly string[] {
  const kept = members.filter(({ retired, replicaOf }) => retired !== 'removed' || replicaOf === undefined);
  return [...new Set(kept.map(({ region }) => region).filter((region) => region !== undefined))];
}

interface RegionStackProps {
  readonly topology: Topology;
  readonly region: string;
  readonly account?: string;
}

/** What of a topology is in one Region. */
class RegionStack extends Stack implements RegionalScope {
  readonly scope = this;
  readonly #props: RegionStackProps;
  readonly #settings: AwsRegion;
  #vpc?: ec2.IVpc;

  constructor(scope: Construct, id: string, props: RegionStackProps) {
    const { topology, region, account } = props;
    const env: Environment = { region, account };
    super(scope, id, {
      env,
      description: `${topology.name} in ${region}: members, alarms and dashboard`,
      terminationProtection: true,
    });
    this.#props = props;
    this.#settings = topology.aws.regions[region] ?? {};
    for (const [key, value] of Object.entries(topology.tags)) Tags.of(this).add(key, value);
  }

  /** Made when a member asks for it: a Region without members needs none. */
  get vpc(): ec2.IVpc {
    this.#vpc ??= this.#settings.vpc === undefined ? this.#newVpc() : this.#existingVpc(this.#settings.vpc);
    return this.#vpc;
  }

  /** Two zones are what a standby needs; asked for by CloudFormation, because looking them up at synthesis needs an account. */
  override get availabilityZones(): string[] {
    return [0, 1].map((index) => Fn.select(index, Fn.getAzs()));
  }

  watch(database: ReplicatedInstance): RunbookPlace {
    const { topology, region } = this.#props;
    const { alarmTopic } = this.#settings;
    const topic =
      alarmTopic === undefined
        ? new AlarmTopic(this, 'Alarms', { topicName: `${topology.name}-alarms`, emails: topology.aws.notify }).topic
        : sns.Topic.fromTopicArn(this, 'Alarms', alarmTopic);
    const lagAlarms = new ReplicationLagAlarms(this, 'LagAlarms', { database, topic });
    new ReplicationDashboard(this, 'Dashboard', { database, dashboardName: `${topology.name}-${region}` });
    for (const { memberId, resource, dbInstanceEndpointAddress } of database.members) {
      if (resource === undefined || Stack.of(resource) !== this) continue;
      new CfnOutput(this, `Endpoint-${memberId}`, {
        value: dbInstanceEndpointAddress,
        description: `Endpoint of ${memberId}`,
      });
    }
    return { stack: this, alarmTopic: topic, lagAlarms };
  }

  /** What {@link watch} is for instances. */
  watchClusters(database: IClusterDatabase): RunbookPlace {
    const { topology, region } = this.#props;
    const alarmTopic = this.#clusterTopic();
    new ClusterLagAlarms(this, 'LagAlarms', { database, topic: alarmTopic });
    new ClusterDashboard(this, 'Dashboard', { database, dashboardName: `${topology.name}-${region}` });
    for (const { memberId, resource, clusterEndpoint, clusterReadEndpoint } of database.members) {
      if (resource === undefined || Stack.of(resource) !== this) continue;
      const outputs = { Endpoint: clusterEndpoint, ReadEndpoint: clusterReadEndpoint };
      for (const [name, { hostname }] of Object.entries(outputs)) {
        new CfnOutput(this, `${name}-${memberId}`, { value: hostname, description: `${name} of ${memberId}` });
      }
    }
    return { stack: this, alarmTopic };
  }

  #clusterTopic(): sns.ITopic {
    const { topology } = this.#props;
    const { alarmTopic } = this.#settings;
    if (alarmTopic !== undefined) return sns.Topic.fromTopicArn(this, 'Alarms', alarmTopic);
    const made = new AlarmTopic(this, 'Alarms', { topicName: `${topology.name}-alarms`, emails: topology.aws.notify });
    made.allowEventBridge();
    return made.topic;
  }

  #newVpc(): ec2.IVpc {
    const { topology, region } = this.#props;
    return new DatabaseVpc(this, 'Network', { name: topology.name, cidr: this.#settings.cidr ?? usualCidr(region) })
      .vpc;
  }

  #existingVpc({ id, subnets }: NonNullable<AwsRegion['vpc']>): ec2.IVpc {
    return ec2.Vpc.fromVpcAttributes(this, 'Network', {
      vpcId: id,
      // Only counted, never looked at: RDS takes the zones from the subnets.
      availabilityZones: subnets.map((_, index) => Fn.select(index, Fn.getAzs())),
      isolatedSubnetIds: [...subnets],
    });
  }
}

/**
 * A range that depends on the Region alone, so that adding a member never moves a network. Two Regions may share one: give
 * `cidr` where networks are to be connected.
 */
function usualCidr(region: string): string {
  let sum = 7;
  for (let index = 0; index < region.length; index += 1) sum = (sum * 31 + region.charCodeAt(index)) % 240;
  return `10.${sum}.0.0/20`;
}
