import { VirtualClock } from '../../../../lib/rehearsal';
import type { XmlElements } from '../../../../lib/rehearsal/wire/write-xml';

/** A cluster as this cloud has it. */
export interface Cluster {
  readonly id: string;
  readonly region: string;
  servers: { readonly id: string; readonly tier: number; status: string }[];
  writer: string | undefined;
  status: string;
  sync: 'connected' | 'pending-resync';
  retention: number;
  isProtected: boolean;
  /** Whom it follows by binary log. */
  source: string | undefined;
}

export interface Snapshot {
  readonly id: string;
  readonly cluster: string;
  readonly region: string;
  readonly at: number;
}

/** How one call ends otherwise than it should. */
export interface Fault {
  readonly action: string;
  /** `lost`: it has its effect, and nobody hears of it. `dropped`: neither. `refused`: by RDS. */
  readonly how: 'lost' | 'dropped' | 'refused';
  times: number;
}

export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const arnOf = ({ region, id }: Pick<Cluster, 'region' | 'id'>): string =>
  `arn:aws:rds:${region}:123456789012:cluster:${id}`;

/**
 * Aurora as its user guide describes it: what a call begins takes its time, is told by events, and goes on while nobody looks.
 * Time passes on a virtual clock, in seconds.
 */
export class AuroraCloud {
  readonly clock = new VirtualClock();
  readonly clusters: Cluster[] = [];
  /** Undefined: there is no global database. */
  global: { readonly id: string; readonly hasEndpoint: boolean; members: string[]; writer: string } | undefined;
  moving: { readonly status: string; readonly from: string; readonly to: string } | undefined;
  readonly events: { readonly region: string; readonly at: number; readonly message: string }[] = [];
  readonly snapshots: Snapshot[] = [];
  readonly dead = new Set<string>();
  readonly faults: Fault[] = [];
  /** What was changed, as `region Action`. */
  readonly changes: string[] = [];
  /** What becomes of the fence of the next move. */
  fence: 'succeeded' | 'timed out' | 'untold' = 'succeeded';
  /** How far a server, or a cluster in its global database, is behind, in milliseconds, at a time in seconds. Who is not in it: 40. */
  readonly lags = new Map<string, (at: number) => number>();
  /** Seconds until a member is made anew. */
  resyncTakes = 1200;
  #tasks: { readonly at: number; readonly act: () => void }[] = [];

  now(): number {
    this.#live();
    return this.clock.now() / 1000;
  }

  cluster(id: string): Cluster {
    const found = this.clusters.find((each) => each.id === id);
    if (found === undefined) throw new Refused('DBClusterNotFoundFault', `DBCluster ${id} not found.`);
    return found;
  }

  add(id: string, region: string, servers: readonly string[], more: Partial<Cluster> = {}): Cluster {
    const cluster: Cluster = {
      ...{ id, region, writer: servers[0], status: 'available', sync: 'connected' as const },
      ...{ retention: 7, isProtected: true, source: undefined },
      servers: servers.map((server, tier) => ({ id: server, tier, status: 'available' })),
      ...more,
    };
    this.clusters.push(cluster);
    return cluster;
  }

  after(seconds: number, act: () => void): void {
    this.#tasks.push({ at: this.clock.now() / 1000 + seconds, act });
  }

  tell(region: string, message: string): void {
    this.events.push({ region, at: this.clock.now() / 1000, message });
  }

