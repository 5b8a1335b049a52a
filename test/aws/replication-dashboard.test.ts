import { Duration } from 'aws-cdk-lib';
import { ReplicationDashboard } from '../../lib/aws';
import { database, ORACLE, world, type Place } from './_helpers/database';

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly markdown?: string;
    readonly title?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: unknown;
  };
}

/** The body as CloudWatch gets it in Dublin. */
function dashboardIn({ template }: Place): { readonly name: unknown; readonly widgets: readonly Widget[] } {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const { DashboardBody: body, DashboardName: name } = dashboard?.['Properties'] as Record<string, unknown>;
  const [, parts] = (body as { 'Fn::Join': [string, readonly unknown[]] })['Fn::Join'];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'eu-west-1')).join('');
  return { name, widgets: (JSON.parse(text) as { widgets: Widget[] }).widgets };
}

function twoRegions(primary = 'ada', props: Parameters<typeof database>[1] = {}) {
  const places = world();
  const { dublin, paris } = places;
  const orders = database(dublin, { primary, of: primary === 'ada' ? {} : { retired: 'kept' }, ...props });
  new ReplicationDashboard(dublin, 'Dashboard', { database: orders });
  orders.addReplica('bab', { delay: Duration.hours(1), retired: primary === 'ada' ? undefined : 'kept' });
  orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 1 });
  return places;
}

function widget(place: Place, title: string): Widget['properties'] | undefined {
  return dashboardIn(place).widgets.find(({ properties }) => properties.title?.startsWith(title))?.properties;
}

it('says who is primary, what is agreed, and who is what', () => {
  const { dublin } = twoRegions('ada', {
    objectives: {
      lag: Duration.seconds(30),
      dataLoss: Duration.minutes(1),
      recovery: Duration.minutes(10),
      regionRecovery: Duration.hours(1),
    },
  });
  const { name, widgets } = dashboardIn(dublin);
  expect(name).toBe('orders-replication');
  expect(widgets[0]?.properties.markdown).toBe(
    [
      '# orders: the primary is **ada** in eu-west-1',
      'Objectives: lag 30s, data loss 1m, recovery 10m, recovery from loss of the Region 1h. As last deployed; a promotion shows here after the next deployment.',
      '',
      '**ada** (eu-west-1): primary, priority 1  ',
      '**bab** (eu-west-1): replica of ada, never promoted, alarm above 1h30s  ',
      '**cyd** (eu-west-3): replica of ada, priority 1, alarm above 30s',
    ].join('\n'),
  );
});

it('says so after a promotion, too', () => {
  expect(dashboardIn(twoRegions('cyd').dublin).widgets[0]?.properties.markdown).toBe(
    [
      '# orders: the primary is **cyd** in eu-west-3',
      'Objectives: lag 30s. As last deployed; a promotion shows here after the next deployment.',
      '',
      '**ada** (eu-west-1): retired, priority 1  ',
      '**bab** (eu-west-1): retired, never promoted  ',
      '**cyd** (eu-west-3): primary, priority 1',
    ].join('\n'),
  );
});

it('draws the lag of every replica in its Region, and the objective', () => {
  expect(widget(twoRegions().dublin, 'Replication lag')).toMatchObject({
    title: 'Replication lag (seconds; below 0: not replicating)',
    metrics: [
      [
        'AWS/RDS',
        'ReplicaLag',
        'DBInstanceIdentifier',
        'orders-bab',
        { label: 'bab (eu-west-1)', period: 60, stat: 'Maximum' },
      ],
      [
        'AWS/RDS',
        'ReplicaLag',
        'DBInstanceIdentifier',
        'orders-cyd',
        { label: 'cyd (eu-west-3)', period: 60, region: 'eu-west-3', stat: 'Maximum' },
      ],
    ],
    annotations: { horizontal: [{ value: 30, label: 'objective', color: '#d62728', yAxis: 'left' }] },
  });
});

it.each(['Writes', 'Reads', 'Connections'])('draws %s of every member that takes part', (title) => {
  const namesIn = (place: Place) => widget(place, title)?.metrics?.map(([, , , name]) => name);
  expect(namesIn(twoRegions().dublin)).toStrictEqual(['orders-ada', 'orders-bab', 'orders-cyd']);
  expect(namesIn(twoRegions('cyd').dublin)).toStrictEqual(['orders-cyd']);
});

it('draws the logs that an engine shows', () => {
  expect(widget(twoRegions().dublin, 'Logs')?.metrics?.map(([, metric, , name]) => [metric, name])).toStrictEqual(
    ['ada', 'bab', 'cyd'].flatMap((id) => [
      ['OldestReplicationSlotLag', `orders-${id}`],
      ['TransactionLogsDiskUsage', `orders-${id}`],
    ]),
  );
});

it('has no empty graph for an engine that shows no logs', () => {
  const { dublin } = world();
  const orders = database(dublin, { engine: ORACLE, heartbeat: undefined });
  new ReplicationDashboard(dublin, 'Dashboard', { database: orders, dashboardName: 'mine' });
  expect(dashboardIn(dublin).name).toBe('mine');
  expect(widget(dublin, 'Logs')).toBeUndefined();
});
