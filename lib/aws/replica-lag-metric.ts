import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { isUnknown } from './known-values';

/** A metric of one DB instance by its literal name. */
export function instanceMetric(
  metricName: string,
  identifier: string,
  region: string | undefined,
  props?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/RDS',
    metricName,
    dimensionsMap: { DBInstanceIdentifier: identifier },
    // RDS sends one value a minute: a longer period would hide a short stop, a shorter one would be mostly empty.
    period: Duration.minutes(1),
    statistic: cloudwatch.Stats.MAXIMUM,
    region: isUnknown(region) ? undefined : region,
    ...props,
  });
}

/**
 * `ReplicaLag` of a replica, in seconds whatever the engine.
 *
 * −1 is "does not replicate" (MySQL, MariaDB, SQL Server). PostgreSQL counts from the last replayed transaction, so it
 * climbs to 300 s while the primary is idle. Source: Amazon RDS User Guide, "Amazon CloudWatch metrics for Amazon RDS".
 */
export function replicaLagMetric(
  identifier: string,
  region: string | undefined,
  props?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return instanceMetric('ReplicaLag', identifier, region, props);
}
