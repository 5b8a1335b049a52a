import { gzipSync } from 'node:zlib';
import { awsPorts, USUAL_BOUNDS, type Bounds } from '../../runbook/adapters/aws';
import type { RunbookEvent, RunbookResult, RunbookSettings } from '../../runbook/contract';
import { runRunbook, USUAL_LIMITS, watch, type Host, type Limits } from '../../runbook/execution';
import type { Ports } from '../../runbook/execution/ports';
import { TopologyView, UnderstudyError, type Member, type MemberId, type Topology } from '../../topology';
import { EmbeddedCloud } from '../embedded-cloud';
import type { DatabaseBackend } from '../servers/database-backend';
import type { DatabaseMember } from '../servers/database-member';
import { LagGauge } from '../servers/lag-gauge';
import { scaledProbe } from '../servers/scaled-probe';
import { ScaledClock } from '../scaled-clock';
import { seededRandom, type Random } from '../seeded-random';
import { serve, type CloudServer } from '../serve';
import type { Timetable } from '../timetable';
import { playedOn, startBackend, usualEngine, type RehearsalEngine } from './played-engine';
import { identifierOf, quarantineOf, seedsOf } from './stage-seeds';

export interface RehearsalStageOptions {
  readonly topology: Topology;
  /** Whose servers are started. @default MariaDB's for MySQL and MariaDB, else PostgreSQL's */
  readonly engine?: RehearsalEngine;
  /** Seconds of the cloud in one of the machine's. @default 30 */
  readonly scale?: number;
  /** What is left to chance is the same for the same seed. @default 1 */
  readonly seed?: number;
  readonly timetable?: Partial<Timetable>;
  /** The Region that the runbook recovers in. @default that of the best candidate */
  readonly region?: string;
  readonly limits?: Limits;
  /** Takes something away from the runbook, to see that it is missed. @default nothing */
  readonly sabotage?: (ports: Ports, stage: RehearsalStage) => Ports;
}

/** Names that applications go by. */
export const WRITER = '/understudy/writer';
export const READER = '/understudy/reader';
export const SECRET = 'understudy/master';

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
  readonly sabotage: NonNullable<RehearsalStageOptions['sabotage']>;
}

/** A topology on real servers, the cloud in front of them, and the runbook as it is deployed. */
export class RehearsalStage {
  readonly engine: RehearsalEngine;
  /** Where the runbook runs. */
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: DatabaseBackend;
  readonly cloud: EmbeddedCloud;
  readonly gauge: LagGauge;
  readonly ports: Ports;
  readonly #server: CloudServer;
  readonly #limits: Limits;
  #topology: Topology;
  #runs = 0;
  #isOver = false;
  #watching: Promise<void> = Promise.resolve();

  private constructor(parts: Parts) {
    const { cloud, backend, clock } = parts;
    ({ engine: this.engine, region: this.region, clock: this.clock, random: this.random } = parts);
    this.#topology = parts.topology;
    this.backend = backend;
    this.cloud = cloud;
    this.#server = parts.server;
    this.#limits = parts.limits;
    this.gauge = new LagGauge({ backend, clock, metrics: cloud.metrics, instances: () => cloud.fleet.instances });
    this.ports = parts.sabotage(portsOf(parts), this);
  }

  static async raise({
    topology: given,
    scale = 30,
    seed = 1,
    ...more
  }: RehearsalStageOptions): Promise<RehearsalStage> {
    const { engine = usualEngine(given) } = more;
    const topology = playedOn(given, engine);
    const { limits = USUAL_LIMITS, sabotage = (ports: Ports) => ports } = more;
    const region = more.region ?? recoveryRegion(topology);
    const clock = new ScaledClock({ scale });
    const seeds = seedsOf(topology);
    const closedGroups = seeds.map((seed) => quarantineOf(seed.region));
    const backend = await startBackend(engine, { seeds, viewpoint: region, closedGroups, scale });
    const first = seeds.find(({ replicaOf }) => replicaOf === undefined);
    const hostOf = (seed = first): string => backend.member(seed?.region ?? '', seed?.id ?? '').doors.host;
    const cloud = new EmbeddedCloud({
      ...{ clock, backend, instances: seeds, timetable: more.timetable ?? {} },
      tables: [{ region, name: tableOf(topology), partitionKey: 'topology', sortKey: 'item' }],
      parameters: [
        { region, name: WRITER, value: hostOf(first) },
        { region, name: READER, value: hostOf(seeds.find(({ replicaOf }) => replicaOf !== undefined)) },
      ],
      secrets: [{ region, name: SECRET, value: backend.secret }],
      topics: [{ region, name: 'told' }],
    });
    const server = await serve(cloud);
    const random = seededRandom(seed);
    return new RehearsalStage({ topology, engine, region, clock, random, backend, cloud, server, limits, sabotage });
  }

