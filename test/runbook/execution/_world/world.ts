import { TopologyView, UnderstudyError, type Topology } from '../../../../lib/topology';
import { MemoryLedger, watch } from '../../../../lib/runbook/execution';
import type { Notice, Ports } from '../../../../lib/runbook/execution/ports';
import { Clients, type Stubborn } from './clients';
import { Cloud, TIMES, type Times } from './cloud';
import type { Instance } from './instance';
import type { Server } from './server';
import { WorldClock } from './world-clock';
import { WorldEndpoints } from './world-endpoints';
import { RETENTION, WorldFleet } from './world-fleet';
import { WorldHistory } from './world-history';
import { WorldProbe } from './world-probe';

/** When the simulated world begins. */
export const DAWN = Date.parse('2026-11-23T03:00:00Z') / 1000;

export interface WorldOptions {
  readonly topology: Topology;
  /** Seconds that each replica is late; 0 for those that are not named. */
  readonly delays?: Readonly<Record<string, number>>;
  readonly stubborn?: readonly Stubborn[];
  readonly times?: Partial<Times>;
}

/** A moment at which more than one member could be written to. */
export interface Schism {
  readonly at: number;
  readonly members: readonly string[];
}

/** Everything that the runbook touches, in memory and in virtual time; and clients who write all the while. */
export class World {
  readonly topology: Topology;
  readonly clock = new WorldClock(DAWN);
  readonly cloud: Cloud;
  readonly fleet: WorldFleet;
  readonly probe: WorldProbe;
  readonly endpoints: WorldEndpoints;
  readonly ledger = new MemoryLedger();
  readonly history = new WorldHistory();
  readonly clients: Clients;
  readonly notices: Notice[] = [];
  readonly schisms: Schism[] = [];
  /** Nobody can be told. */
  isMute = false;

  constructor({ topology, delays = {}, stubborn = [], times = {} }: WorldOptions) {
    this.topology = topology;
    this.cloud = new Cloud(this.clock, { ...TIMES, ...times });
    this.clients = new Clients(stubborn);
    this.#build(delays);
    const hosts = this.#hosts();
    this.endpoints = new WorldEndpoints(hosts.writer, hosts.reader, this.clock);
    this.fleet = new WorldFleet(this.cloud, this.clock);
    this.probe = new WorldProbe(this.cloud, this.clock);
    this.clock.everySecond((now) => this.#live(now));
  }

  get ports(): Ports {
    const { clock, fleet, probe, endpoints, ledger, history } = this;
    return { clock, fleet, probe, endpoints, ledger, history, notifier: { tell: (notice) => this.#tell(notice) } };
  }

  instance(id: string): Instance {
    const found = this.cloud.instances.get(id);
    if (found === undefined) throw new Error(`no ${id} in this world`);
    return found;
  }

  server(id: string): Server {
    return this.instance(id).server;
  }

  /** Members on which a client who does not insist can write now. */
  get writable(): readonly string[] {
    return [...this.cloud.instances.values()].flatMap(({ server }) => (server.canBeWritten ? [server.id] : []));
  }

  /** Time passes, and once a minute the watch looks. */
  async watched(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      await watch(this.ports, this.topology);
      await this.clock.wait(60);
    }
  }

  /** Nothing from that Region gets here any more, and nothing out of it. What is in it lives on. */
  cutData(region: string): void {
    this.probe.cut.add(region);
    for (const { server } of this.cloud.instances.values()) {
      if (server.follows?.region === region && server.region !== region) server.isStreamCut = true;
    }
  }

  /** Nothing from that member gets here or to its followers any more. It lives on, and so do its own clients. */
  isolate(id: string): void {
    this.probe.isolated.add(id);
    for (const { server } of this.cloud.instances.values()) if (server.follows?.id === id) server.isStreamCut = true;
  }

  /** The cloud's API there does not answer either. */
  cutAll(region: string): void {
    this.cutData(region);
    this.cloud.silent.add(region);
  }

  #live(now: number): void {
    this.cloud.live(now);
    this.clients.live(now, this.cloud.instances, this.endpoints.writer.value);
    let writable = 0;
    for (const { server } of this.cloud.instances.values()) {
      server.replicate(now);
      if (server.canBeWritten) writable += 1;
    }
    if (writable > 1) this.schisms.push({ at: now, members: this.writable });
  }

  #build(delays: Readonly<Record<string, number>>): void {
    const view = new TopologyView(this.topology);
    const { engine } = this.topology;
    for (const member of view.active) {
      const { id, region = 'nowhere' } = member;
      const isPrimary = id === this.topology.primary;
      const options = { id, region, engine: engine.name, delay: delays[id] ?? 0, bootedAt: DAWN - 3600 };
      this.cloud.add(options, view.followedBy(member)?.id, isPrimary ? RETENTION : 0);
    }
    for (const { source, server } of this.cloud.instances.values()) {
      if (source !== undefined) server.follows = this.server(source);
    }
  }

  #hosts(): { readonly writer: string; readonly reader: string } {
    const [first] = new TopologyView(this.topology).replicas;
    const writer = this.server(this.topology.primary).host;
    return { writer, reader: first === undefined ? writer : this.server(first.id).host };
  }

  #tell(notice: Notice): Promise<void> {
    if (this.isMute) return Promise.reject(new UnderstudyError('mute', 'the topic is gone'));
    this.notices.push(notice);
    return Promise.resolve();
  }
}
