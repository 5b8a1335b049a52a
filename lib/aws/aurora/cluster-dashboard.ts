import { Duration, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { formatDuration, type TopologyKind } from '../../topology';
import { replicaLagMetric } from '../replica-lag-metric';
import type { IClusterDatabase } from './cluster-database';
import { linkMetric, multiAzServers, readerLagMetric } from './cluster-lag-metrics';
import type { ClusterMember } from './cluster-member';
import { inSeconds } from './cluster-metrics';

export interface ClusterDashboardProps {
  readonly database: IClusterDatabase;
  /** Dashboards of all Regions share one list of names. @default - name of the topology, a hyphen, `clusters` */
  readonly dashboardName?: string;
}

/** CloudWatch shows 24 columns. */
const FULL_WIDTH = 24;

/** All clusters of a database on one page, in whatever Region they are; those that are added later included. */
export class ClusterDashboard extends Construct {
  readonly dashboard: cloudwatch.Dashboard;
  readonly #database: IClusterDatabase;

  constructor(scope: Construct, id: string, { database, dashboardName }: ClusterDashboardProps) {
    super(scope, id);
    this.#database = database;
    this.dashboard = new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: dashboardName ?? `${database.topologyName}-clusters`,
      defaultInterval: Duration.hours(3),
    });
    const markdown = Lazy.string({ produce: () => this.#header() });
    this.dashboard.addWidgets(new cloudwatch.TextWidget({ width: FULL_WIDTH, height: 5, markdown }));
    this.#addGraphs();
  }

  #addGraphs(): void {
    const { kind, objectives } = this.#database.topology;
    const objective = {
      value: objectives.lag,
      label: 'objective',
      color: cloudwatch.Color.RED,
    };
    const links = graph('Between clusters (seconds; below 0: not replicating)', 'seconds', [objective]);
    const readers = graph(
      kind === 'multi-az-cluster'
        ? 'Readers behind the writer (seconds; below 0: not replicating)'
        : 'The reader furthest behind, by cluster (seconds)',
      'seconds',
      [objective],
    );
    const transfer = graph('Sent between Regions (bytes)', 'bytes');
    const connections = graph('Connections', 'connections');
    const isGlobal = kind === 'global';
    this.dashboard.addWidgets(...(kind === 'multi-az-cluster' ? [] : [links]), readers);
    this.dashboard.addWidgets(...(isGlobal ? [transfer] : []), connections);
    this.#database.onMember((member) => {
      if (member.role === 'retired') return;
      const label = `${member.memberId} (${member.declared.region ?? '?'})`;
      const link = linkMetric(this.#database.topology, member, { label });
      if (link !== undefined)
        links.addLeftMetric(link.unit === 'ms' ? inSeconds(link.metric, label, member.memberId) : link.metric);
      for (const metric of readerLags(member, kind, label)) readers.addLeftMetric(metric);
      transfer.addLeftMetric(member.metric('AuroraGlobalDBDataTransferBytes', { label }));
      connections.addLeftMetric(member.metric('DatabaseConnections', { label, statistic: cloudwatch.Stats.AVERAGE }));
    });
  }

  #header(): string {
    const { topology, members, primaryId } = this.#database;
    const { lag, dataLoss, recovery } = topology.objectives;
    const objectives = [
      `lag ${formatDuration(lag)}`,
      dataLoss === undefined ? undefined : `data loss ${formatDuration(dataLoss)}`,
      recovery.region === undefined ? undefined : `recovery from loss of the Region ${formatDuration(recovery.region)}`,
    ];
    const primary = members.find(({ memberId }) => memberId === primaryId);
    return [
      `# ${topology.name}: the primary is **${primaryId}** in ${primary?.declared.region ?? 'its Region'}`,
      `Objectives: ${objectives.filter((each) => each !== undefined).join(', ')}. As last deployed; a switchover shows here after the next deployment.`,
      '',
      members.map(describe).join('  \n'),
    ].join('\n');
  }
}

/** Of a Multi-AZ DB cluster each server that reads; of an Aurora cluster, which has up to fifteen, the last. */
function readerLags(member: ClusterMember, kind: TopologyKind, label: string): cloudwatch.IMetric[] {
  if (kind !== 'multi-az-cluster') return [inSeconds(readerLagMetric(member), label, member.memberId)];
  const { region } = member.declared;
  return multiAzServers(member).map((server) => replicaLagMetric(server, region, { label: server }));
}

function describe({ declared, role }: ClusterMember): string {
  const promotion = declared.promotion === 'never' ? 'never promoted' : `priority ${declared.promotion}`;
  const count = declared.instances?.length;
  const servers = count === undefined ? '' : count === 0 ? ', headless' : `, ${count} instances`;
  return `**${declared.id}** (${declared.region ?? '?'}): ${role}, ${promotion}${servers}`;
}

function graph(title: string, label: string, leftAnnotations: readonly cloudwatch.HorizontalAnnotation[] = []) {
  return new cloudwatch.GraphWidget({
    title,
    width: FULL_WIDTH / 2,
    height: 6,
    leftYAxis: { label, showUnits: false },
    leftAnnotations: [...leftAnnotations],
  });
}
