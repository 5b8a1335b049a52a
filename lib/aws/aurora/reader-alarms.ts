import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { formatDuration, type Topology } from '../../topology';
import { instanceLagMetric, readerLagMetric } from './cluster-lag-metrics';
import type { ClusterMember } from './cluster-member';
import { inSeconds } from './cluster-metrics';

/**
 * Alarms on the readers of one cluster. None of them knows who is writer: that moves by itself. A writer sends no lag of its
 * own, so that silence of one server says nothing; silence of all that have a reader does.
 */
export function readerAlarms(scope: Construct, member: ClusterMember, topology: Topology): readonly cloudwatch.Alarm[] {
  if (topology.kind === 'multi-az-cluster') return [];
  const instances = member.declared.instances ?? [];
  const hasReaders = member.declared.instances === undefined || instances.length > 1;
  return [
    ...(hasReaders ? [anyLate(scope, member, topology), silent(scope, member, topology)] : []),
    ...instances.map(({ id, identifier = id }) =>
      late(scope, member, { id, identifier, lag: topology.objectives.lag }),
    ),
  ];
}

function anyLate(scope: Construct, member: ClusterMember, { objectives: { lag } }: Topology): cloudwatch.Alarm {
  const name = member.physicalClusterIdentifier;
  return new cloudwatch.Alarm(scope, `${member.memberId}-readers-late`, {
    ...tooLate(lag),
    alarmName: `${name}-readers-late`,
    alarmDescription: `A reader of ${name}, declared or added by Aurora, is more than ${formatDuration(lag)} behind the writer. It spikes when readers are removed.`,
    metric: inSeconds(readerLagMetric(member), 'Seconds behind'),
  });
}

function late(
  scope: Construct,
  member: ClusterMember,
  { id, identifier, lag }: { readonly id: string; readonly identifier: string; readonly lag: number },
): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, `${member.memberId}-${id}-late`, {
    ...tooLate(lag),
    alarmName: `${identifier}-replication-late`,
    alarmDescription: `${identifier}, when it is a reader, is more than ${formatDuration(lag)} behind its writer. Look for long queries on it, and for writes that it is too small for.`,
    metric: inSeconds(instanceLagMetric(identifier, member), 'Seconds behind'),
  });
}

/** Whoever is writer sends how far the others are behind, when there are any. On a secondary nobody is writer. */
function silent(scope: Construct, member: ClusterMember, { kind }: Topology): cloudwatch.Alarm {
  const name = member.physicalClusterIdentifier;
  const isHeard = kind === 'cluster' || member.role === 'primary';
  return new cloudwatch.Alarm(scope, `${member.memberId}-readers-silent`, {
    alarmName: `${name}-readers-silent`,
    alarmDescription: `Nothing has been heard of the readers of ${name} for 5 minutes: there is none, or the writer is down.`,
    metric: readerLagMetric(member, { statistic: cloudwatch.Stats.SAMPLE_COUNT }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 5,
    treatMissingData: isHeard ? cloudwatch.TreatMissingData.BREACHING : cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

function tooLate(lag: number) {
  return {
    threshold: lag,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE,
  };
}
