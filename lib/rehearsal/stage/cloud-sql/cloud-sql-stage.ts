import type { RunbookEvent, RunbookResult } from '../../../runbook/contract';
import { firestoreDatabase } from '../../../runbook/contract';
import { USUAL_LIMITS } from '../../../runbook/execution';
import type { Ports } from '../../../runbook/execution/ports';
import { UnderstudyError, type MemberId, type Topology } from '../../../topology';
import type { ApiCall } from '../../api-call';
import type { Fault } from '../../fault';
import { EmbeddedGoogle, type GoogleCallSeen } from '../../gcp/embedded-google';
import { serveGoogle } from '../../gcp/serve-google';
import { cloudSqlLag } from '../../gcp/sql/cloud-sql-lag';
import { servedSql } from '../../gcp/sql/served-sql';
import type { ScaledClock } from '../../scaled-clock';
import { seededRandom, type Random } from '../../seeded-random';
import type { CloudServer } from '../../serve';
import type { DatabaseBackend } from '../../servers/database-backend';
import type { DatabaseMember } from '../../servers/database-member';
import { LagGauge, type LagPoint } from '../../servers/lag-gauge';
import { memberNamed } from '../member-named';
import { orClosed } from '../or-closed';
import { startBackend, usualEngine, type RehearsalEngine } from '../played-engine';
import { recoveryRegion } from '../recovery-region';
import { RunbookHost } from '../runbook-host';
import type { Asked, Stage, StageOptions, Symptom } from '../stage';
import { stageClock } from '../stage-clock';
import { identifierOf } from '../stage-seeds';
import { namesLeadingTo, readerOf, recordOf, writeEndpointOf } from './cloud-sql-names';
import { cloudSqlPorts, type CloudSqlParts } from './cloud-sql-ports';
import { playedOnCloudSql, sqlSeedsOf } from './cloud-sql-seeds';
import { declaredAfterGoogle } from './declared-after-google';

/** What applications find in their secret; here the port says from where they come. */
const PORT: Readonly<Record<RehearsalEngine, number>> = { postgres: 5432, mariadb: 3306 };

interface Parts extends CloudSqlParts, Pick<Required<StageOptions>, 'limits' | 'sabotage'> {
  readonly server: CloudServer;
}

/** Instances of Cloud SQL: a server behind each, and the embedded Google in front of them. */
export class CloudSqlStage implements Stage {
  readonly engine: RehearsalEngine;
  readonly region: string;
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly backend: DatabaseBackend;
  readonly google: EmbeddedGoogle;
  readonly ports: Ports;
  readonly #server: CloudServer;
  readonly #gauge: LagGauge;
  readonly #host: RunbookHost;
  #topology: Topology;

  private constructor(parts: Parts) {
    const { clock, random, limits, server } = parts;
    ({ engine: this.engine, region: this.region, backend: this.backend, google: this.google } = parts);
    this.clock = clock;
    this.random = random;
    this.#topology = parts.topology;
    this.#server = server;
    this.#gauge = gaugeOf(parts);
    const ports = (this.ports = parts.sabotage(cloudSqlPorts(parts), this));
    this.#host = new RunbookHost({ clock, random, limits, ports, topology: () => this.#topology });
  }

  static async raise({ topology: given, scale = 30, seed = 1, ...more }: StageOptions): Promise<CloudSqlStage> {
    const { engine = usualEngine(given), limits = USUAL_LIMITS, sabotage = (ports: Ports) => ports } = more;
    const topology = playedOnCloudSql(given, engine);
    const region = more.region ?? recoveryRegion(topology);
    const clock = stageClock(scale);
    const seeds = sqlSeedsOf(topology);
    const served = seeds.map(({ region: at, name: id, follows }) => ({
      ...{ region: at, id },
      ...(follows === undefined ? {} : { replicaOf: follows }),
    }));
    const backend = await startBackend(engine, { seeds: served, viewpoint: region, scale });
    return orClosed(backend, async () => {
      const hostOf = (isReplica: boolean): string => {
        const found = served.find(({ replicaOf }) => (replicaOf !== undefined) === isReplica);
        return backend.member(found?.region ?? '', found?.id ?? '').doors.host;
      };
      const google = new EmbeddedGoogle({
        ...{ clock, instances: seeds, backend: servedSql(backend, clock), times: more.googleTimes ?? {} },
        ...(topology.gcp?.project === undefined ? {} : { project: topology.gcp.project }),
        database: firestoreDatabase(topology.name, region),
        ...namesLeadingTo({ writer: hostOf(false), reader: hostOf(true), port: PORT[engine] }, backend.secret),
      });
      const server = await serveGoogle(google);
      const parts = { topology, engine, region, clock, random: seededRandom(seed), backend, google, url: server.url };
      return new CloudSqlStage({ ...parts, server, limits, sabotage });
    });
  }

