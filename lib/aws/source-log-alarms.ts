import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { EngineName, Member } from '../topology';
import { isUnknown } from './known-values';
import { instanceMetric } from './replica-lag-metric';
import type { ReplicationMember } from './replication-member';

/** A log that a source keeps until its replicas have read it, and that fills its volume when they do not. */
interface RetainedLog {
  readonly metricName: string;
  readonly id: string;
  /** Share of the volume above which it is too much. */
  readonly share: number;
  readonly what: string;
}

/** Source: Amazon RDS User Guide, "Amazon CloudWatch metrics for Amazon RDS"; all in bytes. */
const RETAINED_LOGS: Readonly<Partial<Record<EngineName, readonly RetainedLog[]>>> = {
  postgres: [
    {
      metricName: 'OldestReplicationSlotLag',
      id: 'slot-lag',
      share: 0.1,
      what: 'keeps transaction log for the replica that is furthest behind',
    },
    { metricName: 'TransactionLogsDiskUsage', id: 'transaction-logs', share: 0.2, what: 'stores transaction log' },
  ],
  mysql: [{ metricName: 'BinLogDiskUsage', id: 'binary-logs', share: 0.2, what: 'stores binary log' }],
  mariadb: [{ metricName: 'BinLogDiskUsage', id: 'binary-logs', share: 0.2, what: 'stores binary log' }],
};

const GIB = 2 ** 30;

/** Volume that is assumed where its size is not known: small, so that the alarm comes early rather than late. */
const ASSUMED_GIB = 100;

/** Whether an engine shows what it keeps for replicas. */
export function showsRetainedLogs(engine: EngineName): boolean {
  return engine in RETAINED_LOGS;
}

/** The metrics of the logs that a source keeps for its replicas; none for engines that show none. */
export function sourceLogMetrics(engine: EngineName, member: ReplicationMember): readonly cloudwatch.Metric[] {
  return (RETAINED_LOGS[engine] ?? []).map(({ metricName }) =>
    instanceMetric(metricName, member.physicalInstanceIdentifier, member.declared.region, {
      label: `${member.memberId} ${metricName}`,
    }),
  );
}

/** Alarms of a source whose replicas do not read what it keeps for them: in the end its disk is full. */
export function sourceLogAlarms(
  scope: Construct,
  engine: EngineName,
  source: ReplicationMember,
): readonly cloudwatch.Alarm[] {
  const name = source.physicalInstanceIdentifier;
  return (RETAINED_LOGS[engine] ?? []).map(({ metricName, id, share, what }) => {
    const gib = volumeOf(source.declared) * share;
    return new cloudwatch.Alarm(scope, `${source.memberId}-${id}`, {
      alarmName: `${name}-${id}`,
      alarmDescription: `${name} ${what}: more than ${gib.toFixed(1)} GiB (${share * 100} % of its volume). A replica that does not read it fills the disk in the end.`,
      metric: instanceMetric(metricName, name, source.declared.region),
      threshold: Math.round(gib * GIB),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 5,
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
  });
}

function volumeOf({ storage }: Member): number {
  return storage.gib === undefined || isUnknown(storage.gib) ? ASSUMED_GIB : storage.gib;
}
