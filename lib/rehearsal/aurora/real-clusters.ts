import { UnderstudyError } from '../../topology';
import type { PostgresBackend } from '../postgres/postgres-backend';
import type { ScaledClock } from '../scaled-clock';
import type { Cluster, ClusterSeed } from './cluster';
import type { ClusterBackend, ClusterNames, Found } from './cluster-backend';
import { ClusterUnit } from './cluster-unit';

export interface RealClustersOptions {
  /** With a server of that name behind each server of the clusters. */
  readonly backend: PostgresBackend;
  /** From where the cloud's API tells its addresses: the Region of whoever asks it. */
  readonly viewpoint: string;
  /** Runs slowly while servers are at work. */
  readonly clock: ScaledClock;
}

/** How often servers are looked at, in milliseconds of the machine. */
const ROUND = 100;

/** Real servers behind the clusters. The first cluster takes writes. */
export class RealClusters implements ClusterBackend {
  readonly units: readonly ClusterUnit[];
  /** Hears of a reader that is well no more, or again. */
  onHealth: (cluster: string, server: string, isWell: boolean) => void = () => undefined;
  readonly #backend: PostgresBackend;
  readonly #viewpoint: string;
  readonly #clock: ScaledClock;
  #isOver = false;
  #work: Promise<unknown> = Promise.resolve();

  private constructor({ backend, viewpoint, clock }: RealClustersOptions, units: readonly ClusterUnit[]) {
    [this.#backend, this.#viewpoint, this.#clock, this.units] = [backend, viewpoint, clock, units];
    this.#watch();
  }

  static async open(options: RealClustersOptions, clusters: readonly ClusterSeed[]): Promise<RealClusters> {
    const { backend } = options;
    const units: ClusterUnit[] = [];
    for (const [index, { region, id, servers }] of clusters.entries()) {
      const members = servers.map((server) => backend.member(region, server.id));
      const { network } = backend;
      units.push(await ClusterUnit.open({ region, id, servers: members, isPrimary: index === 0, network }));
    }
    await units[0]?.bind();
    return new RealClusters(options, units);
  }

  unit({ id }: Pick<Cluster, 'id'>): ClusterUnit {
    const found = this.units.find((each) => each.id === id);
    if (found) return found;
    const there = this.units.map((each) => each.id).join(', ');
    throw new UnderstudyError('no-such-cluster', `no cluster is called ${id}; there are: ${there}; correct the name`);
  }

  namesOf(cluster: Cluster): ClusterNames {
    const { writerDoors, readerDoors } = this.unit(cluster);
    return { writer: this.#found(writerDoors.host), reader: this.#found(readerDoors.host) };
  }

  serverName({ region }: Cluster, server: string): Found {
    const member = this.#backend.members.find((each) => each.region === region && each.id === server);
    // One that is only being made is nowhere yet.
    return member === undefined ? { address: `${server}.invalid`, port: 1 } : this.#found(member.doors.host);
  }

  canReach(from: string, to: string): boolean {
    return !this.#backend.network.isCut(from, to);
  }

  fence(cluster: Cluster): Promise<void> {
    return this.#clock.during(() => this.unit(cluster).fence());
  }

  handOver(from: Cluster, to: Cluster): Promise<void> {
    return this.#inTurn(async () => {
      const target = this.unit(to);
      await this.unit(from).drainTo(target.needHead);
      await target.promote();
      this.unit(from).isPrimary = false;
    });
  }

  promote(cluster: Cluster): Promise<void> {
    return this.#inTurn(() => this.unit(cluster).promote());
  }

  remake(cluster: Cluster, primary: Cluster): Promise<void> {
    return this.#inTurn(() => this.unit(cluster).remakeFrom(this.unit(primary).needHead));
  }

  failOver(cluster: Cluster, server: string): Promise<void> {
    return this.#inTurn(() => this.unit(cluster).failOverTo(server));
  }

  rejoin(cluster: Cluster): Promise<void> {
    return this.#inTurn(() => this.unit(cluster).rejoin());
  }

  addServer(cluster: Cluster, server: string, primary: Cluster | undefined): Promise<void> {
    return this.#inTurn(async () => {
      const unit = this.unit(cluster);
      const source = unit.head ?? (primary && this.unit(primary).head) ?? unit.needHead;
      const member = await this.#backend.enlist({ region: unit.region, id: server }, source);
      await member.start(undefined, []);
      unit.servers = [...unit.servers, member];
      unit.head ??= member;
      await unit.bind();
    });
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#work.catch(() => undefined);
    await Promise.all(this.units.map((unit) => unit.close()));
  }

  #found(host: string): Found {
    const { port } = this.#backend.network.addressFrom(this.#viewpoint, host);
    return { address: host, port };
  }

  /** One thing after another: moves, and looking after those who went. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#next(() => this.#clock.during(work));
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => undefined);
    return done;
  }

  #watch(): void {
    const round = async (): Promise<void> => {
      for (const unit of this.units) {
        const well = await unit.adjust();
        if (well === undefined) continue;
        for (const each of unit.others) this.onHealth(unit.id, each.id, well.includes(each));
      }
    };
    const timer = setTimeout(() => {
      if (this.#isOver) return;
      // A server that goes while it is looked at is seen in the next round.
      void this.#next(round)
        .catch(() => undefined)
        .finally(() => this.#watch());
    }, ROUND);
    timer.unref();
  }
}
