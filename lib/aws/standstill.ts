import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Seconds of lag per second that passes: 1 is a replay that stands still; a little less, because samples jitter. */
const STANDSTILL = 0.9;

/** What of an alarm says when it fires. */
export type AlarmCondition = Pick<
  cloudwatch.AlarmProps,
  'metric' | 'threshold' | 'comparisonOperator' | 'evaluationPeriods' | 'datapointsToAlarm'
>;

/**
 * A lag that grows as fast as time passes for so many minutes is a replication that stands still; a negative one says so itself.
 *
 * The first sample of those that an alarm looks at may have no rate, for want of one before it. So one more minute is looked at,
 * and a rate that is missing is no reason to be quiet. Never tried live: an alarm on `RATE`.
 */
export function standstill(lag: cloudwatch.Metric, minutes: number, unit: 's' | 'ms' = 's'): AlarmCondition {
  const rate = unit === 'ms' ? 'RATE(lag) / 1000' : 'RATE(lag)';
  return {
    metric: new cloudwatch.MathExpression({
      label: 'Seconds of lag per second',
      expression: `IF(lag < 0, 1, FILL(${rate}, 1))`,
      usingMetrics: { lag },
      period: lag.period,
    }),
    threshold: STANDSTILL,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: minutes + 1,
  };
}
