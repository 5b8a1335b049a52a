import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { USUAL_LIMITS, type Limits } from '../../runbook/execution';
import type { Ports } from '../../runbook/execution/ports';
import type { MemberId, Topology } from '../../topology';
import type { ApiCall } from '../api-call';
import { EmbeddedCloud } from '../embedded-cloud';
import type { Fault } from '../fault';
import type { DatabaseBackend } from '../servers/database-backend';
import type { DatabaseMember } from '../servers/database-member';
import type { Address } from '../servers/loopback';
import { LagGauge, type LagPoint } from '../servers/lag-gauge';
import type { ScaledClock } from '../scaled-clock';
import { seededRandom, type Random } from '../seeded-random';
import { serve, type CloudServer } from '../serve';
import { declaredAfter } from './declared-after';
import { declaredNames, longestTtl, NameLookup } from './declared-names';
import { deployed, deployedPorts } from './deployed-runbook';
import { memberNamed } from './member-named';
import { orClosed } from './or-closed';
import { playedOn, startBackend, usualEngine, type RehearsalEngine } from './played-engine';
import { recoveryRegion } from './recovery-region';
import { RunbookHost } from './runbook-host';
import type { Asked, Stage, StageOptions, Symptom } from './stage';
import { inItsTime, stageClock } from './stage-clock';
import { identifierOf, quarantineOf, seedsOf } from './stage-seeds';

interface Parts {
  readonly topology: Topology;
  readonly engine: RehearsalEngine;
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: DatabaseBackend;
  readonly cloud: EmbeddedCloud;
  readonly server: CloudServer;
  readonly limits: Limits;
  readonly sabotage: NonNullable<StageOptions['sabotage']>;
}

/** DB instances of RDS: a server behind each, and the embedded AWS in front of them. */
export class RdsStage implements Stage {
  readonly engine: RehearsalEngine;
  /** Where the runbook runs. */
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: DatabaseBackend;
  readonly cloud: EmbeddedCloud;
  readonly gauge: LagGauge;
  readonly ports: Ports;
  readonly namesLinger: number;
  readonly #server: CloudServer;
  readonly #host: RunbookHost;
  readonly #lookup: NameLookup;
  #topology: Topology;

  private constructor(parts: Parts) {
    const { cloud, backend, clock } = parts;
    ({ engine: this.engine, region: this.region, clock: this.clock, random: this.random } = parts);
    this.#topology = parts.topology;
    this.backend = backend;
    this.cloud = cloud;
    this.#server = parts.server;
    const names = declaredNames(parts.topology);
    this.#lookup = new NameLookup({ names, region: parts.region, cloud, clock, network: backend.network });
    this.namesLinger = longestTtl(names);
    this.gauge = new LagGauge({ backend, clock, metrics: cloud.metrics, instances: () => cloud.fleet.instances });
    const ports = (this.ports = parts.sabotage(deployedPorts(parts), this));
    const { random, limits } = parts;
    this.#host = new RunbookHost({ clock, random, limits, ports, topology: () => this.#topology });
  }

  static async raise({ topology: given, scale = 30, seed = 1, ...more }: StageOptions): Promise<RdsStage> {
    const { engine = usualEngine(given) } = more;
    const topology = playedOn(given, engine);
    const { limits = USUAL_LIMITS, sabotage = (ports: Ports) => ports } = more;
    const region = more.region ?? recoveryRegion(topology);
    const clock = stageClock(scale);
    const seeds = seedsOf(topology);
    const closedGroups = seeds.map((seed) => quarantineOf(seed.region));
    const backend = await startBackend(engine, { seeds, viewpoint: region, closedGroups, scale });
    return orClosed(backend, async () => {
      const first = seeds.find(({ replicaOf }) => replicaOf === undefined);
      const addressOf = (seed = first): Address =>
        backend.network.addressFrom(region, backend.member(seed?.region ?? '', seed?.id ?? '').doors.host);
      const reader = seeds.find(({ replicaOf }) => replicaOf !== undefined);
      const cloud = new EmbeddedCloud({
        ...{ clock, backend: inItsTime(backend, clock), instances: seeds, timetable: more.timetable ?? {} },
        ...deployed(topology, {
          ...{ region, secret: backend.secret },
          leads: { writer: addressOf(first), reader: addressOf(reader) },
        }),
      });
      const server = await serve(cloud);
      const random = seededRandom(seed);
      return new RdsStage({ topology, engine, region, clock, random, backend, cloud, server, limits, sabotage });
    });
  }

  get topology(): Topology {
    return this.#topology;
  }

  get calls(): readonly ApiCall[] {
    return this.cloud.calls;
  }

  get lag(): readonly LagPoint[] {
    return this.gauge.points;
  }

  declare(primary: MemberId): void {
    this.#topology = declaredAfter(this.#topology, this.cloud.fleet.instances, primary);
  }

  member(id: MemberId): DatabaseMember {
    const member = memberNamed(this.topology, id);
    return this.backend.member(member.region ?? '', identifierOf(this.topology, member));
  }

  get everybody(): readonly (readonly [MemberId, DatabaseMember])[] {
    const ids = new Map(this.topology.members.map((member) => [identifierOf(this.topology, member), member.id]));
    return this.backend.members.map((member) => [ids.get(member.id) ?? member.id, member] as const);
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

  delayMetrics(id: MemberId, seconds: number): void {
    const { region, id: identifier } = this.member(id);
    this.cloud.metrics.delay(region, identifier, seconds);
  }

  show(id: MemberId, symptom: Symptom): void {
    const { region, id: identifier } = this.member(id);
    const { fleet } = this.cloud;
    switch (symptom) {
      case 'storage-full':
        fleet.setStatus(region, identifier, 'storage-full');
        break;
      case 'storage-free':
        fleet.setStatus(region, identifier, 'available');
        break;
      case 'replication-broken':
        fleet.setReplication(region, identifier, 'error', 'it cannot connect to its source');
        break;
      case 'replication-mended':
        fleet.setReplication(region, identifier, 'replicating');
    }
  }

  writerFor(region: string): string | undefined {
    return this.#lookup.hostFor('writer', region);
  }

  readerFor(region: string): string | undefined {
    return this.#lookup.hostFor('reader', region);
  }

  async close(): Promise<void> {
    try {
      await this.#host.close();
    } finally {
      await this.gauge.close();
      await this.#server.close();
      await this.backend.close();
    }
  }
}
