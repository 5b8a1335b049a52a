import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { formatDuration, type Topology } from '../../topology';
import { brokenReplication } from '../broken-replication';
import { lagThreshold } from '../lag-thresholds';
import { instanceMetric } from '../replica-lag-metric';
import { multiAzServers } from './cluster-lag-metrics';
import type { ClusterMember } from './cluster-member';

/** So many of the three servers read; which, RDS decides. */
const READERS = 2;

/** For what a server was late or broken before it became the writer, and sends no lag any more, it must not stay red. */
const treatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING;

/**
 * Alarms on the readers of a Multi-AZ DB cluster: each server is late or broken when it says so, and that the writer says
 * nothing is right; of all three together it is silence when fewer than two are heard. Never tried live: that its writer sends
 * no `ReplicaLag`, as no primary does.
 */
export function multiAzAlarms(
  scope: Construct,
  member: ClusterMember,
  topology: Topology,
): readonly cloudwatch.Alarm[] {
  const servers = multiAzServers(member);
  return [
    silent(scope, member, servers),
    ...servers.flatMap((server, index) => {
      const id = `${member.memberId}-${index + 1}`;
      return [late(scope, { id, server, member, topology }), broken(scope, { id, server, topology })];
    }),
  ];
}

interface Watched {
  readonly id: string;
  readonly server: string;
  readonly topology: Topology;
}

function late(scope: Construct, watched: Watched & { readonly member: ClusterMember }): cloudwatch.Alarm {
  const { id, server, member, topology } = watched;
  const threshold = lagThreshold(topology, member.declared);
  return new cloudwatch.Alarm(scope, `${id}-late`, {
    alarmName: `${server}-replication-late`,
    alarmDescription: `${server}, when it is a reader, is more than ${formatDuration(threshold)} behind its writer. Look for long transactions on it, and for writes that it is too small for.`,
    metric: instanceMetric('ReplicaLag', server, undefined),
    threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData,
  });
}

function broken(scope: Construct, { id, server, topology }: Watched): cloudwatch.Alarm {
  const { condition, sentence } = brokenReplication(server, topology);
  return new cloudwatch.Alarm(scope, `${id}-broken`, {
    ...condition,
    alarmName: `${server}-replication-broken`,
    alarmDescription: `${server}, when it is a reader, ${sentence}`,
    treatMissingData,
  });
}

function silent(scope: Construct, member: ClusterMember, servers: readonly string[]): cloudwatch.Alarm {
  const name = member.physicalClusterIdentifier;
  const statistic = cloudwatch.Stats.SAMPLE_COUNT;
  const heard = servers.map(
    (server, index) => [`heard${index + 1}`, instanceMetric('ReplicaLag', server, undefined, { statistic })] as const,
  );
  return new cloudwatch.Alarm(scope, `${member.memberId}-readers-silent`, {
    alarmName: `${name}-readers-silent`,
    alarmDescription: `For 5 minutes fewer than ${READERS} of ${servers.join(', ')} have sent a replication lag: a reader is down or unreachable, or RDS has given the servers other names.`,
    metric: new cloudwatch.MathExpression({
      label: 'Readers that are heard',
      // RDS sends one sample a minute of each; a sum over a list passes over what is missing.
      expression: `SUM([${heard.map(([id]) => id).join(', ')}])`,
      usingMetrics: Object.fromEntries(heard),
      period: heard[0]?.[1].period,
    }),
    threshold: READERS,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 5,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  });
}
