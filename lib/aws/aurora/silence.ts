import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** For so long nothing is heard until somebody is told. */
const SILENT_MINUTES = 5;

/** For so long what was heard is remembered, where nothing is expected. */
const MEMORY_MINUTES = 60;

type Silence = Pick<
  cloudwatch.AlarmProps,
  'metric' | 'threshold' | 'comparisonOperator' | 'evaluationPeriods' | 'datapointsToAlarm' | 'treatMissingData'
>;

/**
 * Nothing is heard of what should be heard all the time.
 *
 * @param otherwise what is heard instead when the cluster has the other role: no silence then
 */
export function expectedSilence(metric: cloudwatch.Metric, otherwise?: cloudwatch.Metric): Silence {
  const heard = metric.with({ statistic: cloudwatch.Stats.SAMPLE_COUNT });
  return {
    metric:
      otherwise === undefined
        ? heard
        : new cloudwatch.MathExpression({
            label: 'Samples',
            expression: 'SUM([heard, otherwise])',
            usingMetrics: { heard, otherwise: otherwise.with({ statistic: cloudwatch.Stats.SAMPLE_COUNT }) },
            period: metric.period,
          }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: SILENT_MINUTES,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  };
}

/**
 * Nothing is heard any more of what was heard within the last hour: of a cluster that has got the other role, and of which no
 * deployment has told this alarm. What was never heard is no silence. Never tried live: an alarm on RUNNING_SUM.
 *
 * @param otherwise as above
 */
export function rememberedSilence(metric: cloudwatch.Metric, otherwise: cloudwatch.Metric): Silence {
  return {
    metric: new cloudwatch.MathExpression({
      label: 'Heard before, and not now',
      expression: 'IF(FILL(SUM([heard, otherwise]), 0) > 0, 0, RUNNING_SUM(FILL(heard, 0)) > 0)',
      usingMetrics: {
        heard: metric.with({ statistic: cloudwatch.Stats.SAMPLE_COUNT }),
        otherwise: otherwise.with({ statistic: cloudwatch.Stats.SAMPLE_COUNT }),
      },
      period: metric.period,
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: MEMORY_MINUTES,
    datapointsToAlarm: SILENT_MINUTES,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  };
}
