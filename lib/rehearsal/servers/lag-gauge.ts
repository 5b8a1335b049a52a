import type { Metrics } from '../cloudwatch/metrics';
import type { Instance } from '../rds/instance';
import type { ScaledClock } from '../scaled-clock';
import type { DatabaseBackend } from './database-backend';
import type { DatabaseSession } from './database-session';
import { EveryMinute } from './every-minute';

export interface LagGaugeOptions {
  readonly backend: Pick<DatabaseBackend, 'member' | 'lagOf' | 'beat'>;
  readonly clock: ScaledClock;
  /** Where it is written down. */
  readonly metrics: Pick<Metrics, 'leaveMeasuring' | 'record'>;
  /** The instances as the cloud knows them. */
  readonly instances: () => readonly GaugedInstance[];
}

type GaugedInstance = Pick<Instance, 'region' | 'id' | 'source' | 'status'>;

/** How far behind one replica was, for who draws it. */
export interface LagPoint {
  readonly region: string;
  readonly id: string;
  /** Milliseconds since 1970, by the cloud's clock. */
  readonly at: number;
  readonly seconds: number;
}

/**
 * How often RDS itself writes on an idle primary, in minutes: so its lag climbs no further than this: facts/promotion.md §0,
 * finding 5 says "up to 5 min"; how RDS does it was never looked up.
 */
const HEARTBEAT = 5;

/** Milliseconds of the machine that a server has to answer. */
const PATIENCE = 1000;

/** Measures every replica once a minute of the cloud's time, and records it as `ReplicaLag`. */
export class LagGauge {
  readonly points: LagPoint[] = [];
  readonly #options: LagGaugeOptions;
  #minutes = 0;
  readonly #rounds: EveryMinute;

  constructor(options: LagGaugeOptions) {
    this.#options = options;
    options.metrics.leaveMeasuring();
    this.#rounds = new EveryMinute(options.clock, () => this.measure());
  }

  /** Measures now, besides. */
  async measure(): Promise<void> {
    const { instances } = this.#options;
    this.#minutes += 1;
    const [primaries, replicas] = [instances().filter(isOnItsOwn), instances().filter(isReplica)];
    if (this.#minutes % HEARTBEAT === 1) await Promise.all(primaries.map((each) => this.#beat(each)));
    await Promise.all(replicas.map((each) => this.#record(each)));
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #record({ region, id }: GaugedInstance): Promise<void> {
    const { backend, clock, metrics } = this.#options;
    const lag = await this.#asked({ region, id }, (session) => backend.lagOf(session));
    if (lag === undefined) return;
    // -1 is no time: the engine says by it that replication does not run.
    const at = clock.now();
    const seconds = lag < 0 ? lag : (at - clock.at(Date.now() - lag * 1000)) / 1000;
    this.points.push({ region, id, at, seconds });
    metrics.record({ region, name: 'ReplicaLag', instance: id, value: seconds, at });
  }

  async #beat({ region, id }: GaugedInstance): Promise<void> {
    await this.#asked({ region, id }, (session) => this.#options.backend.beat(session));
  }

  /** Undefined, of a server that does not answer: then nothing is measured, as nothing is by RDS. */
  async #asked<T>(
    { region, id }: Pick<GaugedInstance, 'region' | 'id'>,
    ask: (session: DatabaseSession) => Promise<T>,
  ): Promise<T | undefined> {
    let session: DatabaseSession | undefined;
    try {
      session = await this.#options.backend.member(region, id).administer(PATIENCE);
      return await ask(session);
    } catch {
      return undefined;
    } finally {
      session?.destroy();
    }
  }
}

const isReplica = ({ source, status }: GaugedInstance): boolean => source !== undefined && status !== 'creating';
const isOnItsOwn = ({ source, status }: GaugedInstance): boolean => source === undefined && status === 'available';
