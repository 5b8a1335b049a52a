import { Duration, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { TopologyView, UnderstudyError, type Member, type Topology } from '../topology';
import type { DatabaseSettings } from './database-settings';
import { cdkEngine } from './engine';
import type { MemberProps, MemberStorage, ReplicaProps } from './member-props';
import { Origin } from './origin';
import { refuseOtherCloud } from './refuse-other-cloud';
import { refuseOtherKind } from './refuse-other-kind';
import type { ReplicatedInstanceProps, ReplicationObjectives } from './replicated-instance';

/** One Region's stack and network. */
export interface RegionalScope {
  /** The stack of that Region, or any construct in it. */
  readonly scope: Construct;
  readonly vpc: ec2.IVpc;
  /** @default - isolated subnets if the VPC has any, else private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

export interface FromTopologyProps {
  readonly topology: Topology;
  /** By Region: one for every Region in which the topology has a member that is not removed. */
  readonly regions: Readonly<Record<string, RegionalScope>>;
}

/** What a topology says, as the props of constructs. */
export interface TopologyProps {
  readonly database: ReplicatedInstanceProps;
  /** Sources before their replicas. */
  readonly replicas: readonly { readonly id: string; readonly props: ReplicaProps }[];
}

/** Says with props what the topology says with words. `scope` is in the Region of the origin. */
export function topologyProps(scope: Construct, id: string, { topology, regions }: FromTopologyProps): TopologyProps {
  refuseOtherCloud(topology);
  refuseOtherKind(topology, 'instances');
  const keys = new KeysByRegion(id, topology, regions);
  const [origin, ...replicas] = inOrderOfLineage(new TopologyView(topology));
  if (origin?.size === undefined || origin.storage.gib === undefined) {
    throw new UnderstudyError(
      'origin-unknown',
      `the topology ${topology.name} has no origin with size and storage; allowed: a checked topology; fix: make it with define() or parse()`,
    );
  }
  return {
    database: {
      topologyName: topology.name,
      engine: cdkEngine(topology.engine),
      origin: Origin.create(origin.id, {
        ...memberProps(origin, keys),
        instanceType: instanceType(origin.size),
        storage: { ...storageProps(origin), allocated: Size.gibibytes(origin.storage.gib) },
        encrypted: origin.encrypted,
      }),
      objectives: objectivesOf(topology),
      primary: topology.primary,
      heartbeat: duration(topology.heartbeat),
      ...networkOf(origin, regions),
      settings: settingsOf(topology),
    },
    replicas: replicas.map((replica) => ({
      id: replica.id,
      props: {
        ...memberProps(replica, keys),
        replicaOf: replica.replicaOf,
        replicaMode: replica.aws.replicaMode,
        delay: duration(replica.aws.delay),
        ...networkOf(replica, regions),
        scope: scopeOf(replica, scope, regions),
        region: replica.retired === 'removed' ? replica.region : undefined,
      },
    })),
  };
}

export function objectivesOf({ objectives }: Topology): ReplicationObjectives {
  return {
    lag: Duration.seconds(objectives.lag),
    dataLoss: duration(objectives.dataLoss),
    recovery: duration(objectives.recovery.member),
    regionRecovery: duration(objectives.recovery.region),
  };
}

/** A removed member needs no network: nothing of it is in any template. */
function networkOf(
  member: Member,
  regions: FromTopologyProps['regions'],
): Pick<RegionalScope, 'vpcSubnets'> & { vpc?: ec2.IVpc } {
  if (member.retired === 'removed') return {};
  const { vpc, vpcSubnets } = regionalScope(regions, member);
  return { vpc, vpcSubnets };
}

function scopeOf(member: Member, origin: Construct, regions: FromTopologyProps['regions']): Construct | undefined {
  if (member.retired === 'removed') return undefined;
  const { scope } = regionalScope(regions, member);
  return Stack.of(scope) === Stack.of(origin) ? undefined : scope;
}

/** Sources before their replicas. */
function inOrderOfLineage(view: TopologyView): readonly Member[] {
  return view.topology.members.toSorted((a, b) => view.lineageOf(a).length - view.lineageOf(b).length);
}

export function regionalScope(regions: FromTopologyProps['regions'], { id, region = '' }: Member): RegionalScope {
  const found = regions[region];
  if (found !== undefined) return found;
  throw new UnderstudyError(
    'region-missing',
    `${id} is in ${region}, for which there is no scope; allowed: a scope and a VPC for each Region; fix: pass regions['${region}']`,
  );
}

function memberProps(member: Member, keys: KeysByRegion): MemberProps {
  return {
    instanceType: member.size === undefined ? undefined : instanceType(member.size),
    storage: storageProps(member),
    multiAz: member.standby === 'multi-az',
    promotion: member.promotion,
    backupRetention: member.retentionDays === undefined ? undefined : Duration.days(member.retentionDays),
    engineVersion: member.version,
    encryptionKey: keys.of(member),
    retired: member.retired,
    instanceIdentifier: member.aws.identifier,
  };
}

function storageProps({ storage }: Member): MemberStorage {
  return {
    allocated: storage.gib === undefined ? undefined : Size.gibibytes(storage.gib),
    type: enumValue(rds.StorageType, storage.type),
    iops: storage.iops,
    throughput: storage.throughput,
    growTo: storage.growTo === undefined ? undefined : Size.gibibytes(storage.growTo),
  };
}

export function settingsOf({ aws }: Topology): DatabaseSettings {
  return {
    username: aws.username,
    credentials: aws.credentials,
    databaseName: aws.database,
    port: aws.port,
    licenseModel: enumValue(rds.LicenseModel, aws.license),
    parameters: aws.parameters,
    insights: aws.insights,
    logExports: aws.logExports,
    iamAuthentication: aws.iamAuthentication,
    deletionProtection: aws.deletionProtection,
  };
}

function enumValue<T extends string>(values: Readonly<Record<string, T>>, text: string | undefined): T | undefined {
  return Object.values(values).find((value): boolean => value === text);
}

function instanceType(size: string): ec2.InstanceType {
  return new ec2.InstanceType(size.replace(/^db\./, ''));
}

function duration(seconds: number | undefined): Duration | undefined {
  return seconds === undefined ? undefined : Duration.seconds(seconds);
}

/** The keys that a topology names, one construct for each key and Region. */
export class KeysByRegion {
  readonly #id: string;
  readonly #topologyName: string;
  readonly #regions: FromTopologyProps['regions'];
  readonly #keys = new Map<string, kms.IKey>();

  constructor(id: string, topology: Topology, regions: FromTopologyProps['regions']) {
    this.#id = id;
    this.#topologyName = topology.name;
    this.#regions = regions;
  }

  of(member: Member): kms.IKey | undefined {
    const { key, region = '' } = member;
    if (key === undefined || member.retired === 'removed') return undefined;
    const name = `${region} ${key}`;
    const existing = this.#keys.get(name);
    if (existing !== undefined) return existing;
    const made = this.#make(key, regionalScope(this.#regions, member).scope);
    this.#keys.set(name, made);
    return made;
  }

  #make(key: string, scope: Construct): kms.IKey {
    if (key === 'create') {
      return new kms.Key(scope, `${this.#id}Key`, {
        alias: `understudy/${this.#topologyName}`,
        description: `Volumes of ${this.#topologyName}`,
        enableKeyRotation: true,
      });
    }
    const id = `${this.#id}Key-${key.replaceAll(/[^a-zA-Z0-9]/g, '-')}`;
    if (key.startsWith('arn:')) return kms.Key.fromKeyArn(scope, id, key);
    if (key.startsWith('alias/')) return kms.Alias.fromAliasName(scope, id, key);
    return kms.Key.fromKeyArn(
      scope,
      id,
      Stack.of(scope).formatArn({ service: 'kms', resource: 'key', resourceName: key }),
    );
  }
}
