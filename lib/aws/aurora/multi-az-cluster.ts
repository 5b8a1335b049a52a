import { RemovalPolicy, Token, Validations } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { Engine, Member, Topology } from '../../topology';
import type { DatabaseSettings } from '../database-settings';
import { rdsEngineName } from '../engine';
import { ENGINE_DEFAULTS } from '../engine-defaults';
import { MasterSecret } from '../master-secret';
import { memberTags } from '../member-tags';
import { inOwnPartition } from '../own-partition';
import { refuseOtherCloud } from '../refuse-other-cloud';
import { refuseOtherKind } from '../refuse-other-kind';
import { RegionalFoundation } from '../regional-foundation';
import { reportFindings } from '../report-findings';
import { tagDatabase } from '../tag-database';
import { KeysByRegion, regionalScope, settingsOf, type FromTopologyProps } from '../topology-props';
import { clusterParameters, insightsProps } from './cluster-template';
import type { IClusterDatabase } from './cluster-database';
import { ClusterMember } from './cluster-member';

/**
 * A Multi-AZ DB cluster of Amazon RDS for MySQL or PostgreSQL: one writer and two readers in three zones, which RDS keeps and
 * fails over by itself. Made from a topology of kind `multi-az-cluster`.
 */
export class MultiAzCluster extends Construct implements IClusterDatabase {
  static fromTopology(scope: Construct, id: string, props: FromTopologyProps): MultiAzCluster {
    refuseOtherCloud(props.topology);
    refuseOtherKind(props.topology, 'multi-az-cluster');
    const made = new MultiAzCluster(scope, id, props);
    tagDatabase(props.topology, { scopes: [made], memberOf: () => made.member });
    return made;
  }

  readonly topologyName: string;
  readonly primaryId: string;
  readonly topology: Topology;
  /** The cluster: an `rds.IDatabaseCluster`. */
  readonly member: ClusterMember;
  readonly masterSecret: rds.DatabaseSecret;

  private constructor(scope: Construct, id: string, { topology, regions }: FromTopologyProps) {
    super(scope, id);
    const [declared] = topology.members as [Member];
    const { engine } = topology;
    const settings = settingsOf(topology);
    const username = settings.username ?? ENGINE_DEFAULTS[engine.name].username;
    this.topology = topology;
    this.topologyName = topology.name;
    this.primaryId = topology.primary;
    this.masterSecret = new MasterSecret(this, 'Master', { topologyName: topology.name, username }).secret;
    const { vpc, vpcSubnets } = regionalScope(regions, declared);
    const port = settings.port ?? ENGINE_DEFAULTS[engine.name].port;
    const foundation = new RegionalFoundation(this, 'Region', {
      topologyName: topology.name,
      engine,
      port,
      vpc,
      vpcSubnets,
    });
    const kmsKeyId = new KeysByRegion(id, topology, regions).of(declared)?.keyArn;
    this.member = new ClusterMember(this, declared.id, {
      member: declared,
      role: 'primary',
      physicalName: declared.aws.identifier ?? declared.id,
      bind: (memberScope, nameOf) => {
        const secret = this.masterSecret;
        const resource = template(memberScope, { member: declared, engine, settings, foundation, kmsKeyId, secret });
        const endpoint = (address: string) => new rds.Endpoint(address, Token.asNumber(resource.attrEndpointPort));
        return {
          identifier: nameOf(resource.ref),
          endpoint: endpoint(resource.attrEndpointAddress),
          readEndpoint: endpoint(resource.attrReadEndpointAddress),
          resourceIdentifier: resource.attrDbClusterResourceId,
          instanceIdentifiers: [],
          connections: foundation.connections,
          resource,
          secret,
        };
      },
    });
    this.masterSecret.attach(this.member);
    this.node.addValidation({ validate: () => reportFindings(this, topology) });
  }

  get members(): readonly ClusterMember[] {
    return [this.member];
  }

  onMember(callback: (member: ClusterMember) => void): void {
    callback(this.member);
  }

  /** It is in one Region: no other can be forgotten. */
  markWatched(): void {
    return;
  }
}

interface TemplateProps {
  readonly member: Member;
  readonly engine: Engine;
  readonly settings: DatabaseSettings;
  readonly foundation: RegionalFoundation;
  readonly kmsKeyId?: string;
  readonly secret: rds.DatabaseSecret;
}

function template(scope: Construct, props: TemplateProps): rds.CfnDBCluster {
  const { member, engine, settings, foundation, secret } = props;
  const { storage } = member;
  const isFree = member.retired === undefined;
  const cluster = new rds.CfnDBCluster(scope, 'Resource', {
    dbClusterIdentifier: member.aws.identifier,
    dbClusterInstanceClass: member.size,
    engine: rdsEngineName(engine),
    engineVersion: member.version,
    autoMinorVersionUpgrade: false,
    storageType: storage.type,
    allocatedStorage: storage.gib,
    iops: storage.iops,
    storageEncrypted: member.encrypted,
    kmsKeyId: props.kmsKeyId === undefined ? undefined : inOwnPartition(props.kmsKeyId),
    databaseName: settings.databaseName,
    masterUsername: settings.username ?? ENGINE_DEFAULTS[engine.name].username,
    // Resolved by CloudFormation at deployment; the template holds a reference.
    masterUserPassword: secret.secretValueFromJson('password').unsafeUnwrap(),
    backupRetentionPeriod: member.retentionDays,
    copyTagsToSnapshot: true,
    dbSubnetGroupName: foundation.subnetGroup.ref,
    dbClusterParameterGroupName: clusterParameters(scope, props).ref,
    vpcSecurityGroupIds: [(isFree ? foundation.securityGroup : foundation.quarantineSecurityGroup).securityGroupId],
    port: settings.port ?? ENGINE_DEFAULTS[engine.name].port,
    publiclyAccessible: false,
    deletionProtection: settings.deletionProtection ?? true,
    enableIamDatabaseAuthentication: settings.iamAuthentication ?? true,
    enableCloudwatchLogsExports: [...(settings.logExports ?? ENGINE_DEFAULTS[engine.name].logExports)],
    ...insightsProps(settings.insights ?? 'standard'),
  });
  for (const { key, value } of memberTags(member, foundation)) cluster.tags.setTag(key, value, 1000);
  cluster.applyRemovalPolicy(RemovalPolicy.RETAIN);
  Validations.of(cluster).acknowledge({
    id: 'AwsSolutions-RDS11',
    reason: 'The port is a setting; by default nobody can reach it, because the security group lets nobody in.',
  });
  return cluster;
}
