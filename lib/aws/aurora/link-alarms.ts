import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { formatDuration, type Topology } from '../../topology';
import type { ClusterMember } from './cluster-member';
import { linkMetric } from './cluster-lag-metrics';
import { inSeconds } from './cluster-metrics';

/** The three ways in which the link between two clusters fails its objective. */
export interface LinkAlarms {
  /** It works, but too slowly. */
  readonly late: cloudwatch.Alarm;
  /** It stands still. */
  readonly broken: cloudwatch.Alarm;
  /** Nothing is heard of it. */
  readonly silent: cloudwatch.Alarm;
}

/** Seconds of lag per second that passes: 1 is a link that stands still; a little less, because samples jitter. */
const STANDSTILL = 0.9;
const STANDSTILL_MINUTES = 5;

/**
 * The alarms of the link to one cluster, in the scope of its Region.
 *
 * In a global database every cluster has them, the primary too: the metric is where the secondary is, and after a switchover
 * that is on the other side before anybody deploys. *Late* and *broken* are armed by the metric itself, because missing data
 * leave them as they are. *Silent* is armed by the declared role: on the primary, and on what has no server, silence is right.
 */
export function linkAlarms(scope: Construct, member: ClusterMember, topology: Topology): LinkAlarms | undefined {
  const link = linkMetric(topology, member);
  if (link === undefined) return undefined;
  const name = member.physicalClusterIdentifier;
  const { lag } = topology.objectives;
  const { metric, unit } = link;
  const isHeard = member.role === 'replica' && member.declared.instances?.length !== 0;
  return {
    late: new cloudwatch.Alarm(scope, `${member.memberId}-late`, {
      alarmName: `${name}-replication-late`,
      alarmDescription: `${name}, when it follows, is more than ${formatDuration(lag)} behind the primary. Look for its load, and for that of the primary.`,
      metric: unit === 'ms' ? inSeconds(metric, 'Seconds behind') : metric,
      threshold: lag,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      // No news is the silent alarm's business; it must not turn this one green.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    }),
    broken: new cloudwatch.Alarm(scope, `${member.memberId}-broken`, {
      alarmName: `${name}-replication-broken`,
      alarmDescription: `${name}, when it follows, has received nothing for ${STANDSTILL_MINUTES} minutes, or says itself that it does not replicate.`,
      metric: standstill(metric, unit),
      threshold: STANDSTILL,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: STANDSTILL_MINUTES,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    }),
    silent: new cloudwatch.Alarm(scope, `${member.memberId}-silent`, {
      alarmName: `${name}-replication-silent`,
      alarmDescription: `${name} was a secondary when this was deployed and has sent no lag for 5 minutes: it is down, detached, or has become the primary, of which the next deployment tells this alarm.`,
      metric: metric.with({ statistic: cloudwatch.Stats.SAMPLE_COUNT }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 5,
      treatMissingData: isHeard ? cloudwatch.TreatMissingData.BREACHING : cloudwatch.TreatMissingData.NOT_BREACHING,
    }),
  };
}

/** A lag that grows as fast as time passes is a link that stands still; a negative one says so itself. Never tried live. */
function standstill(metric: cloudwatch.Metric, unit: 'ms' | 's'): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    label: 'Seconds of lag per second',
    expression: `IF(lag < 0, 1, RATE(lag)${unit === 'ms' ? ' / 1000' : ''})`,
    usingMetrics: { lag: metric },
    period: metric.period,
  });
}
