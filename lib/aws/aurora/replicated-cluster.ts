import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { MemberId, Topology } from '../../topology';
import { tagDatabase } from '../tag-database';
import type { FromTopologyProps } from '../topology-props';
import { ClusterDatabase, type ClusterDatabaseOptions, type IClusterDatabase } from './cluster-database';
import type { ClusterMember } from './cluster-member';
import type { SecondaryProps } from './cluster-props';
import { clusterTopologyProps } from './cluster-topology-props';

/** All that a cluster is made from. */
export type ReplicatedClusterProps = ClusterDatabaseOptions;

/**
 * An Aurora cluster with its readers; of Aurora MySQL, with clusters in other Regions that follow it by binary log.
 *
 * Who of its servers is writer is said nowhere: Aurora moves that by itself.
 */
export class ReplicatedCluster extends Construct implements IClusterDatabase {
  /** The database that a topology of kind `cluster` describes. */
  static fromTopology(scope: Construct, id: string, props: FromTopologyProps): ReplicatedCluster {
    const { database, others } = clusterTopologyProps(scope, id, { ...props, kind: 'cluster' });
    const made = new ReplicatedCluster(scope, id, database);
    for (const other of others) made.addReplicaCluster(other.id, { ...other.props, scope: other.scope });
    const scopes = [made, ...made.#clusters.regions.elsewhere];
    tagDatabase(props.topology, { scopes, memberOf: (memberId) => made.member(memberId) });
    return made;
  }

  readonly topologyName: string;
  readonly primaryId: MemberId;
  /** The master user's secret, when it is made here. */
  readonly masterSecret?: secretsmanager.ISecret;

  readonly #clusters: ClusterDatabase;

  constructor(scope: Construct, id: string, props: ReplicatedClusterProps) {
    super(scope, id);
    this.topologyName = props.topologyName ?? id.toLowerCase();
    const { topologyName } = this;
    const { network = {}, settings = {} } = props;
    this.#clusters = new ClusterDatabase(this, { ...props, kind: 'cluster', topologyName, network, settings });
    this.primaryId = this.#clusters.primaryId;
    this.masterSecret = this.#clusters.masterSecret?.secret;
  }

  /**
   * Adds a cluster of Aurora MySQL that follows another by binary log, as a rule in another Region's stack.
   *
   * @throws UnderstudyError when its source is not there yet, its id is taken, or the Region has no VPC yet.
   */
  addReplicaCluster(id: MemberId, props: SecondaryProps & { readonly scope: Construct }): ClusterMember {
    return this.#clusters.addCluster(props.scope, id, props);
  }

  /** @throws UnderstudyError when there is no such cluster */
  member(id: MemberId): ClusterMember {
    return this.#clusters.member(id);
  }

  /** The cluster that takes writes now: an `rds.IDatabaseCluster`. */
  get primary(): ClusterMember {
    return this.member(this.primaryId);
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
}
