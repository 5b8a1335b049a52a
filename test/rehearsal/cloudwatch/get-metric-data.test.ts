import {
  CloudWatchClient,
  GetMetricDataCommand,
  PutMetricDataCommand,
  type GetMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { DeleteDBInstanceCommand } from '@aws-sdk/client-rds';
import type { EmbeddedCloudOptions } from '../../../lib/rehearsal';
import { ABROAD, HOME, refusalOf, setUp, tearDown, type Stage } from '../_helpers/stage';

afterEach(tearDown);

interface Watched extends Stage {
  readonly watch: CloudWatchClient;
  /** Minutes ago and value of what can be read of a replica's lag, newest first. */
  readonly lags: (id?: string, region?: string) => Promise<readonly (readonly [number, number])[]>;
}

const MINUTE = 60_000;

const asking = (now: number, id: string, more: Partial<GetMetricDataCommandInput> = {}): GetMetricDataCommandInput => ({
  MetricDataQueries: [
    {
      Id: 'lag',
      MetricStat: {
        Metric: {
          ...{ Namespace: 'AWS/RDS', MetricName: 'ReplicaLag' },
          Dimensions: [{ Name: 'DBInstanceIdentifier', Value: id }],
        },
        ...{ Period: 60, Stat: 'Maximum' },
      },
    },
  ],
  StartTime: new Date(now - 5 * MINUTE),
  EndTime: new Date(now),
  ...more,
});

async function setWatch(options: EmbeddedCloudOptions = {}): Promise<Watched> {
  const stage = await setUp(options);
  const watch = stage.connect(CloudWatchClient);
  const lags: Watched['lags'] = async (id = 'orders-b', region = HOME) => {
    const there = region === HOME ? watch : stage.connect(CloudWatchClient, region);
    const { MetricDataResults = [] } = await there.send(new GetMetricDataCommand(asking(stage.clock.now(), id)));
    const { Timestamps = [], Values = [] } = MetricDataResults[0] ?? {};
    return Timestamps.map((at, index) => [(stage.clock.now() - at.getTime()) / MINUTE, Values[index] ?? NaN] as const);
  };
  return { ...stage, watch, lags };
}

test('a replica that was always there keeps up, and its newest number is a minute old', async () => {
  const { lags, clock } = await setWatch();
  const still = [5, 4, 3, 2, 1].map((ago) => [ago, 0]).reverse();
  expect(await lags()).toEqual(still);
  clock.advance(30);
  expect((await lags()).map(([ago]) => ago)).toEqual([1.5, 2.5, 3.5, 4.5, 5.5]);
});

test('how long a number takes is a setting', async () => {
  const { lags } = await setWatch({ timetable: { metricDelay: 150 } });
  expect((await lags()).map(([ago]) => ago)).toEqual([3, 4, 5]);
});

test('numbers that are late keep their time, and come all at once when that is over', async () => {
  const { lags, clock, cloud } = await setWatch();
  cloud.metrics.delay(HOME, 'orders-b', 180);
  cloud.fleet.setLag(HOME, 'orders-b', 12);
  clock.advance(120);
  expect(await lags()).toEqual([
    [3, 0],
    [4, 0],
    [5, 0],
  ]);
  expect((await lags('orders-c', ABROAD)).map(([ago]) => ago)).toEqual([1, 2, 3, 4, 5]);
  clock.advance(120);
  expect(await lags()).toEqual([
    [4, 12],
    [5, 0],
  ]);
  cloud.metrics.delay(HOME, 'orders-b', 0);
  expect(await lags()).toEqual([
    [1, 12],
    [2, 12],
    [3, 12],
    [4, 12],
    [5, 0],
  ]);
});

test('a lag is said once, and is there in all minutes from then on', async () => {
  const { lags, clock, cloud } = await setWatch();
  cloud.fleet.setLag(HOME, 'orders-b', 12);
  clock.advance(180);
  expect(await lags()).toEqual([
    [1, 12],
    [2, 12],
    [3, 12],
    [4, 0],
    [5, 0],
  ]);
});

test('PostgreSQL that does not replicate falls behind, from where it was', async () => {
  const { lags, clock, cloud } = await setWatch();
  cloud.fleet.setLag(HOME, 'orders-b', 7);
  clock.advance(60);
  cloud.fleet.setReplication(HOME, 'orders-b', 'error', 'the source does not answer');
  clock.advance(180);
  expect(await lags()).toEqual([
    [1, 127],
    [2, 67],
    [3, 7],
    [4, 7],
    [5, 0],
  ]);
});

test('replication that looks well can fall behind too', async () => {
  const { lags, clock, cloud } = await setWatch();
  cloud.fleet.setLag(HOME, 'orders-b', 'climbing');
  clock.advance(120);
  cloud.fleet.setLag(HOME, 'orders-b', 3);
  clock.advance(60);
  expect((await lags()).slice(0, 3)).toEqual([
    [1, 3],
    [2, 60],
    [3, 0],
  ]);
});

test('MySQL that does not replicate says -1', async () => {
  const instances = [
    { region: HOME, id: 'orders-a', engine: 'mysql', engineVersion: '8.4' },
    { region: HOME, id: 'orders-b', replicaOf: 'orders-a' },
  ];
  const { lags, clock, cloud } = await setWatch({ instances });
  cloud.fleet.setReplication(HOME, 'orders-b', 'stopped');
  clock.advance(120);
  expect((await lags()).slice(0, 3)).toEqual([
    [1, -1],
    [2, -1],
    [3, 0],
  ]);
});

test('who follows nobody, or does not run, has no lag', async () => {
  const { lags, clock, cloud } = await setWatch();
  cloud.fleet.setStatus(HOME, 'orders-b', 'stopped');
  clock.advance(180);
  expect(await lags('orders-a')).toEqual([]);
  expect((await lags()).map(([ago]) => ago)).toEqual([4, 5]);
});

test('a replica whose source was deleted falls behind, and is silent when it is gone itself', async () => {
  const { lags, clock, cloud, rds } = await setWatch();
  await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'orders-a', SkipFinalSnapshot: true }));
  clock.advance(120 + 180);
  expect((await lags('orders-c', ABROAD)).map(([, lag]) => lag)).toEqual([120, 60, 0, 0, 0]);
  cloud.metrics.silence(ABROAD, 'orders-c');
  clock.advance(600);
  expect(await lags('orders-c', ABROAD)).toEqual([]);
  cloud.metrics.resume(ABROAD, 'orders-c');
  clock.advance(120);
  expect((await lags('orders-c', ABROAD)).map(([ago]) => ago)).toEqual([1, 2]);
});