  get topology(): Topology {
    return this.#topology;
  }

  get calls(): readonly ApiCall[] {
    return this.google.calls.map(callOf);
  }

  get lag(): readonly LagPoint[] {
    return this.#gauge.points;
  }

  get everybody(): readonly (readonly [MemberId, DatabaseMember])[] {
    const ids = new Map(this.topology.members.map((member) => [identifierOf(this.topology, member), member.id]));
    return this.backend.members.map((member) => [ids.get(member.id) ?? member.id, member] as const);
  }

  member(id: MemberId): DatabaseMember {
    const member = memberNamed(this.topology, id);
    return this.backend.member(member.region ?? '', identifierOf(this.topology, member));
  }

  declare(primary: MemberId): void {
    this.#topology = declaredAfterGoogle(this.#topology, this.google.sql, primary);
  }

  ask(event: RunbookEvent, asked?: Asked): Promise<RunbookResult> {
    return this.#host.ask(event, asked);
  }

  keepWatch(): Promise<void> {
    return this.#host.keepWatch();
  }

  /** [?] What the API, which is global, says of a region that is lost is not known; here it says nothing about what is there. */
  cut(region: string): void {
    this.google.cut(region);
    this.backend.cut(region);
  }

  reconnect(region: string): void {
    this.backend.reconnect(region);
    this.google.reconnect(region);
  }

  inject(fault: Fault): void {
    this.google.inject(fault);
  }

  delayMetrics(id: MemberId, seconds: number): void {
    this.google.lag.delay(this.member(id).id, seconds);
  }

  /** Of replication Cloud SQL notices by itself: its metric is negative. */
  show(id: MemberId, symptom: Symptom): void {
    if (symptom === 'replication-broken' || symptom === 'replication-mended') return;
    throw new UnderstudyError(
      'symptom-unknown',
      `what Cloud SQL says of ${id} with ${symptom} is not known; allowed: broken replication; leave it out of the scenario`,
    );
  }

  /** In the region that is recovered in by the record, elsewhere by Cloud SQL's own write endpoint, where there is one. */
  writerFor(region: string): string | undefined {
    if (this.backend.network.isCut(region, this.region)) return undefined;
    return (region === this.region ? undefined : writeEndpointOf(this.google)) ?? recordOf(this.google);
  }

  readerFor(region: string): string | undefined {
    return this.backend.network.isCut(region, this.region) ? undefined : readerOf(this.google);
  }

  async close(): Promise<void> {
    try {
      await this.#host.close();
    } finally {
      await this.#gauge.close();
      await this.#server.close();
      await this.backend.close();
    }
  }
}

function gaugeOf({ engine, backend, clock, google }: Parts): LagGauge {
  const { sql, lag } = google;
  return new LagGauge({
    backend: {
      member: (region, id) => backend.member(region, id),
      lagOf: cloudSqlLag(engine, backend),
      // An idle primary's replica has nothing to apply, and lags by nothing.
      beat: () => Promise.resolve(),
    },
    clock,
    metrics: {
      leaveMeasuring: () => lag.leaveMeasuring(),
      record: (...samples) => {
        for (const { instance = '', value, at = clock.now() } of samples) lag.record(instance, { at, lag: value });
      },
    },
    instances: () =>
      sql.all.map((each) => ({
        ...{ region: each.region, id: each.name, source: sql.sourceOf(each) },
        status: each.state === 'PENDING_CREATE' ? 'creating' : 'available',
      })),
  });
}

function callOf({ method, isMutating, ...call }: GoogleCallSeen, index: number): ApiCall {
  const [service = '', ...action] = method.split('.');
  return {
    ...{ ...call, service, action: action.join('.'), mutating: isMutating },
    ...{ requestId: String(index + 1), caller: 'runbook', parameters: {} },
  };
}