  /** What a move across Regions does, step by step. */
  move(targetArn: string, isPlanned: boolean): void {
    const { global } = this;
    const target = this.clusters.find((each) => arnOf(each) === targetArn);
    if (global === undefined || target === undefined || !global.members.includes(target.id)) {
      throw new Refused('DBClusterNotFoundFault', `DBCluster ${targetArn} not found.`);
    }
    const old = this.cluster(global.writer);
    if (target.servers.length === 0 || target.sync !== 'connected' || this.moving !== undefined || target === old) {
      throw new Refused('InvalidGlobalClusterStateFault', 'The global cluster is in an invalid state.');
    }
    this.moving = { status: isPlanned ? 'switching-over' : 'failing-over', from: arnOf(old), to: targetArn };
    // Aurora tells where the old primary is, or where the new one is when that cannot be reached.
    const region = this.dead.has(old.region) ? target.region : old.region;
    if (this.fence !== 'untold') {
      const verdict = this.fence;
      const sentence = `Attempt to block writes for DB cluster ${old.id} in Region ${old.region} ${verdict}.`;
      this.after(20, () => this.tell(region, sentence));
    }
    this.after(60, () => {
      global.writer = target.id;
      if (!isPlanned) old.sync = 'pending-resync';
    });
    this.after(80, () => (this.moving = undefined));
    this.after(95, () =>
      this.tell(target.region, 'Aurora finished changing the DNS name that the global writer endpoint resolves to.'),
    );
    if (isPlanned) return;
    const name = `rds:unplanned-global-failover-${old.id}-2030`;
    this.after(300, () => this.snapshots.push({ ...this.#place(old), id: name, at: this.clock.now() / 1000 }));
    this.after(this.resyncTakes, () => (old.sync = 'connected'));
  }

  failOverInside(id: string, server: string): void {
    const cluster = this.cluster(id);
    if (cluster.status !== 'available' || !cluster.servers.some((each) => each.id === server)) {
      throw new Refused('InvalidDBClusterStateFault', `DBCluster ${id} cannot be failed over now.`);
    }
    const old = cluster.servers.find((each) => each.id === cluster.writer);
    cluster.status = 'failing-over';
    this.after(15, () => {
      cluster.writer = server;
      if (old) old.status = 'rebooting';
    });
    this.after(25, () => (cluster.status = 'available'));
    this.after(60, () => {
      if (old?.status === 'rebooting') old.status = 'available';
    });
  }

  detach(targetArn: string): void {
    const target = this.clusters.find((each) => arnOf(each) === targetArn);
    if (this.global === undefined || target === undefined) throw new Refused('DBClusterNotFoundFault', 'not found');
    target.status = 'promoting';
    this.after(40, () => {
      if (this.global) this.global.members = this.global.members.filter((id) => id !== target.id);
    });
    this.after(60, () => (target.status = 'available'));
  }

  promote(id: string): void {
    const cluster = this.cluster(id);
    if (cluster.source === undefined) throw new Refused('InvalidDBClusterStateFault', `${id} is not a read replica.`);
    cluster.status = 'promoting';
    this.after(90, () => (cluster.source = undefined));
    this.after(120, () => (cluster.status = 'available'));
  }

  #place({ id, region }: Cluster): Pick<Snapshot, 'cluster' | 'region'> {
    return { cluster: id, region };
  }

  /** Everything that was due by now, in order, each at its own time. */
  #live(): void {
    for (;;) {
      const now = this.clock.now() / 1000;
      const [due] = this.#tasks.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
      if (due === undefined) return;
      this.#tasks = this.#tasks.filter((each) => each !== due);
      due.act();
    }
  }
}

export function clusterElements(cluster: Cluster): XmlElements {
  const host = (kind: string): string => `${cluster.id}.${kind}.${cluster.region}.rds.amazonaws.com`;
  return {
    DBClusterIdentifier: cluster.id,
    DBClusterArn: arnOf(cluster),
    Status: cluster.status,
    Endpoint: host('cluster'),
    ReaderEndpoint: host('cluster-ro'),
    Port: 5432,
    BackupRetentionPeriod: cluster.retention,
    DeletionProtection: cluster.isProtected,
    ReplicationSourceIdentifier: cluster.source,
    DBClusterMembers: {
      DBClusterMember: cluster.servers.map(({ id, tier }) => ({
        DBInstanceIdentifier: id,
        IsClusterWriter: id === cluster.writer,
        PromotionTier: tier,
      })),
    },
  };
}
