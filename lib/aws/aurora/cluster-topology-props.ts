import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { UnderstudyError, type ClusterInstance, type Member, type Topology } from '../../topology';
import { cdkEngine } from '../engine';
import { refuseOtherCloud } from '../refuse-other-cloud';
import { refuseOtherKind } from '../refuse-other-kind';
import { KeysByRegion, objectivesOf, regionalScope, type FromTopologyProps } from '../topology-props';
import { ClusterOrigin } from './cluster-origin';
import type { ClusterInstanceProps, ClusterProps, ClusterSettings, SecondaryProps } from './cluster-props';
import type { GlobalDatabaseProps } from './global-database';

/** What a topology of clusters says, as the props of constructs. */
export interface ClusterTopologyProps {
  readonly database: GlobalDatabaseProps;
  readonly others: readonly { readonly id: string; readonly scope: Construct; readonly props: SecondaryProps }[];
}

/** Says with props what the topology says with words. `scope` is in the Region of the origin. */
export function clusterTopologyProps(
  scope: Construct,
  id: string,
  { topology, regions, kind }: FromTopologyProps & { readonly kind: 'cluster' | 'global' },
): ClusterTopologyProps {
  refuseOtherCloud(topology);
  refuseOtherKind(topology, kind);
  const keys = new KeysByRegion(id, topology, regions);
  const origin = topology.members.find(({ replicaOf }) => replicaOf === undefined);
  if (origin === undefined) {
    throw new UnderstudyError(
      'origin-unknown',
      `the topology ${topology.name} has no origin; allowed: a checked topology; fix: make it with define() or parse()`,
    );
  }
  const networkOf = (member: Member) => {
    if (member.retired === 'removed') return {};
    const { vpc, vpcSubnets } = regionalScope(regions, member);
    return { vpc, vpcSubnets };
  };
  return {
    database: {
      topologyName: topology.name,
      engine: clusterEngine(topology),
      origin: ClusterOrigin.create(origin.id, { ...clusterProps(origin, keys), encrypted: origin.encrypted }),
      objectives: objectivesOf(topology),
      primary: topology.primary,
      network: networkOf(origin),
      settings: settingsOf(topology),
    },
    others: topology.members
      .filter((member) => member !== origin)
      .map((member) => ({
        id: member.id,
        scope: member.retired === 'removed' ? scope : inHome(regionalScope(regions, member).scope, scope),
        props: {
          ...clusterProps(member, keys),
          replicaOf: member.replicaOf,
          ...networkOf(member),
          region: member.retired === 'removed' ? member.region : undefined,
        },
      })),
  };
}

/** The origin's own scope, where both are in one stack: its network is known there. */
function inHome(scope: Construct, home: Construct): Construct {
  return Stack.of(scope) === Stack.of(home) ? home : scope;
}

function clusterEngine({ engine, name }: Topology): rds.IClusterEngine {
  const found = cdkEngine(engine);
  if ('bindToCluster' in found) return found as rds.IClusterEngine;
  throw new UnderstudyError(
    'engine-unsuited',
    `the engine of ${name} is ${engine.name}; allowed: aurora-mysql or aurora-postgresql for clusters; fix: take one of these`,
  );
}

function clusterProps(member: Member, keys: KeysByRegion): ClusterProps {
  const { aws } = member;
  return {
    instances: Object.fromEntries((member.instances ?? []).map((each) => [each.id, instanceProps(each)])),
    instanceType: member.size === undefined ? undefined : instanceType(member.size),
    capacity: aws.capacity,
    readerScaling: aws.readerScaling,
    endpoints: aws.endpoints,
    storageType:
      member.storage.type === 'aurora-iopt1' ? rds.DBClusterStorageType.AURORA_IOPT1 : rds.DBClusterStorageType.AURORA,
    promotion: member.promotion,
    backupRetention: member.retentionDays === undefined ? undefined : Duration.days(member.retentionDays),
    engineVersion: member.version,
    encryptionKey: keys.of(member),
    rpo: aws.rpo === undefined ? undefined : Duration.seconds(aws.rpo),
    retired: member.retired,
    clusterIdentifier: aws.identifier,
  };
}

function instanceProps({ size, tier, identifier }: ClusterInstance): ClusterInstanceProps {
  const serverless = size === 'db.serverless';
  return {
    instanceType: serverless || size === undefined ? undefined : instanceType(size),
    serverless,
    tier,
    identifier,
  };
}

function instanceType(size: string): ec2.InstanceType {
  return new ec2.InstanceType(size.replace(/^db\./, ''));
}

function settingsOf({ aws }: Topology): ClusterSettings {
  return {
    username: aws.username,
    credentials: aws.credentials,
    databaseName: aws.database,
    port: aws.port,
    parameters: aws.parameters,
    insights: aws.insights,
    logExports: aws.logExports,
    iamAuthentication: aws.iamAuthentication,
    deletionProtection: aws.deletionProtection,
    writeForwarding: aws.writeForwarding,
    globalIdentifier: aws.globalIdentifier,
  };
}
