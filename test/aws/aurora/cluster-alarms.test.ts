import type { Template } from 'aws-cdk-lib/assertions';
import { withMember } from '../../_arbitraries/edits';
import {
  replicaCluster,
  sampleCluster,
  sampleGlobal,
  sampleMultiAz,
  sampleReplicaCluster,
} from '../../_helpers/sample-cluster';
import { propertiesOf, stacksOf, type Properties } from './_helpers/cluster-stacks';

const [DUBLIN, VIRGINIA] = ['eu-west-1', 'us-east-1'] as const;

/** Alarms by name. */
function alarmsIn(template: Template): ReadonlyMap<string, Properties> {
  return new Map(propertiesOf(template, 'AWS::CloudWatch::Alarm').map((alarm) => [String(alarm['AlarmName']), alarm]));
}

/** What its metrics are, as one text. */
function metricsOf(alarm: Properties | undefined): string {
  return JSON.stringify(alarm?.['Metrics'] ?? [alarm?.['MetricName'], alarm?.['Dimensions']]);
}

describe('a global database', () => {
  const before = stacksOf(sampleGlobal());
  const after = stacksOf({ ...sampleGlobal(), primary: 'bab' });
  const links = (stacks: typeof before) =>
    [DUBLIN, VIRGINIA].map((region) =>
      [...alarmsIn(stacks(region)).values()]
        .filter(({ AlarmName }) => /^orders-[a-z]+-replication-/.test(String(AlarmName)))
        .map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData]),
    );
  const of = (name: string, missing: string) => [
    [`${name}-replication-late`, 'notBreaching'],
    [`${name}-replication-broken`, 'notBreaching'],
    [`${name}-replication-silent`, missing],
  ];

  it('has the alarms of the link in every Region; silence counts where the secondary is, before a switchover and after', () => {
    expect(links(before)).toStrictEqual([of('orders-ada', 'notBreaching'), of('orders-bab', 'breaching')]);
    expect(links(after)).toStrictEqual([of('orders-ada', 'breaching'), of('orders-bab', 'notBreaching')]);
  });

  it('changes nothing but what silence means when the primary moves: a late link is seen before anybody deploys', () => {
    const heard = (stacks: typeof before, region: string) =>
      [...alarmsIn(stacks(region)).values()].filter(({ AlarmName }) => !String(AlarmName).endsWith('-silent'));
    for (const region of [DUBLIN, VIRGINIA]) expect(heard(after, region)).toStrictEqual(heard(before, region));
  });

  it('shows milliseconds as seconds', () => {
    const alarm = alarmsIn(before(VIRGINIA)).get('orders-bab-replication-late');
    expect(alarm).toMatchObject({ Threshold: 600, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    expect(metricsOf(alarm)).toMatch(/ms \/ 1000.*orders-bab.*"AuroraGlobalDBRPOLag"/);
  });

  it('takes a lag that grows as fast as time passes for a link that is broken, and a negative one too', () => {
    const alarm = alarmsIn(before(VIRGINIA)).get('orders-bab-replication-broken');
    expect(alarm).toMatchObject({ Threshold: 0.9, EvaluationPeriods: 6 });
    expect(metricsOf(alarm)).toContain('IF(lag < 0, 1, FILL(RATE(lag) / 1000, 1))');
  });

  it('tells everybody of what fires and of what is over', () => {
    for (const alarm of alarmsIn(before(VIRGINIA)).values()) {
      expect(alarm['AlarmActions']).toHaveLength(1);
      expect(alarm['OKActions']).toStrictEqual(alarm['AlarmActions']);
    }
  });

  it('expects to hear of readers where the writer is, and of none on a secondary', () => {
    const silent = (stacks: typeof before) =>
      [DUBLIN, VIRGINIA].map(
        (region, index) =>
          alarmsIn(stacks(region)).get(`orders-${index === 0 ? 'ada' : 'bab'}-readers-silent`)?.['TreatMissingData'],
      );
    expect([silent(before), silent(after)]).toStrictEqual([
      ['breaching', 'notBreaching'],
      ['notBreaching', 'breaching'],
    ]);
  });

  it('tells events of a global failover in both Regions', () => {
    for (const [region, name] of [
      [DUBLIN, 'orders-ada'],
      [VIRGINIA, 'orders-bab'],
    ] as const) {
      expect(propertiesOf(before(region), 'AWS::Events::Rule')).toMatchObject([
        {
          EventPattern: {
            source: ['aws.rds'],
            detail: {
              EventID: ['RDS-EVENT-0390', 'RDS-EVENT-0391', 'RDS-EVENT-0397', 'RDS-EVENT-0518', 'RDS-EVENT-0519'],
              $or: [
                { SourceIdentifier: [name, 'orders'] },
                { Message: ['ada', 'bab'].map((id) => ({ wildcard: `*DB cluster orders-${id} in Region *` })) },
              ],
            },
          },
        },
      ]);
      expect(propertiesOf(before(region), 'AWS::RDS::EventSubscription')).toMatchObject([
        {
          SourceType: 'db-cluster',
          SourceIds: [name],
          EventCategories: ['failover', 'failure', 'global-failover'],
        },
      ]);
    }
  });

  it('keeps a pattern that EventBridge takes, however many and long the names are', () => {
    const name = (id: string): string => id.padEnd(63, 'x');
    const elsewhere = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-2', 'eu-west-3', 'eu-central-1'];
    const secondaries = [...elsewhere, 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'].map(
      (region, index) =>
        [`m${index}`, replicaCluster(region, { instances: {}, aws: { identifier: name(`m${index}`) } })] as const,
    );
    const { members } = sampleCluster();
    const stacks = stacksOf({ ...sampleGlobal(), members: { ...members, ...Object.fromEntries(secondaries) } });
    const pattern = JSON.stringify(propertiesOf(stacks(VIRGINIA), 'AWS::Events::Rule')[0]?.['EventPattern']);
    expect(pattern).toContain(`*DB cluster ${name('m9')} in Region *`);
    expect(pattern.length).toBeLessThanOrEqual(2048);
  });

  it('has a topic and a key that let EventBridge in', () => {
    const policies = JSON.stringify([
      propertiesOf(before(DUBLIN), 'AWS::SNS::TopicPolicy'),
      propertiesOf(before(DUBLIN), 'AWS::KMS::Key'),
    ]);
    expect(policies.match(/"Service":"events\.amazonaws\.com"/g)).toHaveLength(2);
  });

  it('has a page with everybody on it', () => {
    const [page] = propertiesOf(before(DUBLIN), 'AWS::CloudWatch::Dashboard');
    expect(page?.['DashboardName']).toBe('orders-eu-west-1');
    const body = JSON.stringify(page?.['DashboardBody']);
    expect(body).toContain('# orders: the primary is **ada** in eu-west-1');
    expect(body).toContain('**bab** (us-east-1): replica, priority 2, 2 instances');
    for (const metric of [
      'AuroraGlobalDBRPOLag',
      'AuroraReplicaLagMaximum',
      'AuroraGlobalDBDataTransferBytes',
      'DatabaseConnections',
    ]) {
      expect(body).toContain(metric);
    }
  });
});