test('what is recorded for a minute is what counts for it', async () => {
  const { lags, clock, cloud } = await setWatch();
  const now = clock.now();
  cloud.metrics.record(
    { region: HOME, name: 'ReplicaLag', instance: 'orders-b', value: 30, at: now - MINUTE },
    { region: HOME, name: 'ReplicaLag', instance: 'orders-b', value: 50, at: now - MINUTE + 1 },
  );
  expect((await lags()).slice(0, 2)).toEqual([
    [1, 50],
    [2, 0],
  ]);
});

test.each([
  ['Average', 20],
  ['Minimum', 10],
  ['Maximum', 30],
  ['Sum', 40],
  ['SampleCount', 2],
])('%s over two minutes', async (Stat, expected) => {
  const { watch, clock, cloud } = await setWatch();
  const start = clock.now();
  const metric = { region: HOME, name: 'DatabaseConnections', instance: 'orders-a' };
  cloud.metrics.record({ ...metric, value: 10 }, { ...metric, value: 30, at: start + MINUTE });
  clock.advance(240);
  const { MetricDataQueries = [] } = asking(0, 'orders-a');
  const stat = MetricDataQueries[0]?.MetricStat;
  const Metric = { ...stat?.Metric, MetricName: 'DatabaseConnections' };
  const answer = await watch.send(
    new GetMetricDataCommand({
      MetricDataQueries: [
        { Id: 'a', Label: 'mine', MetricStat: { Metric, Stat, Period: 120 } },
        { Id: 'b', ReturnData: false, MetricStat: { Metric, Stat, Period: 60 } },
      ],
      StartTime: new Date(start + 1),
      EndTime: new Date(clock.now()),
    }),
  );
  expect(answer.MetricDataResults).toEqual([
    { Id: 'a', Label: 'mine', StatusCode: 'Complete', Timestamps: [new Date(start)], Values: [expected] },
  ]);
});

test('numbers can be asked for from the oldest on', async () => {
  const { watch, clock } = await setWatch();
  const input = asking(clock.now(), 'orders-b', { ScanBy: 'TimestampAscending' });
  const { MetricDataResults } = await watch.send(new GetMetricDataCommand(input));
  const minutes = [5, 4, 3, 2, 1].map((ago) => new Date(clock.now() - ago * MINUTE));
  expect(MetricDataResults?.[0]?.Timestamps).toEqual(minutes);
});

test('what a caller puts can be read, and nobody puts for AWS', async () => {
  const { watch, clock, cloud } = await setWatch();
  const put = (Namespace: string): Promise<unknown> =>
    watch.send(
      new PutMetricDataCommand({
        Namespace,
        MetricData: [{ MetricName: 'Drills', Value: 4, Timestamp: new Date(clock.now() - MINUTE) }],
      }),
    );
  await put('Understudy');
  const metric = { region: HOME, namespace: 'Understudy', name: 'Drills' };
  expect(cloud.metrics.valuesOf(metric, clock.now() - MINUTE)).toEqual([4]);
  expect(await refusalOf(put('AWS/RDS'))).toEqual([
    'InvalidParameterValueException',
    'The value AWS/RDS for parameter Namespace is invalid.',
    400,
  ]);
});

test.each<[string, Partial<GetMetricDataCommandInput>, readonly [string, string, number]]>([
  [
    'a range that ends before it begins',
    { EndTime: new Date(0) },
    ['ValidationException', 'The parameter StartTime must be less than the parameter EndTime.', 400],
  ],
  [
    'pages',
    { MaxDatapoints: 100 },
    ['NotImplemented', 'The embedded cloud does not play MaxDatapoints of GetMetricData.', 501],
  ],
  [
    'two queries of one name',
    { MetricDataQueries: [0, 1].flatMap(() => asking(0, 'orders-b').MetricDataQueries ?? []) },
    ['ValidationException', 'The values for parameter id in MetricDataQueries are not unique.', 400],
  ],
  [
    'a period of seconds',
    {
      MetricDataQueries: [
        { Id: 'a', MetricStat: { Metric: { Namespace: 'N', MetricName: 'M' }, Period: 10, Stat: 'Sum' } },
      ],
    },
    ['ValidationException', 'The parameter Period must be a multiple of 60.', 400],
  ],
  [
    'a percentile',
    {
      MetricDataQueries: [
        { Id: 'a', MetricStat: { Metric: { Namespace: 'N', MetricName: 'M' }, Period: 60, Stat: 'p99' } },
      ],
    },
    ['NotImplemented', 'The embedded cloud does not play the statistic p99 of GetMetricData.', 501],
  ],
])('%s: refused', async (_, input, expected) => {
  const { watch, clock } = await setWatch();
  const refused = watch.send(new GetMetricDataCommand(asking(clock.now(), 'orders-b', input)));
  expect(await refusalOf(refused)).toEqual(expected);
});
