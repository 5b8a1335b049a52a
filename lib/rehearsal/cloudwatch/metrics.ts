import type { Clock } from '../clock';
import { Lateness } from '../lateness';
import type { Instance } from '../rds/instance';
import { ReplicationHistory } from './replication-history';

/** Seconds in the shortest period: what is measured is known by the minute. */
export const MINUTE = 60;

/** Which numbers are meant. */
export interface Metric {
  readonly region: string;
  /** @default 'AWS/RDS' */
  readonly namespace?: string;
  readonly name: string;
  /** Id of the instance: short for the dimension `DBInstanceIdentifier`. */
  readonly instance?: string;
  /** @default that of the instance, or none */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** One number that was measured. */
export interface MetricSample extends Metric {
  readonly value: number;
  /** Milliseconds since 1970. @default now */
  readonly at?: number;
}

export interface MetricsOptions {
  readonly clock: Clock;
  readonly metrics?: readonly MetricSample[];
  /** Seconds from the beginning of a minute until its numbers can be read. */
  readonly delaySeconds: number;
}

interface Silence {
  readonly from: number;
  readonly until: number;
}

/**
 * What is measured in all Regions. `ReplicaLag` is measured of every replica that runs; all else is what was recorded.
 * What was recorded for a minute is what counts for it.
 */
export class Metrics {
  readonly #clock: Clock;
  readonly #delay: number;
  readonly #history = new ReplicationHistory();
  readonly #samples = new Map<string, Map<number, readonly number[]>>();
  #measuredSince = Infinity;
  readonly #silences = new Map<string, readonly Silence[]>();
  readonly #lateness = new Map<string, Lateness>();

  constructor({ clock, metrics = [], delaySeconds }: MetricsOptions) {
    this.#clock = clock;
    this.#delay = delaySeconds * 1000;
    this.record(...metrics);
  }

  /** Records numbers, past ones too. */
  record(...samples: readonly MetricSample[]): void {
    for (const sample of samples) {
      const minutes = this.#samples.get(nameOf(sample)) ?? new Map<number, readonly number[]>();
      const minute = beginningOf(sample.at ?? this.#clock.now(), MINUTE);
      this.#samples.set(nameOf(sample), minutes.set(minute, [...(minutes.get(minute) ?? []), sample.value]));
    }
  }

  /** From now on somebody measures the replicas: only what is recorded counts. */
  leaveMeasuring(): void {
    this.#measuredSince = beginningOf(this.#clock.now(), MINUTE);
  }

  /** Publishes nothing of itself about an instance from now on. */
  silence(region: string, instance: string): void {
    const before = this.#silences.get(`${region}/${instance}`) ?? [];
    this.#silences.set(`${region}/${instance}`, [...before, { from: this.#clock.now(), until: Infinity }]);
  }

  /** Ends a silence. */
  resume(region: string, instance: string): void {
    const now = this.#clock.now();
    const before = this.#silences.get(`${region}/${instance}`) ?? [];
    const ended = before.map(({ from, until }) => ({ from, until: Math.min(until, now) }));
    this.#silences.set(`${region}/${instance}`, ended);
  }

  /** Tells the numbers of an instance, or of a cluster, so many seconds later than usual from now on; 0: as usual. */
  delay(region: string, identifier: string, seconds: number): void {
    const lateness = this.#lateness.get(`${region}/${identifier}`) ?? new Lateness();
    this.#lateness.set(`${region}/${identifier}`, lateness);
    lateness.change(this.#clock.now(), seconds * 1000);
  }

  /** The numbers of a minute that begins then, so far as they can be read by now. */
  valuesOf(metric: Metric, minute: number): readonly number[] {
    if (this.#toldAt(metric, minute) > this.#clock.now()) return [];
    const recorded = this.#samples.get(nameOf(metric))?.get(minute);
    if (recorded) return recorded;
    const lag = this.#lagOf(metric, minute);
    return lag === undefined ? [] : [lag];
  }

  observe(instance: Instance, since: number): void {
    this.#history.observe(instance, since);
  }

  end(instance: Instance, since: number): void {
    this.#history.end(instance, since);
  }

  #toldAt(metric: Metric, minute: number): number {
    const { DBInstanceIdentifier: instance, DBClusterIdentifier: cluster } = dimensionsOf(metric);
    const lateness = this.#lateness.get(`${metric.region}/${instance ?? cluster ?? ''}`);
    const usual = minute + this.#delay;
    return lateness?.toldAt(usual) ?? usual;
  }

  #lagOf(metric: Metric, minute: number): number | undefined {
    const { DBInstanceIdentifier: id, ...more } = dimensionsOf(metric);
    if (metric.name !== 'ReplicaLag' || namespaceOf(metric) !== 'AWS/RDS') return undefined;
    if (id === undefined || Object.keys(more).length > 0 || minute >= this.#measuredSince) return undefined;
    const silences = this.#silences.get(`${metric.region}/${id}`) ?? [];
    if (silences.some(({ from, until }) => from <= minute && minute < until)) return undefined;
    return this.#history.lagAt(metric.region, id, minute);
  }
}

export const beginningOf = (at: number, seconds: number): number => Math.floor(at / (seconds * 1000)) * seconds * 1000;

const namespaceOf = ({ namespace = 'AWS/RDS' }: Metric): string => namespace;

const dimensionsOf = ({ dimensions, instance }: Metric): Readonly<Record<string, string>> => ({
  ...(instance === undefined ? {} : { DBInstanceIdentifier: instance }),
  ...dimensions,
});

function nameOf(metric: Metric): string {
  const dimensions = Object.entries(dimensionsOf(metric)).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([metric.region, namespaceOf(metric), metric.name, dimensions]);
}