it('a secondary without a server is not expected to be heard of, and says so on the page', () => {
  const headless = stacksOf(withMember(sampleGlobal(), 'bab', { instances: {} }));
  const alarms = alarmsIn(headless(VIRGINIA));
  expect([...alarms.keys()]).toStrictEqual(
    ['late', 'broken', 'silent'].map((branch) => `orders-bab-replication-${branch}`),
  );
  expect(alarms.get('orders-bab-replication-silent')?.['TreatMissingData']).toBe('notBreaching');
  expect(JSON.stringify(propertiesOf(headless(DUBLIN), 'AWS::CloudWatch::Dashboard'))).toContain(
    'priority 2, headless',
  );
});

it('an old Aurora MySQL is asked for what it sends', () => {
  const template = stacksOf(sampleGlobal('aurora-mysql', '8.0.mysql_aurora.3.03.3'))(VIRGINIA);
  expect(metricsOf(alarmsIn(template).get('orders-bab-replication-late'))).toContain('AuroraGlobalDBReplicationLag');
});

it('a cluster has alarms on all its readers at once, and on each of its servers while that is a reader', () => {
  const alarms = alarmsIn(stacksOf(sampleCluster())(DUBLIN));
  expect([...alarms.keys()]).toStrictEqual([
    'orders-ada-readers-late',
    'orders-ada-readers-silent',
    'orders-ada-i0-replication-late',
    'orders-ada-i1-replication-late',
  ]);
  expect(metricsOf(alarms.get('orders-ada-readers-late'))).toMatch(/ms \/ 1000.*AuroraReplicaLagMaximum/);
  expect(metricsOf(alarms.get('orders-ada-i0-replication-late'))).toMatch(
    /ms \/ 1000.*orders-ada-i0.*"AuroraReplicaLag"/,
  );
});

it('a cluster that follows by binary log says so in seconds, and -1 when it does not', () => {
  const alarms = alarmsIn(stacksOf(sampleReplicaCluster())(VIRGINIA));
  expect(metricsOf(alarms.get('orders-bab-replication-late'))).toContain('AuroraBinlogReplicaLag');
  expect(metricsOf(alarms.get('orders-bab-replication-broken'))).toContain('"IF(lag < 0, 1, FILL(RATE(lag), 1))"');
});

it('a Multi-AZ DB cluster has alarms on each of its servers while that is a reader, and on the silence of readers', () => {
  const template = stacksOf(sampleMultiAz())(DUBLIN);
  const alarms = alarmsIn(template);
  expect([...alarms.keys()].toSorted()).toStrictEqual([
    ...[1, 2, 3].flatMap((number) =>
      ['broken', 'late'].map((branch) => `orders-ada-instance-${number}-replication-${branch}`),
    ),
    'orders-ada-readers-silent',
  ]);
  expect(alarms.get('orders-ada-instance-2-replication-late')).toMatchObject({
    MetricName: 'ReplicaLag',
    Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'orders-ada-instance-2' }],
    Threshold: 600,
    TreatMissingData: 'notBreaching',
  });
  expect(alarms.get('orders-ada-readers-silent')).toMatchObject({ Threshold: 2, TreatMissingData: 'breaching' });
  template.resourceCountIs('AWS::RDS::EventSubscription', 1);
});

it('a Multi-AZ DB cluster of MySQL says itself that a reader does not replicate', () => {
  const input = { ...sampleMultiAz(), engine: { name: 'mysql', version: '8.0.40' } } as const;
  expect(alarmsIn(stacksOf(input)(DUBLIN)).get('orders-ada-instance-3-replication-broken')).toMatchObject({
    MetricName: 'ReplicaLag',
    Statistic: 'Minimum',
    Threshold: 0,
    ComparisonOperator: 'LessThanThreshold',
  });
});

it('the page of a Multi-AZ DB cluster shows each of its servers, and nothing between clusters', () => {
  const [page] = propertiesOf(stacksOf(sampleMultiAz())(DUBLIN), 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(page?.['DashboardBody']);
  for (const number of [1, 2, 3]) expect(body).toContain(`orders-ada-instance-${number}`);
  expect(body).not.toMatch(/Between clusters|AuroraReplicaLagMaximum/);
});
