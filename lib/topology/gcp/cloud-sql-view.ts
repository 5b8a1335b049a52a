import type { Member, MemberId } from '../topology';
import type { TopologyView } from '../topology-view';
import type { GcpMember, GcpTopology } from './gcp-topology';

const NOTHING: GcpMember = { flags: {}, network: {} };

/** What a topology means on Cloud SQL, looked up. */
export class CloudSqlView {
  readonly view: TopologyView;
  readonly gcp: GcpTopology;

  constructor(view: TopologyView, gcp: GcpTopology) {
    this.view = view;
    this.gcp = gcp;
  }

  get engine() {
    return this.view.topology.engine;
  }

  /** Members that still exist. */
  get present(): readonly Member[] {
    return this.view.topology.members.filter(({ retired }) => retired !== 'removed');
  }

  get primary(): Member | undefined {
    return this.view.hasPrimary ? this.view.primary : undefined;
  }

  get replicas(): readonly Member[] {
    return this.view.replicas;
  }

  /** The designated replica, when there is one of that id that takes part. */
  get drReplica(): Member | undefined {
    const member = this.gcp.drReplica === undefined ? undefined : this.view.get(this.gcp.drReplica);
    return member?.retired === undefined ? member : undefined;
  }

  of(member: Member): GcpMember {
    return member.gcp ?? NOTHING;
  }

  isPool(member: Member): boolean {
    return this.of(member).readPool !== undefined;
  }

  /** Who could be primary: it has a priority, is no pool, and takes part. */
  get electable(): readonly Member[] {
    return this.view.active.filter((member) => member.promotion !== 'never' && !this.isPool(member));
  }

  /** Nodes of a pool, the most there can be; 1 for any other member. */
  nodesOf(member: Member): number {
    const pool = this.of(member).readPool;
    return pool === undefined ? 1 : (pool.autoscale?.max ?? pool.nodes ?? 1);
  }

  /** All that replicates from the primary or from another replica; each node of a pool counts. */
  get replicaCount(): number {
    return this.replicas.reduce((sum, member) => sum + this.nodesOf(member), 0);
  }

  /** Who is to be primary after the switchover in progress. */
  get successor(): Member | undefined {
    const id: MemberId | undefined = this.gcp.transition?.to;
    return id === undefined ? undefined : this.view.get(id);
  }
}
