import { Duration, Size } from 'aws-cdk-lib';
import { alarmsIn, lagAlarm, watched } from './_helpers/alarms';
import { MARIADB, MYSQL, ORACLE, POSTGRES, world } from './_helpers/database';

describe('a source is watched for the logs that it keeps', () => {
  it.each([
    [
      'PostgreSQL',
      POSTGRES,
      {
        'orders-ada-slot-lag': ['OldestReplicationSlotLag', 20],
        'orders-ada-transaction-logs': ['TransactionLogsDiskUsage', 40],
      },
    ],
    ['MySQL', MYSQL, { 'orders-ada-binary-logs': ['BinLogDiskUsage', 40] }],
    ['MariaDB', MARIADB, { 'orders-ada-binary-logs': ['BinLogDiskUsage', 40] }],
    ['Oracle', ORACLE, {}],
  ])('of %s: above a share of its volume', (_, engine, expected) => {
    const { dublin } = world();
    const of = { storage: { allocated: Size.gibibytes(200) } };
    watched(dublin, { engine, of, heartbeat: engine === POSTGRES ? Duration.seconds(10) : undefined }).addReplica(
      'bab',
    );
    const alarms = Object.entries(alarmsIn(dublin)).filter(([name]) => name.startsWith('orders-ada'));
    expect(
      Object.fromEntries(
        alarms.map(([name, { MetricName, Threshold }]) => [name, [MetricName, Number(Threshold) / 2 ** 30]]),
      ),
    ).toStrictEqual(expected);
  });

  it('says what will happen', () => {
    const { dublin } = world();
    watched(dublin).addReplica('bab');
    expect(alarmsIn(dublin)['orders-ada-slot-lag']).toStrictEqual(
      lagAlarm('orders-ada', {
        AlarmName: 'orders-ada-slot-lag',
        AlarmDescription:
          'orders-ada keeps transaction log for the replica that is furthest behind: more than 10.0 GiB (10 % of its volume). A replica that does not read it fills the disk in the end.',
        EvaluationPeriods: 5,
        MetricName: 'OldestReplicationSlotLag',
        Statistic: 'Maximum',
        Threshold: 10 * 2 ** 30,
      }),
    );
  });

  it('assumes 100 GiB of a replica that does not say its size', () => {
    const { dublin } = world();
    const orders = watched(dublin, { engine: MYSQL });
    orders.addReplica('bab');
    orders.addReplica('cyd', { replicaOf: 'bab' });
    expect(alarmsIn(dublin)['orders-bab-binary-logs']).toMatchObject({ Threshold: 20 * 2 ** 30 });
  });
});
