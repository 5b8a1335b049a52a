import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { USUAL_LIMITS, type Limits } from '../../runbook/execution';
import type { Ports } from '../../runbook/execution/ports';
import type { MemberId, Topology } from '../../topology';
import type { ApiCall } from '../api-call';
import { ClusterGauge } from '../aurora/cluster-gauge';
import type { ClusterUnit } from '../aurora/cluster-unit';
import { failOverByItself } from '../aurora/move-inside';
import { RealClusters } from '../aurora/real-clusters';
import { RegionalMember } from '../aurora/regional-member';
import { EmbeddedCloud } from '../embedded-cloud';
import type { Fault } from '../fault';
import { PostgresBackend } from '../postgres/postgres-backend';
import type { PostgresMember } from '../postgres/postgres-member';
import type { ScaledClock } from '../scaled-clock';
import { seededRandom, type Random } from '../seeded-random';
import { serve, type CloudServer } from '../serve';
import type { DatabaseMember } from '../servers/database-member';
import type { LagPoint } from '../servers/lag-gauge';
import type { Address, Doors } from '../servers/loopback';
import { clustersSeed, serverSeeds } from './cluster-seeds';
import { declaredNames, longestTtl, NameLookup } from './declared-names';
import { deployed, deployedPorts } from './deployed-runbook';
import { insideTopology, isLoneCluster } from './inside-topology';
import { memberNamed } from './member-named';
import { orClosed } from './or-closed';
import { playedClusters, type RehearsalEngine } from './played-engine';
import { recoveryRegion } from './recovery-region';
import { RunbookHost } from './runbook-host';
import type { Asked, Stage, StageOptions } from './stage';
import { stageClock } from './stage-clock';
import { identifierOf } from './stage-seeds';

interface Parts {
  /** As it is declared. */
  readonly declared: Topology;
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: PostgresBackend;
  readonly clusters: RealClusters;
  readonly cloud: EmbeddedCloud;
  readonly server: CloudServer;
  readonly limits: Limits;
  readonly sabotage: NonNullable<StageOptions['sabotage']>;
}

/** Clusters of Aurora, alone or in a global database: PostgreSQL servers behind each, and the embedded AWS in front of them. */
export class ClusterStage implements Stage {
  readonly engine: RehearsalEngine = 'postgres';
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: PostgresBackend;
  readonly clusters: RealClusters;
  readonly cloud: EmbeddedCloud;
  readonly ports: Ports;
  readonly namesLinger: number;
  /** Each cluster of a global database as one member. */
  readonly #regional: ReadonlyMap<ClusterUnit, RegionalMember>;
  readonly #gauge: ClusterGauge;
  readonly #server: CloudServer;
  readonly #host: RunbookHost;
  readonly #lookup: NameLookup;
  /** As the program declares it. */
  #declared: Topology;
  /** With the servers as members, where there is one cluster alone. */
  #cast: Topology;

