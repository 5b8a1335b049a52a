import * as pulumi from '@pulumi/pulumi';
import { Dashboard } from '@pulumi/gcp/monitoring';
import { formatDuration, type Member, type Seconds, type Topology } from '../topology';
import type { CloudSqlTopology } from './cloud-sql-topology';
import { isPool, memberRoles } from './member-role';
import { databaseId, filter, METRICS, type Scope } from './replication-metrics';

export interface ReplicationDashboardArgs {
  readonly database: CloudSqlTopology;
  /** @default - name of the topology, and `replication` */
  readonly displayName?: pulumi.Input<string>;
}

/** Cloud Monitoring lays tiles out on 48 columns. */
const COLUMNS = 48;
const HEIGHT = 16;
const HEADER = 12;

interface Chart {
  readonly title: string;
  readonly metric: string;
  readonly scope: Scope;
  readonly more?: string;
  readonly aligner?: string;
  /** Series of one instance are added up. */
  readonly isSum?: boolean;
  /** @default - the instance */
  readonly legend?: string;
  /** A line at the objective. */
  readonly objective?: Seconds;
}

/** All members of a topology on one page of Cloud Monitoring: who is who, lag, log, load. */
export class ReplicationDashboard extends pulumi.ComponentResource {
  readonly dashboard: Dashboard;

  constructor(
    name: string,
    { database, displayName }: ReplicationDashboardArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('understudy:gcp:ReplicationDashboard', name, {}, opts);
    const title = displayName ?? `${database.topology.name} replication`;
    const charts = pulumi.all(chartsOf(database).map(widget));
    this.dashboard = new Dashboard(
      name,
      {
        project: database.primary.project,
        dashboardJson: pulumi
          .all([title, charts])
          .apply(([text, widgets]) => JSON.stringify(layout(text, headerOf(database.topology), widgets))),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

function chartsOf(database: CloudSqlTopology): readonly Chart[] {
  const { topology } = database;
  const roles = memberRoles(topology);
  const active = topology.members.filter(({ id, retired }) => roles.has(id) && retired === undefined);
  const scopeOf = (members: readonly Member[]): Scope => ({
    ids: members.map(({ id }) => databaseId(database.instance(id))),
  });
  const replicas = active.filter(({ id }) => roles.get(id)?.follows !== undefined);
  const pools = replicas.filter(isPool);
  const single = replicas.filter((member) => !isPool(member));
  const everybody = scopeOf(active);
  const { lag } = topology.objectives;
  return [
    ...(single.length === 0
      ? []
      : [{ title: 'Lag (below 0: not replicating)', metric: METRICS.lag, scope: scopeOf(single), objective: lag }]),
    ...pools.map((pool) => ({
      title: `Lag of the nodes of ${pool.id}`,
      metric: METRICS.lag,
      scope: { ...scopeOf([pool]), withNodes: true },
      objective: lag,
    })),
    ...(single.length === 0
      ? []
      : [{ title: 'Lag of the network', metric: METRICS.networkLag, scope: scopeOf(single) }]),
    ...(topology.engine.name === 'postgres'
      ? [
          {
            title: 'Log that replicas have not applied',
            metric: METRICS.logBytes,
            scope: everybody,
            more: 'metric.labels.replica_lag_type = "replay_location"',
            legend: label('metric', 'replica_name'),
          },
        ]
      : []),
    topology.engine.name === 'postgres'
      ? { title: 'Connections', metric: METRICS.backends, scope: everybody, isSum: true }
      : { title: 'Connections', metric: METRICS.connections, scope: everybody },
    { title: 'CPU', metric: METRICS.cpu, scope: everybody, aligner: 'ALIGN_MEAN' },
    { title: 'Disk in use', metric: METRICS.disk, scope: everybody, aligner: 'ALIGN_MEAN' },
  ];
}

/** Filled in by Cloud Monitoring. */
const label = (of: 'metric' | 'resource', name: string): string => `\${${of}.labels.${name}}`;

function widget({ title, metric, scope, more, aligner = 'ALIGN_MAX', ...look }: Chart): pulumi.Output<object> {
  const { isSum = false, legend = label('resource', 'database_id'), objective } = look;
  const sum = { crossSeriesReducer: 'REDUCE_SUM', groupByFields: ['resource.labels.database_id'] };
  const aggregation = { alignmentPeriod: '60s', perSeriesAligner: aligner, ...(isSum ? sum : {}) };
  return filter(metric, scope, more).apply((text) => ({
    title,
    xyChart: {
      dataSets: [
        {
          plotType: 'LINE',
          legendTemplate: legend,
          timeSeriesQuery: { timeSeriesFilter: { filter: text, aggregation } },
        },
      ],
      ...(objective === undefined ? {} : { thresholds: [{ label: 'objective', value: objective }] }),
    },
  }));
}

/** Two charts to a row, below the header. */
function layout(displayName: string, content: string, widgets: readonly object[]): object {
  const tiles = widgets.map((each, index) => ({
    xPos: (index % 2) * (COLUMNS / 2),
    yPos: HEADER + Math.floor(index / 2) * HEIGHT,
    width: COLUMNS / 2,
    height: HEIGHT,
    widget: each,
  }));
  const header = {
    xPos: 0,
    yPos: 0,
    width: COLUMNS,
    height: HEADER,
    widget: { text: { content, format: 'MARKDOWN' } },
  };
  return { displayName, mosaicLayout: { columns: COLUMNS, tiles: [header, ...tiles] } };
}

/** Who is who, as the program has it: after a promotion that it does not know of, the graphs are right and this is not. */
function headerOf(topology: Topology): string {
  const roles = memberRoles(topology);
  const rows = topology.members.flatMap((member) => {
    const role = roles.get(member.id);
    if (role === undefined) return [];
    const told = [
      ...(role.isPrimary ? ['**primary**'] : []),
      ...(role.follows === undefined ? [] : [`follows ${role.follows}`]),
      ...(member.retired === undefined ? [] : ['retired']),
    ];
    return [`| ${member.id} | ${member.region ?? ''} | ${told.join(', ')} |`];
  });
  const { lag, dataLoss } = topology.objectives;
  const objectives = [
    `lag ${formatDuration(lag)}`,
    ...(dataLoss === undefined ? [] : [`data loss ${formatDuration(dataLoss)}`]),
  ];
  return [`Objectives: ${objectives.join(', ')}`, '', '| Member | Region | Role |', '|---|---|---|', ...rows].join(
    '\n',
  );
}
