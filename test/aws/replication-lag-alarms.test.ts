import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ReplicationLagAlarms } from '../../lib/aws';
import { alarmsIn, lagAlarm, watched } from './_helpers/alarms';
import { database, DB2, MARIADB, MYSQL, ORACLE, POSTGRES, SQL_SERVER, world, XLARGE } from './_helpers/database';

describe('a replica has three alarms', () => {
  it('of MySQL', () => {
    const { dublin } = world();
    watched(dublin, { engine: MYSQL }).addReplica('bab', { promotion: 1 });
    const alarms = alarmsIn(dublin);
    expect(Object.keys(alarms).sort()).toStrictEqual([
      'orders-ada-binary-logs',
      'orders-bab-replication-broken',
      'orders-bab-replication-late',
      'orders-bab-replication-silent',
    ]);
    expect(alarms['orders-bab-replication-late']).toStrictEqual(
      lagAlarm('orders-bab', {
        AlarmName: 'orders-bab-replication-late',
        AlarmDescription:
          "orders-bab is more than 30s behind ada. Look for long transactions on it, for writes that it is too small for, and for its volume's limits.",
        DatapointsToAlarm: 2,
        EvaluationPeriods: 3,
        Statistic: 'Maximum',
        Threshold: 30,
      }),
    );
    expect(alarms['orders-bab-replication-broken']).toStrictEqual(
      lagAlarm('orders-bab', {
        AlarmName: 'orders-bab-replication-broken',
        AlarmDescription:
          'orders-bab does not replicate: its lag is negative. See its replication state and error log.',
        ComparisonOperator: 'LessThanThreshold',
        DatapointsToAlarm: 2,
        EvaluationPeriods: 3,
        Statistic: 'Minimum',
        Threshold: 0,
      }),
    );
    expect(alarms['orders-bab-replication-silent']).toStrictEqual(
      lagAlarm('orders-bab', {
        AlarmName: 'orders-bab-replication-silent',
        AlarmDescription:
          'orders-bab has sent no replication lag for 5 minutes: it is down, unreachable, or no longer a replica.',
        ComparisonOperator: 'LessThanThreshold',
        EvaluationPeriods: 5,
        Statistic: 'SampleCount',
        Threshold: 1,
        TreatMissingData: 'breaching',
      }),
    );
  });

  it.each([
    ['MariaDB', MARIADB],
    ['Oracle', ORACLE],
    ['SQL Server', SQL_SERVER],
    ['Db2', DB2],
  ])('of %s, of which a negative lag is the broken one', (_, engine) => {
    const { dublin } = world();
    const of = { instanceType: XLARGE, multiAz: true };
    watched(dublin, { engine, of, heartbeat: undefined }).addReplica('bab');
    expect(alarmsIn(dublin)).toMatchObject({
      'orders-bab-replication-late': { Threshold: 30 },
      'orders-bab-replication-broken': { Threshold: 0, ComparisonOperator: 'LessThanThreshold' },
      'orders-bab-replication-silent': { TreatMissingData: 'breaching' },
    });
  });

  it.each([
    ['10 s', Duration.seconds(10), 3],
    ['2 minutes', Duration.minutes(2), 4],
    ['nothing', undefined, 7],
  ])(
    'of PostgreSQL with a heartbeat of %s, of which a replay that stands still is the broken one',
    (_, heartbeat, minutes) => {
      const { dublin } = world();
      watched(dublin, { heartbeat, objectives: { lag: Duration.minutes(10) } }).addReplica('bab');
      expect(alarmsIn(dublin)['orders-bab-replication-broken']).toStrictEqual({
        AlarmName: 'orders-bab-replication-broken',
        AlarmDescription: `orders-bab has replayed nothing for ${minutes} minutes. See whether it still streams, and its error log.`,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: minutes + 1,
        Metrics: [
          {
            Expression: 'IF(lag < 0, 1, FILL(RATE(lag), 1))',
            Id: 'expr_1',
            Label: 'Seconds of lag per second',
            ReturnData: true,
          },
          {
            Id: 'lag',
            MetricStat: {
              Metric: {
                Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'orders-bab' }],
                MetricName: 'ReplicaLag',
                Namespace: 'AWS/RDS',
              },
              Period: 60,
              Stat: 'Maximum',
            },
            ReturnData: false,
          },
        ],
        Threshold: 0.9,
        TreatMissingData: 'ignore',
      });
    },
  );

  it.each([
    ['PostgreSQL with a heartbeat', { engine: POSTGRES }, 30],
    ['PostgreSQL that may be idle', { engine: POSTGRES, heartbeat: undefined }, 360],
    [
      'PostgreSQL that may be idle, and has time',
      { engine: POSTGRES, heartbeat: undefined, objectives: { lag: Duration.minutes(10) } },
      600,
    ],
    ['MySQL that may be idle', { engine: MYSQL, heartbeat: undefined }, 30],
  ])('the first above the objective of %s', (_, props, threshold) => {
    const { dublin } = world();
    watched(dublin, props).addReplica('bab');
    expect(alarmsIn(dublin)['orders-bab-replication-late']).toMatchObject({ Threshold: threshold });
  });

  it.each([
    ['MySQL', MYSQL],
    ['PostgreSQL', POSTGRES],
  ])('the first of a delayed member of %s above its delay and the objective', (_, engine) => {
    const { dublin } = world();
    watched(dublin, { engine }).addReplica('bab', { delay: Duration.hours(1) });
    expect(alarmsIn(dublin)['orders-bab-replication-late']).toMatchObject({
      Threshold: 3630,
      AlarmDescription: expect.stringContaining('is more than 1h30s behind ada') as unknown,
    });
  });
});

