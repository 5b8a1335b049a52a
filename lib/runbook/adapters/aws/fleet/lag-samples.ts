import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Seconds } from '../../../../topology';
import type { Instant, LagSample, Obstacle } from '../../../decision';
import { isAwsCallError } from '../aws-call-error';
import { boundedCall } from '../bounded-call';
import { USUAL_BOUNDS, type Bounds } from '../client-settings';
import type { FleetClients } from './fleet-clients';

const WINDOW: Seconds = 3600;
const PERIOD: Seconds = 60;

/** The lag of replicas in one Region, by `region/identifier`, and why it could not be read. */
export interface Samples {
  readonly of: ReadonlyMap<string, readonly LagSample[]>;
  readonly obstacle?: Obstacle;
}

export const NO_SAMPLES: Samples = { of: new Map() };

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

  /** One call for all replicas of a Region. Never throws because it is not answered: there are no samples then. */
  async read(
    region: string,
    identifiers: readonly string[],
    now: Instant,
    measure: Measure = REPLICA_LAG,
  ): Promise<Samples> {
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
      return {
        of: new Map(
          identifiers.map((identifier, index) => {
            const { Timestamps = [], Values = [] } = results.find(({ Id }) => Id === idOf(index)) ?? {};
            const samples = Timestamps.map((begin, at) => sample(begin, Values[at] ?? -1, now, measure));
            return [`${region}/${identifier}`, samples];
          }),
        ),
      };
    } catch (error) {
      if (!isAwsCallError(error)) throw error;
      return { ...NO_SAMPLES, obstacle: unreadable(error.message) };
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

function unreadable(problem: string): Obstacle {
  const fix =
    'see that cloudwatch:GetMetricData is allowed; without it, only the databases can say how far behind they are';
  return { id: 'lag-unreadable', severity: 'warn', acceptance: 'none', problem, fix };
}
