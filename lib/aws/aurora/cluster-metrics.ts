import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { isUnknown } from '../known-values';

/** A metric of one DB cluster by its literal name. Source: Amazon Aurora User Guide, "Cluster-level metrics for Amazon Aurora". */
export function clusterMetric(
  metricName: string,
  cluster: { readonly identifier: string; readonly region: string | undefined },
  props?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/RDS',
    metricName,
    dimensionsMap: { DBClusterIdentifier: cluster.identifier },
    period: Duration.minutes(1),
    statistic: cloudwatch.Stats.MAXIMUM,
    region: isUnknown(cluster.region) ? undefined : cluster.region,
    ...props,
  });
}

/**
 * Aurora counts its lags in milliseconds; people, and objectives, in seconds.
 *
 * @param of whose it is: on one graph, each has an id of its own
 */
export function inSeconds(metric: cloudwatch.Metric, label: string, of?: string): cloudwatch.MathExpression {
  const id = of === undefined ? 'ms' : `ms_${of.replaceAll('-', '_')}`;
  return new cloudwatch.MathExpression({
    expression: `${id} / 1000`,
    usingMetrics: { [id]: metric },
    label,
    period: metric.period,
  });
}
