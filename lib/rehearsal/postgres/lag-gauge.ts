import type { Metrics } from '../cloudwatch/metrics';
import type { Instance } from '../rds/instance';
import type { ScaledClock } from '../scaled-clock';
import type { PostgresBackend } from './postgres-backend';
import type { PostgresServer } from './postgres-server';

export interface LagGaugeOptions {
  readonly backend: PostgresBackend;
  readonly clock: ScaledClock;
  readonly metrics: Metrics;
  /** The instances as the cloud knows them. */
  readonly instances: () => readonly Instance[];
}

/** How far behind one standby was, for who draws it. */
export interface LagPoint {
  readonly region: string;
  readonly id: string;
  /** Milliseconds since 1970, by the cloud's clock. */
  readonly at: number;
  readonly seconds: number;
}

/** Of the cloud's time. */
const MINUTE = 60_000;

/**
 * How often RDS itself writes on an idle primary, in minutes: so its lag climbs no further than this: facts/promotion.md §0,
 * finding 5 says "up to 5 min"; how RDS does it was never looked up.
 */
const HEARTBEAT = 5;

/** Not where transactions are read-only: a primary that is frozen stands still. Whether that of RDS does was never tried live. */
const BEAT = "SELECT CASE WHEN current_setting('transaction_read_only') = 'off' THEN pg_current_xact_id() END";

/** Milliseconds of the machine that a standby has to answer. */
const PATIENCE = 1000;

/**
 * RDS's definition for PostgreSQL, which is no distance: the age of the newest commit that was applied. Never -1.
 * Null before the first one.
 */
const LAG = 'SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8 AS lag';

/** Measures every standby once a minute of the cloud's time, and records it as `ReplicaLag`. */
export class LagGauge {
  readonly points: LagPoint[] = [];
  readonly #options: LagGaugeOptions;
  #minutes = 0;
  #cancel: () => void = () => undefined;
  #isOver = false;
  #round: Promise<unknown> = Promise.resolve();

  constructor(options: LagGaugeOptions) {
    this.#options = options;
    options.metrics.leaveMeasuring();
    this.#await();
  }

  /** Measures now, besides. */
  async measure(): Promise<void> {
    const { instances } = this.#options;
    this.#minutes += 1;
    const [primaries, replicas] = [instances().filter(isOnItsOwn), instances().filter(isReplica)];
    if (this.#minutes % HEARTBEAT === 1) await Promise.all(primaries.map((each) => this.#beat(each)));
    await Promise.all(replicas.map((each) => this.#record(each)));
  }

  async close(): Promise<void> {
    this.#isOver = true;
    this.#cancel();
    await this.#round;
  }

  #await(): void {
    const { clock } = this.#options;
    const next = (Math.floor(clock.now() / MINUTE) + 1) * MINUTE;
    this.#cancel = clock.alarm(next, () => {
      this.#round = this.measure().finally(() => {
        if (!this.#isOver) this.#await();
      });
    });
  }

  async #record({ region, id }: Instance): Promise<void> {
    const { backend, clock, metrics } = this.#options;
    const [row] = await asked<{ lag: number | null }>(backend.member(region, id).server, LAG);
    if (typeof row?.lag !== 'number') return;
    const seconds = Math.max(0, row.lag) * clock.scale;
    const at = clock.now();
    this.points.push({ region, id, at, seconds });
    metrics.record({ region, name: 'ReplicaLag', instance: id, value: seconds, at });
  }

  async #beat({ region, id }: Instance): Promise<void> {
    await asked(this.#options.backend.member(region, id).server, BEAT);
  }
}

const isReplica = ({ source, status }: Instance): boolean => source !== undefined && status !== 'creating';
const isOnItsOwn = ({ source, status }: Instance): boolean => source === undefined && status === 'available';

/** Nothing, of a server that does not answer: then nothing is measured, as nothing is by RDS. */
async function asked<Row extends object>(server: PostgresServer, text: string): Promise<readonly Row[]> {
  const client = server.client();
  const late = setTimeout(() => client.connection.stream.destroy(), PATIENCE);
  try {
    await client.connect();
    return (await client.query<Row>(text)).rows;
  } catch {
    return [];
  } finally {
    clearTimeout(late);
    client.connection.stream.destroy();
  }
}
