import { Duration, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { formatDuration, type Topology } from '../topology';
import { lagThreshold } from './lag-thresholds';
import { instanceMetric } from './replica-lag-metric';
import type { ReplicatedInstance } from './replicated-instance';
import type { ReplicationMember } from './replication-member';
import { showsRetainedLogs, sourceLogMetrics } from './source-log-alarms';

export interface ReplicationDashboardProps {
  readonly database: ReplicatedInstance;
  /** Dashboards of all Regions share one list of names. @default - name of the topology, a hyphen, `replication` */
  readonly dashboardName?: string;
}

/** CloudWatch shows 24 columns. */
const FULL_WIDTH = 24;

/** All members of a replicated database on one page, in whatever Region they are; members that are added later included. */
export class ReplicationDashboard extends Construct {
  readonly dashboard: cloudwatch.Dashboard;

  readonly #database: ReplicatedInstance;

  constructor(scope: Construct, id: string, { database, dashboardName }: ReplicationDashboardProps) {
    super(scope, id);
    this.#database = database;
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: dashboardName ?? `${database.topologyName}-replication`,
      defaultInterval: Duration.hours(3),
    });
    const markdown = Lazy.string({ produce: () => this.#header() });
    this.dashboard.addWidgets(new cloudwatch.TextWidget({ width: FULL_WIDTH, height: 5, markdown }));
    this.#addGraphs();
  }

  #addGraphs(): void {
    const lag = new cloudwatch.GraphWidget({
      title: 'Replication lag (seconds; below 0: not replicating)',
      width: FULL_WIDTH,
      height: 7,
      leftYAxis: { label: 'seconds', showUnits: false },
      leftAnnotations: [
        { value: this.#database.topology.objectives.lag, label: 'objective', color: cloudwatch.Color.RED },
      ],
    });
    const logs = graph('Logs kept for replicas (bytes)', 'bytes');
    const writes = graph('Writes (bytes/s)', 'bytes/s');
    const reads = graph('Reads (bytes/s)', 'bytes/s');
    const connections = graph('Connections', 'connections');
    this.dashboard.addWidgets(lag);
    this.dashboard.addWidgets(...(showsRetainedLogs(this.#database.topology.engine.name) ? [logs] : []), connections);
    this.dashboard.addWidgets(writes, reads);
    this.#database.onMember((member) => {
      if (member.role === 'retired') return;
      if (member.role === 'replica') lag.addLeftMetric(member.metricReplicaLag({ label: labelOf(member) }));
      sourceLogMetrics(this.#database.topology.engine.name, member).forEach((metric) => {
        logs.addLeftMetric(metric);
      });
      writes.addLeftMetric(metricOf(member, 'WriteThroughput'));
      reads.addLeftMetric(metricOf(member, 'ReadThroughput'));
      connections.addLeftMetric(metricOf(member, 'DatabaseConnections'));
    });
  }

  #header(): string {
    const { topology, members, primaryId } = this.#database;
    const { lag, dataLoss, recovery } = topology.objectives;
    const objectives = [
      `lag ${formatDuration(lag)}`,
      dataLoss === undefined ? undefined : `data loss ${formatDuration(dataLoss)}`,
      recovery.member === undefined ? undefined : `recovery ${formatDuration(recovery.member)}`,
      recovery.region === undefined ? undefined : `recovery from loss of the Region ${formatDuration(recovery.region)}`,
    ];
    const primary = members.find(({ memberId }) => memberId === primaryId);
    return [
      `# ${topology.name}: the primary is **${primaryId}** in ${primary?.declared.region ?? 'its Region'}`,
      `Objectives: ${objectives.filter((each) => each !== undefined).join(', ')}. As last deployed; a promotion shows here after the next deployment.`,
      '',
      members.map((member) => describe(member, topology)).join('  \n'),
    ].join('\n');
  }
}

function describe({ declared, role }: ReplicationMember, topology: Topology): string {
  const promotion = declared.promotion === 'never' ? 'never promoted' : `priority ${declared.promotion}`;
  const alarm = role === 'replica' ? `, alarm above ${formatDuration(lagThreshold(topology, declared))}` : '';
  const source = role === 'replica' ? ` of ${declared.replicaOf ?? '?'}` : '';
  return `**${declared.id}** (${declared.region ?? '?'}): ${role}${source}, ${promotion}${alarm}`;
}

function graph(title: string, label: string): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title,
    width: FULL_WIDTH / 2,
    height: 6,
    leftYAxis: { label, min: 0, showUnits: false },
  });
}

function labelOf({ memberId, declared }: ReplicationMember): string {
  return `${memberId} (${declared.region ?? '?'})`;
}

function metricOf(member: ReplicationMember, metricName: string): cloudwatch.Metric {
  return instanceMetric(metricName, member.physicalInstanceIdentifier, member.declared.region, {
    label: labelOf(member),
    statistic: cloudwatch.Stats.AVERAGE,
  });
}
