import type { Metrics } from '../cloudwatch/metrics';
import type { PostgresMember } from '../postgres/postgres-member';
import type { ScaledClock } from '../scaled-clock';
import { EveryMinute, MINUTE } from '../servers/every-minute';
import type { LagPoint } from '../servers/lag-gauge';
import type { ClusterUnit } from './cluster-unit';

export interface ClusterGaugeOptions {
  readonly units: readonly ClusterUnit[];
  readonly clock: ScaledClock;
  readonly metrics: Metrics;
  /** Whether two Regions reach each other. */
  readonly canReach: (from: string, to: string) => boolean;
}

interface Told {
  /** Of a server, or of a cluster. */
  readonly id: string;
  readonly unit: Pick<ClusterUnit, 'id' | 'region'>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly seconds: number;
}

/** Minutes before the beginning of which CloudWatch knows. */
const PAST = 5;
/** Milliseconds of the machine that a server has to answer. */
const PATIENCE = 1000;

/**
 * Measures once a minute how far servers are behind the writer of their volume, and clusters behind the primary: none where they
 * have all there is, else the age of the newest commit that they have. How Aurora measures it was never looked up.
 */
export class ClusterGauge {
  readonly points: LagPoint[] = [];
  readonly #options: ClusterGaugeOptions;
  readonly #rounds: EveryMinute;

  constructor(options: ClusterGaugeOptions) {
    this.#options = options;
    this.#remember();
    this.#rounds = new EveryMinute(options.clock, () => this.measure());
  }

  /** Measures now, besides. */
  async measure(): Promise<void> {
    const { units, canReach } = this.#options;
    const primary = units.find(({ isPrimary }) => isPrimary);
    await Promise.all(
      units.flatMap((unit) => [
        ...unit.others.map((server) => this.#record(server, unit.head, { id: server.id, unit })),
        ...(unit.head === undefined || unit.isPrimary || primary === undefined
          ? []
          : [
              this.#record(unit.head, canReach(primary.region, unit.region) ? primary.head : undefined, {
                ...{ id: unit.id, unit },
              }),
            ]),
      ]),
    );
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  /** Before there was anything to write, nobody was behind. */
  #remember(): void {
    const { units, clock } = this.#options;
    for (let ago = 1; ago <= PAST; ago += 1) {
      const at = clock.now() - ago * MINUTE;
      for (const unit of units) {
        for (const { id } of unit.others) this.#tell({ id, unit, at, seconds: 0 });
        if (unit.head !== undefined && !unit.isPrimary) this.#tell({ id: unit.id, unit, at, seconds: 0 });
      }
    }
  }

  async #record(
    server: PostgresMember,
    source: PostgresMember | undefined,
    { id, unit }: { readonly id: string; readonly unit: ClusterUnit },
  ): Promise<void> {
    const { clock, units } = this.#options;
    const lag = await lagBehind(server, source);
    if (lag === undefined) return;
    const at = clock.now();
    const seconds = (at - clock.at(Date.now() - lag * 1000)) / 1000;
    // A reader's lag is drawn for a cluster that is alone; of a global database, that of the clusters is.
    if (id === unit.id || units.length === 1) this.points.push({ region: unit.region, id, at, seconds });
    this.#tell({ id, unit, at, seconds });
  }

  #tell({ id, unit: { id: cluster, region }, at, seconds }: Told): void {
    const isCluster = id === cluster;
    this.#options.metrics.record({
      ...{ region, value: seconds * 1000, at },
      name: isCluster ? 'AuroraGlobalDBRPOLag' : 'AuroraReplicaLag',
      dimensions: { [isCluster ? 'DBClusterIdentifier' : 'DBInstanceIdentifier']: id },
    });
  }
}

/** In seconds of the machine; undefined: it does not answer, and nothing is measured. */
async function lagBehind(server: PostgresMember, source: PostgresMember | undefined): Promise<number | undefined> {
  try {
    const place = source?.server.isAwake === true ? await placeOf(source) : undefined;
    const session = await server.administer(PATIENCE);
    try {
      const [row] = await session.query<{ has: boolean | null; age: number | null }>(
        'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS has, extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8 AS age',
        [place ?? null],
      );
      return row?.has === true ? 0 : Math.max(0, row?.age ?? 0);
    } finally {
      session.destroy();
    }
  } catch {
    return undefined;
  }
}

/** How far the one that is followed is: it may follow somebody, too. */
async function placeOf(source: PostgresMember): Promise<string | undefined> {
  const session = await source.administer(PATIENCE);
  try {
    const [row] = await session.query<{ at: string }>(
      'SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text AS at',
    );
    return row?.at;
  } finally {
    session.destroy();
  }
}
