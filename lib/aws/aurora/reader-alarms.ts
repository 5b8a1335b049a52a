import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { formatDuration, type Topology } from '../../topology';
import { hasReaders, instanceLagMetric, linkMetric, readerLagMetric } from './cluster-lag-metrics';
import type { ClusterMember } from './cluster-member';
import { inSeconds } from './cluster-metrics';
import { expectedSilence, rememberedSilence } from './silence';

/**
 * Alarms on the readers of one cluster. None of them knows who is writer: that moves by itself. A writer sends no lag of its
 * own, so that silence of one server says nothing; silence of all that have a reader does.
 */
export function readerAlarms(scope: Construct, member: ClusterMember, topology: Topology): readonly cloudwatch.Alarm[] {
  const instances = member.declared.instances ?? [];
  return [
    ...(hasReaders(member) ? [anyLate(scope, member, topology), silent(scope, member, topology)] : []),
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

/**
 * Whoever is writer sends how far the others are behind, when there are any. On a secondary nobody is writer: there the lag of
 * the link is heard, which a cluster that has become a secondary sends before anybody deploys.
 */
function silent(scope: Construct, member: ClusterMember, topology: Topology): cloudwatch.Alarm {
  const name = member.physicalClusterIdentifier;
  const [metric, link] = [readerLagMetric(member), linkMetric(topology, member)?.metric];
  return new cloudwatch.Alarm(scope, `${member.memberId}-readers-silent`, {
    alarmName: `${name}-readers-silent`,
    alarmDescription: `Nothing has been heard of the readers of ${name} for 5 minutes: there is none, or the writer is down.`,
    ...(topology.kind !== 'global' || link === undefined
      ? expectedSilence(metric)
      : member.role === 'primary'
        ? expectedSilence(metric, link)
        : rememberedSilence(metric, link)),
  });
}

function tooLate(lag: number) {
  return {
    threshold: lag,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    // A writer sends none: what was late before it became one must not stay red. Silence has an alarm of its own.
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  };
}
