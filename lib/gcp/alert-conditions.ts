import type * as pulumi from '@pulumi/pulumi';
import type { AlertPolicyArgs } from '@pulumi/gcp/monitoring';
import type { Seconds } from '../topology';
import { filter, METRICS, type Scope } from './replication-metrics';

// Not from the root of `@pulumi/gcp`: its types are of hundreds of modules, and every program would read them.
export type Condition = Extract<
  Extract<AlertPolicyArgs['conditions'], readonly unknown[]>[number],
  { readonly displayName: unknown }
>;

const MINUTE: Seconds = 60;

/** The newest sample may be so old before anybody can see it. */
const VISIBILITY: Seconds = 165;

/** Long enough for samples that are merely late, and the whole minutes that an absence is counted in. */
const SILENT: Seconds = 10 * MINUTE;

/** Cloud Monitoring counts durations in whole minutes. */
export const wholeMinutes = (seconds: Seconds): string => `${Math.ceil(seconds / MINUTE) * MINUTE}s`;

export interface LagConditions {
  readonly scope: Scope;
  /** Above it, a replica is late. */
  readonly lag: Seconds;
  /** For so long it has to be. */
  readonly after: Seconds;
}

/**
 * What is wrong with a replica: it is late, it does not replicate, it says nothing, or Cloud SQL says that there is an error.
 *
 * The largest lag of a minute counts: an average of 100 and -1 would look healthy.
 */
export function replicaConditions({ scope, lag, after }: LagConditions): Condition[] {
  const duration = wholeMinutes(after);
  const lagOf = filter(METRICS.lag, scope);
  return [
    threshold('late', {
      ...{ filter: lagOf, comparison: 'COMPARISON_GT', thresholdValue: lag, duration },
      // A replica that went silent while it was late is not well again.
      evaluationMissingData: 'EVALUATION_MISSING_DATA_ACTIVE',
    }),
    threshold('not replicating', {
      ...{ filter: lagOf, comparison: 'COMPARISON_LT', thresholdValue: 0, duration },
      evaluationMissingData: 'EVALUATION_MISSING_DATA_ACTIVE',
    }),
    { displayName: 'silent', conditionAbsent: { filter: lagOf, duration: wholeMinutes(SILENT), aggregations: any() } },
    threshold('in error', {
      filter: filter(METRICS.state, scope, 'metric.labels.state = "Error"'),
      ...{ comparison: 'COMPARISON_GT', thresholdValue: 1, duration: '0s' },
      // Two samples, so that one of them alone wakes nobody.
      aggregations: [{ alignmentPeriod: wholeMinutes(VISIBILITY + 2 * MINUTE), perSeriesAligner: 'ALIGN_COUNT_TRUE' }],
    }),
  ];
}

export interface LogConditions {
  readonly scope: Scope;
  readonly bytes: number;
  readonly after: Seconds;
}

/** PostgreSQL, by its source: log that replicas have not applied, and log that its slots keep because they have not got it. */
export function sourceConditions({ scope, bytes, after }: LogConditions): Condition[] {
  const of = (type: string): pulumi.Output<string> =>
    filter(METRICS.logBytes, scope, `metric.labels.replica_lag_type = "${type}"`);
  const above = { comparison: 'COMPARISON_GT', thresholdValue: bytes, duration: wholeMinutes(after) };
  return [
    threshold('log not applied', { ...above, filter: of('replay_location') }),
    threshold('log kept in a slot', { ...above, filter: of('sent_location') }),
  ];
}

type Threshold = NonNullable<Extract<Condition['conditionThreshold'], { comparison: unknown }>>;

function threshold(displayName: string, condition: Threshold): Condition {
  return { displayName, conditionThreshold: { aggregations: largest(), ...condition } };
}

const largest = () => [{ alignmentPeriod: '60s', perSeriesAligner: 'ALIGN_MAX' }];

/** Of all nodes together: that one of them is gone is no silence. */
const any = () => [
  { alignmentPeriod: '60s', perSeriesAligner: 'ALIGN_MEAN', crossSeriesReducer: 'REDUCE_MAX', groupByFields: [] },
];