  private constructor(parts: Parts) {
    ({ region: this.region, clock: this.clock, random: this.random } = parts);
    ({ backend: this.backend, clusters: this.clusters, cloud: this.cloud } = parts);
    const { clock, clusters, cloud, random, limits, declared } = parts;
    const names = declaredNames(declared);
    this.#lookup = new NameLookup({ names, region: parts.region, cloud, clock, network: parts.backend.network });
    this.namesLinger = longestTtl(names);
    [this.#declared, this.#cast, this.#server] = [declared, insideTopology(declared), parts.server];
    const primary = (): RegionalMember | undefined => {
      const { global } = cloud.clusters;
      return global && this.#regional.get(clusters.unit({ id: global.writer }));
    };
    this.#regional = new Map(clusters.units.map((unit) => [unit, new RegionalMember(unit, primary)]));
    const canReach = (from: string, to: string): boolean => clusters.canReach(from, to);
    this.#gauge = new ClusterGauge({ units: clusters.units, clock, metrics: cloud.metrics, canReach });
    const ports = (this.ports = parts.sabotage(deployedPorts({ ...parts, topology: declared }), this));
    this.#host = new RunbookHost({ clock, random, limits, ports, topology: () => this.#declared });
  }

  static async raise({ topology, scale = 30, seed = 1, ...more }: StageOptions): Promise<ClusterStage> {
    const declared = playedClusters(topology);
    const { limits = USUAL_LIMITS, sabotage = (ports: Ports) => ports, timetable = {} } = more;
    const region = more.region ?? recoveryRegion(insideTopology(declared));
    const clock = stageClock(scale);
    const seeds = clustersSeed(declared);
    const regions = seeds.clusters.map((each) => each.region);
    const backend = await PostgresBackend.start({ seeds: serverSeeds(seeds), regions, viewpoint: region, scale });
    return orClosed(backend, async () => {
      const clusters = await RealClusters.open({ backend, clock, viewpoint: region }, seeds.clusters);
      const [first] = clusters.units;
      const addressOf = (doors?: Pick<Doors, 'host'>): Address =>
        backend.network.addressFrom(region, doors?.host ?? '');
      const leads = { writer: addressOf(first?.writerDoors), reader: addressOf(first?.readerDoors) };
      const cloud = new EmbeddedCloud({
        ...{ clock, clusters: seeds, clusterBackend: clusters, timetable },
        ...deployed(declared, { region, secret: backend.secret, leads }),
      });
      clusters.onHealth = (cluster, id, isWell) =>
        cloud.clusters.changeServer(cluster, id, { status: isWell ? 'available' : 'failed' });
      const server = await serve(cloud);
      const random = seededRandom(seed);
      return new ClusterStage({
        ...{ declared, region, clock, random, backend, clusters, cloud, server, limits, sabotage },
      });
    });
  }

  get topology(): Topology {
    return this.#cast;
  }

  get calls(): readonly ApiCall[] {
    return this.cloud.calls;
  }

  get lag(): readonly LagPoint[] {
    return this.#gauge.points;
  }

  get everybody(): readonly (readonly [MemberId, DatabaseMember])[] {
    return this.topology.members.flatMap(({ id }) => {
      const member = this.#find(id);
      return member === undefined ? [] : [[id, member] as const];
    });
  }

  member(id: MemberId): DatabaseMember {
    return this.#find(id) ?? this.#regionalOf(this.#unitOf(id));
  }

  /** A program names no writer of a cluster; of a global database it names the primary, and nobody is retired. */
  declare(primary: MemberId): void {
    this.#cast = { ...this.#cast, primary };
    if (!isLoneCluster(this.#declared)) this.#declared = { ...this.#declared, primary };
  }

  ask(event: RunbookEvent, asked?: Asked): Promise<RunbookResult> {
    return this.#host.ask(event, asked);
  }

  keepWatch(): Promise<void> {
    return this.#host.keepWatch();
  }

  cut(region: string): void {
    this.cloud.cut(region, 'unreachable');
    this.backend.cut(region);
  }

  reconnect(region: string): void {
    this.cloud.reconnect(region);
    this.backend.reconnect(region);
  }

  inject(fault: Fault): void {
    this.cloud.inject(fault);
  }

  /** Of a server, where there is one cluster alone; else of a cluster. */
  delayMetrics(id: MemberId, seconds: number): void {
    const { region, id: identifier } = isLoneCluster(this.#declared) ? this.member(id) : this.#unitOf(id);
    this.cloud.metrics.delay(region, identifier, seconds);
  }

  /** A volume is never full, and how the link of a cluster does is seen by its lag alone. */
  show(): void {
    // Nothing more to show.
  }

  addServer(id: MemberId): void {
    const unit = this.#unitOf(id);
    this.cloud.clusters.addServer(unit.id, `${unit.id}-added-${unit.servers.length + 1}`);
  }

  /** Servers that were killed, or hung, and work: Aurora has made them anew. */
  isMended(id: MemberId): boolean {
    if (isLoneCluster(this.#declared)) return this.#serverOf(id)?.server.isAwake === true;
    const { servers } = this.#unitOf(id);
    return servers.length > 0 && servers.every(({ server }) => server.isAwake);
  }

  failFence(): void {
    this.cloud.clusters.failFence();
  }

  failOver(): MemberId | undefined {
    const [unit] = this.clusters.units;
    if (unit === undefined || unit.head?.server.isAwake === true) return undefined;
    const { clusters } = this.cloud;
    const next = failOverByItself(clusters, clusters.cluster(unit.id));
    return this.#cast.members.find(({ aws }) => aws.identifier === next)?.id;
  }

  /** Whoever recovers has a name that the runbook moves; all others go by the one that Aurora moves. */
  writerFor(region: string): string | undefined {
    if (this.backend.network.isCut(region, this.region)) return undefined;
    const { global, clusters } = this.cloud.clusters;
    if (global === undefined) {
      const [cluster] = clusters;
      const writer = cluster?.writer;
      return cluster && writer !== undefined ? this.clusters.serverName(cluster, writer).address : undefined;
    }
    if (region === this.region) return this.#lookup.hostFor('writer', region);
    return this.clusters.namesOf(this.cloud.clusters.cluster(global.leadsTo)).writer.address;
  }

  /** Each Region reads from its own cluster. */
  readerFor(region: string): string | undefined {
    if (this.backend.network.isCut(region, this.region)) return undefined;
    const unit = this.clusters.units.find((each) => each.region === region);
    return (unit ?? this.clusters.units[0])?.readerDoors.host;
  }

  async close(): Promise<void> {
    try {
      await this.#host.close();
    } finally {
      this.cloud.clusters.close();
      await this.#gauge.close();
      await this.#server.close();
      await this.clusters.close();
      await this.backend.close();
    }
  }

  #find(id: MemberId): DatabaseMember | undefined {
    if (isLoneCluster(this.#declared)) return this.#serverOf(id);
    const unit = this.#unitOf(id);
    return unit.head === undefined ? undefined : this.#regionalOf(unit);
  }

  #serverOf(id: MemberId): PostgresMember | undefined {
    const identifier = memberNamed(this.#cast, id).aws.identifier ?? id;
    return this.clusters.units[0]?.servers.find((server) => server.id === identifier);
  }

  #unitOf(id: MemberId): ClusterUnit {
    return this.clusters.unit({ id: identifierOf(this.#declared, memberNamed(this.#declared, id)) });
  }

  #regionalOf(unit: ClusterUnit): RegionalMember {
    return this.#regional.get(unit) ?? new RegionalMember(unit, () => undefined);
  }
}
