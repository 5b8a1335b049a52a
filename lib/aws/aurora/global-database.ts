import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { UnderstudyError, type MemberId, type Topology } from '../../topology';
import { clusterEngineFrom, rdsEngineName } from '../engine';
import { ENGINE_DEFAULTS } from '../engine-defaults';
import { tagDatabase } from '../tag-database';
import type { FromTopologyProps } from '../topology-props';
import { ClusterDatabase, type ClusterDatabaseOptions, type IClusterDatabase } from './cluster-database';
import type { ClusterMember } from './cluster-member';
import type { ClusterSettings, SecondaryProps } from './cluster-props';
import { clusterTopologyProps } from './cluster-topology-props';

/** All that a global database is made from. */
export type GlobalDatabaseProps = ClusterDatabaseOptions;

/**
 * An Aurora Global Database: a cluster in each of several Regions, one of which takes writes.
 *
 * Nothing in the templates says who that is. The global cluster never names a source, and each cluster names the global one
 * by a literal, for ever: CloudFormation takes a name that is gone, or another one, for an order to detach or to replace.
 *
 * Delete in this order, for which deletion protection has to be off: servers and clusters of secondaries, then of the
 * primary, then the global cluster. Everything is retained when a stack is deleted.
 */
export class GlobalDatabase extends Construct implements IClusterDatabase {
  /** The database that a topology of kind `global` describes. */
  static fromTopology(scope: Construct, id: string, props: FromTopologyProps): GlobalDatabase {
    const { database, others } = clusterTopologyProps(scope, id, { ...props, kind: 'global' });
    const made = new GlobalDatabase(scope, id, database);
    for (const other of others) made.addSecondary(other.scope, other.id, other.props);
    const scopes = [made, ...made.#clusters.regions.elsewhere];
    tagDatabase(props.topology, { scopes, memberOf: (memberId) => made.member(memberId) });
    return made;
  }

  readonly topologyName: string;
  readonly primaryId: MemberId;
  /** Literal identifier of the global database. */
  readonly globalIdentifier: string;
  /** The global database in the template. Undefined around an existing cluster. */
  readonly resource?: rds.CfnGlobalCluster;
  /** The master user's secret, when it is made here. */
  readonly masterSecret?: secretsmanager.ISecret;

  readonly #clusters: ClusterDatabase;
  readonly #port: number;

  constructor(scope: Construct, id: string, props: GlobalDatabaseProps) {
    super(scope, id);
    const { engine, origin, settings = {}, network = {} } = props;
    this.topologyName = props.topologyName ?? id.toLowerCase();
    this.globalIdentifier = settings.globalIdentifier ?? this.topologyName;
    this.resource = origin.isExisting ? undefined : this.#globalCluster(engine, settings);
    const { topologyName } = this;
    const { objectives, primary } = props;
    const declared = { topologyName, engine, origin, network, settings, objectives, primary };
    this.#clusters = new ClusterDatabase(this, { kind: 'global', ...declared });
    this.primaryId = this.#clusters.primaryId;
    this.masterSecret = this.#clusters.masterSecret?.secret;
    this.#port = settings.port ?? ENGINE_DEFAULTS[clusterEngineFrom(engine).name].port;
    const first = this.#clusters.member(origin.id);
    if (this.resource !== undefined) {
      first.resource?.node.addDependency(this.resource);
      this.resource.storageEncrypted = first.declared.encrypted;
    }
    this.#outputs(first);
  }

  /**
   * Adds a cluster in the Region of another stack. Without instances it is headless: the data without a server.
   *
   * @throws UnderstudyError when its id is taken, or the Region has no VPC yet.
   */
  addSecondary(scope: Construct, id: MemberId, props: SecondaryProps): ClusterMember {
    return this.#clusters.addCluster(scope, id, props);
  }

  /**
   * Leads to whoever takes writes, in any Region. Undefined around an existing cluster, which is made global outside.
   *
   * Never tried live: CloudFormation's validator (F6101) does not know the attribute behind it. So it is in the template only
   * where somebody asks for it here; the output `WriterEndpointCommand` is there in any case.
   */
  get writerEndpoint(): rds.Endpoint | undefined {
    if (this.resource === undefined) return undefined;
    return new rds.Endpoint(this.resource.getAtt('GlobalEndpoint.Address').toString(), this.#port);
  }

  /** @throws UnderstudyError when there is no such cluster */
  member(id: MemberId): ClusterMember {
    return this.#clusters.member(id);
  }

  get members(): readonly ClusterMember[] {
    return this.#clusters.members;
  }

  get topology(): Topology {
    return this.#clusters.topology;
  }

  onMember(callback: (member: ClusterMember) => void): void {
    this.#clusters.onMember(callback);
  }

  markWatched(region: string): void {
    this.#clusters.markWatched(region);
  }

  #globalCluster(engine: rds.IClusterEngine, settings: ClusterSettings): rds.CfnGlobalCluster {
    if (settings.credentials === 'rds-managed') {
      throw new UnderstudyError(
        'managed-password-in-global',
        `the master password of ${this.topologyName} is to be managed by RDS; allowed: self-managed, in a global database; fix: leave credentials out`,
      );
    }
    const resource = new rds.CfnGlobalCluster(this, 'Global', {
      globalClusterIdentifier: this.globalIdentifier,
      engine: rdsEngineName(clusterEngineFrom(engine)),
      engineVersion: clusterEngineFrom(engine).version,
      deletionProtection: settings.deletionProtection ?? true,
    });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return resource;
  }

  #outputs(first: ClusterMember): void {
    const { region } = Stack.of(this);
    new CfnOutput(this, 'WriterEndpointCommand', {
      value: `aws rds describe-global-clusters --region ${region} --global-cluster-identifier ${this.globalIdentifier} --query 'GlobalClusters[0].Endpoint' --output text`,
      description: `Tells the name that leads to whoever takes writes of ${this.topologyName}; it never changes`,
    });
    if (this.resource !== undefined) return;
    new CfnOutput(this, 'MakeGlobal', {
      value: `aws rds create-global-cluster --region ${region} --global-cluster-identifier ${this.globalIdentifier} --source-db-cluster-identifier ${first.clusterArn}`,
      description:
        'To be run once, before the first secondary is deployed: CloudFormation cannot do it without a replacement',
    });
  }
}