describe('alarms are where the metrics are', () => {
  function twoRegions(primary = 'ada') {
    const places = world();
    const { dublin, paris } = places;
    const orders = database(dublin, { primary, of: primary === 'ada' ? {} : { retired: 'kept' } });
    const alarms = [dublin, paris].map((place) => new ReplicationLagAlarms(place, 'Alarms', { database: orders }));
    orders.addReplica('bab', { retired: primary === 'ada' ? undefined : 'kept' });
    orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 1 });
    orders.addReplica('dee', { scope: paris, replicaOf: 'cyd', promotion: 2 });
    return { ...places, alarms };
  }

  it('those of a replica in its Region, those of a source in its own', () => {
    const { dublin, paris } = twoRegions();
    expect(Object.keys(alarmsIn(dublin)).sort()).toStrictEqual([
      'orders-ada-slot-lag',
      'orders-ada-transaction-logs',
      ...['broken', 'late', 'silent'].map((what) => `orders-bab-replication-${what}`),
    ]);
    expect(Object.keys(alarmsIn(paris)).sort()).toStrictEqual([
      ...['broken', 'late', 'silent'].map((what) => `orders-cyd-replication-${what}`),
      'orders-cyd-slot-lag',
      'orders-cyd-transaction-logs',
      ...['broken', 'late', 'silent'].map((what) => `orders-dee-replication-${what}`),
    ]);
    for (const metrics of Object.values({ ...alarmsIn(dublin), ...alarmsIn(paris) })) {
      expect(JSON.stringify(metrics)).not.toContain('"Region"');
    }
  });

  it('and none of the primary, nor of a member that is retired', () => {
    const { dublin, paris } = twoRegions('cyd');
    expect(alarmsIn(dublin)).toStrictEqual({});
    expect(Object.keys(alarmsIn(paris)).sort()).toStrictEqual([
      'orders-cyd-slot-lag',
      'orders-cyd-transaction-logs',
      ...['broken', 'late', 'silent'].map((what) => `orders-dee-replication-${what}`),
    ]);
  });

  it('and can be asked for', () => {
    const { alarms, paris } = twoRegions();
    const [inDublin, inParis] = alarms;
    expect([inDublin?.alarmsOf('cyd'), inParis?.alarmsOf('bab'), inParis?.alarmsOf('zoe')]).toStrictEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(paris.resolve(inParis?.alarmsOf('cyd')?.late.alarmArn)).toStrictEqual({
      'Fn::GetAtt': [expect.stringMatching(/^Alarmscydlate/), 'Arn'],
    });
  });
});

describe('the composite alarm', () => {
  it('is in alarm when no promotable replica of its Region can do', () => {
    const { dublin } = world();
    const orders = watched(dublin);
    orders.addReplica('bab', { promotion: 1 });
    orders.addReplica('cyd');
    orders.addReplica('dee', { promotion: 2 });
    const alarm = (id: string, what: string) => ({
      'Fn::GetAtt': [expect.stringMatching(new RegExp(`^Alarms${id}${what}`)) as unknown, 'Arn'],
    });
    dublin.template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 1);
    const [composite] = Object.values(dublin.template.findResources('AWS::CloudWatch::CompositeAlarm'));
    expect(composite?.['Properties']).toStrictEqual({
      AlarmName: 'orders-nothing-promotable',
      AlarmDescription:
        'No promotable replica of orders in this Region meets its objective: a failover into it would lose more than was agreed.',
      AlarmRule: {
        'Fn::Join': [
          '',
          [
            '(ALARM("',
            alarm('bab', 'late'),
            '") OR ALARM("',
            alarm('bab', 'broken'),
            '") OR ALARM("',
            alarm('bab', 'silent'),
            '")) AND (ALARM("',
            alarm('dee', 'late'),
            '") OR ALARM("',
            alarm('dee', 'broken'),
            '") OR ALARM("',
            alarm('dee', 'silent'),
            '"))',
          ],
        ],
      },
    });
  });

  it('is not there where nobody can be promoted', () => {
    const { dublin } = world();
    const orders = database(dublin);
    const alarms = new ReplicationLagAlarms(dublin, 'Alarms', { database: orders });
    orders.addReplica('bab');
    expect(alarms.nothingPromotable).toBeUndefined();
    dublin.template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 0);
    orders.addReplica('cyd', { promotion: 1 });
    expect(alarms.nothingPromotable).toBeDefined();
  });
});

describe('actions', () => {
  it('are told of every alarm and of its end', () => {
    const { dublin } = world();
    const orders = database(dublin);
    const topic = new sns.Topic(dublin, 'Topic');
    const more = { bind: () => ({ alarmActionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:page' }) };
    new ReplicationLagAlarms(dublin, 'Alarms', { database: orders, topic, actions: [more] });
    orders.addReplica('bab', { promotion: 1 });
    const both = [{ Ref: 'TopicBFC7AF6E' }, 'arn:aws:lambda:eu-west-1:111122223333:function:page'];
    const actions = Match.objectLike({ AlarmActions: both, OKActions: both });
    dublin.template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', actions, 5);
    dublin.template.resourceCountIs('AWS::CloudWatch::Alarm', 5);
    dublin.template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', actions);
  });

  it('are none by default, and then RDS tells nobody either', () => {
    const { dublin } = world();
    watched(dublin).addReplica('bab', { promotion: 1 });
    for (const alarm of Object.values(alarmsIn(dublin))) expect(alarm).not.toHaveProperty('AlarmActions');
    dublin.template.resourceCountIs('AWS::RDS::EventSubscription', 0);
  });
});
