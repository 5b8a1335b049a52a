import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { isSince, type Topology } from '../../topology';
import { instanceMetric } from '../replica-lag-metric';
import type { ClusterMember } from './cluster-member';

/** First versions whose RPO lag is sent; Aurora PostgreSQL always sent it. Source: Amazon Aurora User Guide, "Monitoring an Aurora global database". */
const RPO_LAG_SINCE = { '2': '2.12', '3': '3.04', '8': '8.4' } as const;

/**
 * The metric that says how far a secondary is behind: in milliseconds, sent in the Regions of secondaries only, so that it
 * moves with a switchover. Never tried live: that it can be read by the cluster alone, without its SourceRegion.
 */
export function globalLagName({ engine }: Topology): string {
  const isOld =
    engine.name === 'aurora-mysql' && engine.version !== undefined && !isSince(engine.version, RPO_LAG_SINCE);
  return isOld ? 'AuroraGlobalDBReplicationLag' : 'AuroraGlobalDBRPOLag';
}

/** How far a member is behind whom it follows, as its kind of replication says it; undefined when it follows by nothing. */
export function linkMetric(
  topology: Topology,
  member: ClusterMember,
  props?: cloudwatch.MetricOptions,
): { readonly metric: cloudwatch.Metric; readonly unit: 'ms' | 's' } | undefined {
  if (topology.kind === 'global') return { metric: member.metric(globalLagName(topology), props), unit: 'ms' };
  if (topology.kind !== 'cluster' || member.declared.replicaOf === undefined) return undefined;
  return { metric: member.metric('AuroraBinlogReplicaLag', props), unit: 's' };
}

/**
 * The servers of a Multi-AZ DB cluster, as RDS names them: nobody else can. So they are named wherever its user guide shows
 * one. Never tried live; where they are named otherwise, the alarm of readers of whom nothing is heard says so.
 */
export function multiAzServers({ physicalClusterIdentifier }: ClusterMember): readonly string[] {
  return [1, 2, 3].map((number) => `${physicalClusterIdentifier}-instance-${number}`);
}

/** Whether somebody reads beside its writer, or would if it had one. Of a cluster that was brought along nobody knows. */
export const hasReaders = ({ declared: { instances } }: ClusterMember): boolean =>
  instances === undefined || instances.length > 1;

/** How far the reader that is furthest behind is, in its cluster; in milliseconds. The writer sends it: never tried live that a secondary, which has none, does not. */
export function readerLagMetric(member: ClusterMember, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
  return member.metric('AuroraReplicaLagMaximum', props);
}

/** How far one instance is behind the writer of its cluster, in milliseconds. The writer itself sends none. */
export function instanceLagMetric(
  identifier: string,
  member: ClusterMember,
  props?: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  return instanceMetric('AuroraReplicaLag', identifier, member.declared.region, props);
}
