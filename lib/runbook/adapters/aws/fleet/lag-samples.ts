import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Seconds } from '../../../../topology';
import { instantText, type Instant, type LagSample, type Obstacle } from '../../../decision';
import { isAwsCallError } from '../aws-call-error';
import { boundedCall } from '../bounded-call';
import { USUAL_BOUNDS, type Bounds } from '../client-settings';
import type { FleetClients } from './fleet-clients';

const WINDOW: Seconds = 3600;
const PERIOD: Seconds = 60;

/** [I] RDS tells its numbers each minute, and CloudWatch has them some minutes later at most: what is older is missing. */
const SILENT_AFTER: Seconds = 300;

/** The lag of replicas in one Region, by `region/identifier`, and what it does not say. */
export interface Samples {
  readonly of: ReadonlyMap<string, readonly LagSample[]>;
  readonly obstacles: readonly Obstacle[];
}

const NO_SAMPLES: Samples = { of: new Map(), obstacles: [] };

/** By which number of CloudWatch a lag is told. */
export interface Measure {
  readonly metric: string;
  readonly dimension: 'DBInstanceIdentifier' | 'DBClusterIdentifier';
  readonly unit: 's' | 'ms';
}

const REPLICA_LAG: Measure = { metric: 'ReplicaLag', dimension: 'DBInstanceIdentifier', unit: 's' };

/** The lag, from the Region that the replica is in: there it is measured, and nowhere else. */
export class LagSamples {
  readonly #clients: FleetClients;
  readonly #bounds: Bounds;

  constructor(clients: FleetClients, bounds: Bounds = USUAL_BOUNDS) {
    this.#clients = clients;
    this.#bounds = bounds;
  }

  /** One call for all replicas of a Region, none for nobody. Never throws because it is not answered: there are no samples then. */
  async read(
    region: string,
    identifiers: readonly string[],
    now: Instant,
    measure: Measure = REPLICA_LAG,
  ): Promise<Samples> {
    if (identifiers.length === 0) return NO_SAMPLES;
    const command = new GetMetricDataCommand({
      MetricDataQueries: identifiers.map((identifier, index) => query(identifier, index, measure)),
      StartTime: new Date((now - WINDOW) * 1000),
      EndTime: new Date(now * 1000),
      ScanBy: 'TimestampAscending',
    });
    const subject = { service: 'cloudwatch', action: 'GetMetricData', region };
    try {
      const client = this.#clients.cloudWatch(region);
      const answer = await boundedCall(subject, (options) => client.send(command, options), this.#bounds);
      const results = answer.MetricDataResults ?? [];
      const all = identifiers.map((identifier, index) => {
        const { Timestamps = [], Values = [] } = results.find(({ Id }) => Id === idOf(index)) ?? {};
        const samples = Timestamps.map((begin, at) => sample(begin, Values[at] ?? -1, now, measure));
        return { identifier, samples };
      });
      return {
        of: new Map(all.map(({ identifier, samples }) => [`${region}/${identifier}`, samples])),
        obstacles: all
          .filter(({ samples }) => (samples.at(-1)?.at ?? -Infinity) < now - SILENT_AFTER)
          .map(({ identifier, samples }) => silent(`${identifier} in ${region}`, samples.at(-1)?.at)),
      };
    } catch (error) {
      if (!isAwsCallError(error)) throw error;
      return { ...NO_SAMPLES, obstacles: [unreadable(error.message)] };
    }
  }
}

const idOf = (index: number): string => `lag${index}`;

/** The worst of a minute, of which there is usually one number. */
function query(identifier: string, index: number, { metric, dimension }: Measure): MetricDataQuery {
  const Dimensions = [{ Name: dimension, Value: identifier }];
  const Metric = { Namespace: 'AWS/RDS', MetricName: metric, Dimensions };
  return { Id: idOf(index), MetricStat: { Metric, Period: PERIOD, Stat: 'Maximum' } };
}

/** Stamped with the beginning of its minute; nothing is measured later than now. -1: it did not replicate. */
function sample(begin: Date, value: number, now: Instant, { unit }: Measure): LagSample {
  const lag = value < 0 ? null : value / (unit === 'ms' ? 1000 : 1);
  return { at: Math.min(now, begin.getTime() / 1000 + PERIOD), lag };
}

function silent(of: string, last: Instant | undefined): Obstacle {
  return {
    ...{ id: 'lag-silent', severity: 'warn', acceptance: 'none' },
    problem:
      last === undefined
        ? `CloudWatch has told no lag of ${of} for an hour`
        : `CloudWatch tells the lag of ${of} as it was at ${instantText(last)}, and none since`,
    fix: 'a new replica needs some minutes; else see whether it runs and replicates',
  };
}

function unreadable(problem: string): Obstacle {
  const fix =
    'see that cloudwatch:GetMetricData is allowed; without it, only the databases can say how far behind they are';
  return { id: 'lag-unreadable', severity: 'warn', acceptance: 'none', problem, fix };
}
