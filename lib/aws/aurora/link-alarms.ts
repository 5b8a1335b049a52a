import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { formatDuration, type Topology } from '../../topology';
import { standstill } from '../standstill';
import type { ClusterMember } from './cluster-member';
import { hasReaders, linkMetric, readerLagMetric } from './cluster-lag-metrics';
import { inSeconds } from './cluster-metrics';
import { expectedSilence, rememberedSilence } from './silence';

/** The three ways in which the link between two clusters fails its objective. */
export interface LinkAlarms {
  /** It works, but too slowly. */
  readonly late: cloudwatch.Alarm;
  /** It stands still. */
  readonly broken: cloudwatch.Alarm;
  /** Nothing is heard of it. */
  readonly silent: cloudwatch.Alarm;
}

const STANDSTILL_MINUTES = 5;

/**
 * The alarms of the link to one cluster, in the scope of its Region.
 *
 * In a global database every cluster has them, the primary too: the metric is where the secondary is, and after a switchover
 * that is on the other side before anybody deploys. *Late* and *broken* are armed by the metric itself. *Silent* is armed by the
 * declared role on a secondary, and by the metric on a primary that has become one. A secondary that has become the primary
 * sends nothing: its alarm tells of that until the program does, too.
 */
export function linkAlarms(scope: Construct, member: ClusterMember, topology: Topology): LinkAlarms | undefined {
  const link = linkMetric(topology, member);
  if (link === undefined) return undefined;
  const name = member.physicalClusterIdentifier;
  const { lag } = topology.objectives;
  const { metric, unit } = link;
  return {
    late: new cloudwatch.Alarm(scope, `${member.memberId}-late`, {
      alarmName: `${name}-replication-late`,
      alarmDescription: `${name}, when it follows, is more than ${formatDuration(lag)} behind the primary. Look for its load, and for that of the primary.`,
      metric: unit === 'ms' ? inSeconds(metric, 'Seconds behind') : metric,
      threshold: lag,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      // A primary sends none: what was late before it became one must not stay red. Silence has an alarm of its own.
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }),
    broken: new cloudwatch.Alarm(scope, `${member.memberId}-broken`, {
      alarmName: `${name}-replication-broken`,
      alarmDescription: `${name}, when it follows, has received nothing for ${STANDSTILL_MINUTES} minutes, or says itself that it does not replicate.`,
      ...standstill(metric, STANDSTILL_MINUTES, unit),
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }),
    silent: new cloudwatch.Alarm(scope, `${member.memberId}-silent`, {
      alarmName: `${name}-replication-silent`,
      alarmDescription: `${name} was a secondary when this was deployed and has sent no lag for 5 minutes: it is down, detached, or has become the primary, of which the next deployment tells this alarm.`,
      ...silence(metric, member, topology),
    }),
  };
}

/** On the primary, and on what has no server, silence is right; but not where a link was heard that is not heard any more. */
function silence(metric: cloudwatch.Metric, member: ClusterMember, topology: Topology) {
  const isServed = member.declared.instances?.length !== 0;
  if (member.role === 'replica' && isServed) return expectedSilence(metric);
  // Of a writer without a reader nothing tells that it is one.
  if (topology.kind === 'global' && hasReaders(member)) return rememberedSilence(metric, readerLagMetric(member));
  return { ...expectedSilence(metric), treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING };
}
