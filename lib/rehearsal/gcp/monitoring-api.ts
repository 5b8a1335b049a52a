import type { Clock } from '../clock';
import { Lateness } from '../lateness';
import { noSuchMethod, type GoogleApi } from './google-service';
import type { SqlInstances } from './sql/sql-instances';

/** From when on an instance is how far behind; `growing`: further every second. */
interface Stretch {
  readonly from: number;
  readonly lag: number | 'growing';
}

/** One number, negative when it does not replicate. */
export interface LagSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly lag: number;
}

const MINUTE = 60_000;

/** Cloud Monitoring, of one metric: the lag of replicas, sampled each minute and told late. */
export class LagHistory {
  readonly #clock: Clock;
  readonly #fleet: SqlInstances;
  readonly #begin: number;
  readonly #stretches = new Map<string, Stretch[]>();
  readonly #lateness = new Map<string, Lateness>();
  #measured: Map<string, LagSample[]> | undefined;

  constructor(clock: Clock, fleet: SqlInstances) {
    this.#clock = clock;
    this.#fleet = fleet;
    this.#begin = clock.now();
  }

  /** From now on; negative: it does not replicate. @default 0.5 */
  set(name: string, lag: Stretch['lag']): void {
    this.#stretches.set(name, [...(this.#stretches.get(name) ?? []), { from: this.#clock.now(), lag }]);
  }

  /** From now on somebody measures: only what is recorded counts. */
  leaveMeasuring(): void {
    this.#measured ??= new Map();
  }

  record(name: string, sample: LagSample): void {
    this.leaveMeasuring();
    this.#measured?.set(name, [...(this.#measured.get(name) ?? []), sample]);
  }

  /** Tells the lag of an instance so many seconds later than usual from now on; 0: as usual. */
  delay(name: string, seconds: number): void {
    const lateness = this.#lateness.get(name) ?? new Lateness();
    this.#lateness.set(name, lateness);
    lateness.change(this.#clock.now(), seconds * 1000);
  }

  /** Newest first, as they are told. */
  points(name: string, from: number, until: number): readonly LagSample[] {
    const samples = this.#measured === undefined ? this.#sampled(name, from, until) : (this.#measured.get(name) ?? []);
    return samples.filter(({ at }) => at >= from && at <= until && this.#isTold(name, at)).toReversed();
  }

  #isTold(name: string, at: number): boolean {
    const usual = at + this.#fleet.times.metricDelay * 1000;
    return (this.#lateness.get(name)?.toldAt(usual) ?? usual) <= this.#clock.now();
  }

  #sampled(name: string, from: number, until: number): readonly LagSample[] {
    const samples: LagSample[] = [];
    for (let at = Math.ceil(Math.max(from, this.#begin) / MINUTE) * MINUTE; at <= until; at += MINUTE) {
      samples.push({ at, lag: this.#lagAt(name, at) });
    }
    return samples;
  }

  #lagAt(name: string, at: number): number {
    const stretch = this.#stretches.get(name)?.findLast(({ from }) => from <= at);
    if (stretch === undefined) return 0.5;
    return stretch.lag === 'growing' ? (at - stretch.from) / 1000 : stretch.lag;
  }
}

export function monitoringApi(fleet: SqlInstances, history: LagHistory): GoogleApi {
  return {
    name: 'monitoring',
    read: (request) => {
      if (!/^\/v3\/projects\/[^/]+\/timeSeries$/.test(request.path)) throw noSuchMethod(request);
      const { query } = request;
      const ids = [...(query.get('filter') ?? '').matchAll(/"[^":]+:([^"]+)"/g)].map(([, name = '']) => name);
      const [from, until] = ['interval.startTime', 'interval.endTime'].map((name) => Date.parse(query.get(name) ?? ''));
      return {
        ...{ action: 'timeSeries.list', resource: 'replica_lag', isMutating: false },
        perform: () => ({
          timeSeries: ids
            .filter((name) => fleet.sourceOf(fleet.get(name)) !== undefined)
            .map((name) => ({
              resource: { type: 'cloudsql_database', labels: { database_id: `${fleet.project}:${name}` } },
              points: history.points(name, from ?? 0, until ?? 0).map(({ at, lag }) => ({
                interval: { startTime: new Date(at).toISOString(), endTime: new Date(at).toISOString() },
                value: { doubleValue: lag },
              })),
            })),
        }),
      };
    },
  };
}
