import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { formatDuration, type Topology } from '../topology';
import { lagThreshold, standstillMinutes } from './lag-thresholds';
import { instanceMetric } from './replica-lag-metric';
import type { ReplicationMember } from './replication-member';

/** The three ways in which a replica fails its objective. Each has an alarm of its own, so that its name tells the cause. */
export interface MemberLagAlarms {
  /** It replicates, but too slowly. */
  readonly late: cloudwatch.Alarm;
  /** It does not replicate. */
  readonly broken: cloudwatch.Alarm;
  /** Nothing is heard of it. */
  readonly silent: cloudwatch.Alarm;
}

/** Seconds of lag per second that passes: 1 is a replay that stands still; a little less, because samples jitter. */
const STANDSTILL = 0.9;

/** The alarms of one replica, in the scope of its Region. */
export function memberLagAlarms(scope: Construct, member: ReplicationMember, topology: Topology): MemberLagAlarms {
  const name = member.physicalInstanceIdentifier;
  const threshold = lagThreshold(topology, member.declared);
  const source = member.declared.replicaOf ?? '';
  return {
    late: new cloudwatch.Alarm(scope, `${member.memberId}-late`, {
      alarmName: `${name}-replication-late`,
      alarmDescription: `${name} is more than ${formatDuration(threshold)} behind ${source}. Look for long transactions on it, for writes that it is too small for, and for its volume's limits.`,
      metric: member.metricReplicaLag(),
      threshold,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      // No news is the silent alarm's business; it must not turn this one green.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    }),
    broken:
      topology.engine.name === 'postgres' ? standstillAlarm(scope, member, topology) : negativeLagAlarm(scope, member),
    silent: new cloudwatch.Alarm(scope, `${member.memberId}-silent`, {
      alarmName: `${name}-replication-silent`,
      alarmDescription: `${name} has sent no replication lag for 5 minutes: it is down, unreachable, or no longer a replica.`,
      metric: member.metricReplicaLag({ statistic: cloudwatch.Stats.SAMPLE_COUNT }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 5,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    }),
  };
}

/** −1 is what MySQL, MariaDB and SQL Server send when replication does not run; no engine sends less for a good reason. */
function negativeLagAlarm(scope: Construct, member: ReplicationMember): cloudwatch.Alarm {
  const name = member.physicalInstanceIdentifier;
  return new cloudwatch.Alarm(scope, `${member.memberId}-broken`, {
    alarmName: `${name}-replication-broken`,
    alarmDescription: `${name} does not replicate: its lag is negative. See its replication state and error log.`,
    metric: member.metricReplicaLag({ statistic: cloudwatch.Stats.MINIMUM }),
    threshold: 0,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  });
}

/**
 * PostgreSQL sends no −1. Its lag is the age of the last replayed transaction: while replay stands still, it grows by one
 * second each second, for longer than an idle primary can explain. Never tried live: `RATE` over this metric.
 */
function standstillAlarm(scope: Construct, member: ReplicationMember, topology: Topology): cloudwatch.Alarm {
  const name = member.physicalInstanceIdentifier;
  const minutes = standstillMinutes(topology);
  return new cloudwatch.Alarm(scope, `${member.memberId}-broken`, {
    alarmName: `${name}-replication-broken`,
    alarmDescription: `${name} has replayed nothing for ${minutes} minutes. See whether it still streams, and its error log.`,
    metric: new cloudwatch.MathExpression({
      label: 'Seconds of lag per second',
      expression: 'IF(lag < 0, 1, RATE(lag))',
      usingMetrics: { lag: instanceMetric('ReplicaLag', name, undefined) },
      period: member.metricReplicaLag().period,
    }),
    threshold: STANDSTILL,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: minutes,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  });
}
