import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { formatDuration, type Topology } from '../topology';
import { brokenReplication } from './broken-replication';
import { lagThreshold } from './lag-thresholds';
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

/** The alarms of one replica, in the scope of its Region. */
export function memberLagAlarms(scope: Construct, member: ReplicationMember, topology: Topology): MemberLagAlarms {
  const name = member.physicalInstanceIdentifier;
  const threshold = lagThreshold(topology, member.declared);
  const source = member.declared.replicaOf ?? '';
  const broken = brokenReplication(name, topology);
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
    broken: new cloudwatch.Alarm(scope, `${member.memberId}-broken`, {
      ...broken.condition,
      alarmName: `${name}-replication-broken`,
      alarmDescription: `${name} ${broken.sentence}`,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    }),
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