  /** Of the engine on which it is rehearsed, as the program declares it now. */
  get topology(): Topology {
    return this.#topology;
  }

  /** The program is changed, and deployed. */
  declare(topology: Topology): void {
    this.#topology = topology;
  }

  /** The server of a member. */
  member(id: MemberId): DatabaseMember {
    const member = memberOf(this.topology, id);
    return this.backend.member(member.region ?? '', identifierOf(this.topology, member));
  }

  /** Every server that there is, by its member's id; those that the program does not know yet, by their own. */
  get everybody(): readonly (readonly [MemberId, DatabaseMember])[] {
    const ids = new Map(this.topology.members.map((member) => [identifierOf(this.topology, member), member.id]));
    return this.backend.members.map((member) => [ids.get(member.id) ?? member.id, member] as const);
  }

  /** Asks the runbook, as a host that never ends unless it is said. */
  ask(event: RunbookEvent, host: Partial<Host> = {}, ports: Ports = this.ports): Promise<RunbookResult> {
    const { topology } = this;
    const usual: Host = {
      holder: 'rehearsal',
      newRunId: () => `run-${(this.#runs += 1)}`,
      random: this.random,
      command: (asked) => JSON.stringify(asked),
    };
    return runRunbook(event, { ports, topology, limits: this.#limits, host: { ...usual, ...host } });
  }

  /** What the function that watches does once a minute, from now on. */
  keepWatch(): void {
    const round = async (): Promise<void> => {
      while (!this.#isOver) {
        await watch(this.ports, this.topology);
        await this.clock.wait(60);
      }
    };
    this.#watching = round();
  }

  /** Nothing passes between this Region and all others, nor does its API answer who is elsewhere. */
  cut(region: string): void {
    this.cloud.cut(region);
    this.backend.cut(region);
  }

  reconnect(region: string): void {
    this.cloud.reconnect(region);
    this.backend.reconnect(region);
  }

  /** Host name of who takes writes, as a client in that Region looks it up; undefined: nobody answers it. */
  writerFor(region: string): string | undefined {
    return this.#lookUp(region, WRITER);
  }

  /** Host name of somebody to read from, as a client in that Region looks it up; undefined: nobody answers it. */
  readerFor(region: string): string | undefined {
    return this.#lookUp(region, READER);
  }

  #lookUp(region: string, name: string): string | undefined {
    if (this.backend.network.isCut(region, this.region)) return undefined;
    return this.cloud.parameters.value(this.region, name);
  }

  /** Ends everything, and leaves nothing. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#watching.catch(() => undefined);
    await this.gauge.close();
    await this.#server.close();
    await this.backend.close();
  }
}

const tableOf = ({ name }: Topology): string => `understudy-${name}`;

function portsOf({ topology, region, clock, cloud, server }: Parts): Ports {
  const settings: RunbookSettings = {
    version: 1,
    topology: gzipSync(JSON.stringify(topology)).toString('base64'),
    ...{ region, table: tableOf(topology), topic: cloud.topics.arnOf(region, 'told') },
    endpoints: [
      { kind: 'parameter', role: 'writer', name: WRITER },
      { kind: 'parameter', role: 'reader', name: READER },
    ],
    secret: SECRET,
    isConnected: true,
  };
  const time = { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) };
  const config = { endpoint: server.url, credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'any' } };
  const { ports } = awsPorts(settings, { clock: time, config, tls: 'off', bounds: boundsAt(clock) });
  return { ...ports, probe: scaledProbe(ports.probe, clock) };
}

/** The usual bounds as the faster clock has them, and no shorter than a busy machine needs. */
const boundsAt = ({ scale }: ScaledClock): Bounds => ({
  connect: Math.max(1, USUAL_BOUNDS.connect / scale),
  whole: Math.max(2, USUAL_BOUNDS.whole / scale),
});

function memberOf({ members }: Topology, id: MemberId): Member {
  const found = members.find((member) => member.id === id);
  if (found) return found;
  const ids = members.map((member) => member.id).join(', ');
  throw new UnderstudyError('no-such-member', `no member is called ${id}; allowed: ${ids}; name one of them`);
}

function recoveryRegion(topology: Topology): string {
  const replicas = [...new TopologyView(topology).replicas].filter(({ promotion }) => promotion !== 'never');
  const [best] = replicas.sort((a, b) => Number(a.promotion) - Number(b.promotion));
  return best?.region ?? '';
}
