import { CloudSqlTopology, ReplicationAlerts } from '../../lib/gcp';
import { METRICS } from '../../lib/gcp/replication-metrics';
import { define, type TopologyInput } from '../../lib/topology';
import { withMember, withNew } from '../_arbitraries/edits';
import { beside, cloudSql, pool, withGcp } from '../_helpers/sample-cloud-sql';
import { inputsOf, mockEngine, value } from './_helpers/mocked-engine';

mockEngine();

interface Condition {
  readonly displayName: string;
  readonly conditionThreshold?: Record<string, unknown>;
  readonly conditionAbsent?: Record<string, unknown>;
}

async function alerts(input: TopologyInput, args: object = {}): Promise<ReplicationAlerts> {
  const database = new CloudSqlTopology('orders', { topology: define(input) });
  const made = new ReplicationAlerts('alerts', { database, ...args });
  const policies = [...made.members.values(), ...(made.sources === undefined ? [] : [made.sources])];
  await Promise.all(policies.map(({ id }) => value(id)));
  return made;
}

const conditionsOf = (name: string): readonly Condition[] => inputsOf(name)['conditions'] as readonly Condition[];
const condition = (name: string, title: string): Condition | undefined =>
  conditionsOf(name).find(({ displayName }) => displayName === title);

const OF_BAB = 'resource.type = "cloudsql_database" AND resource.labels.database_id = "acme-prod:orders-bab"';

test('a replica is late, does not replicate, says nothing, or is in error', async () => {
  await alerts(cloudSql());
  const lag = `${OF_BAB} AND metric.type = "${METRICS.lag}"`;
  const largest = [{ alignmentPeriod: '60s', perSeriesAligner: 'ALIGN_MAX' }];
  const common = { filter: lag, duration: '300s', aggregations: largest };
  expect(conditionsOf('alerts-bab')).toStrictEqual([
    {
      displayName: 'late',
      conditionThreshold: {
        ...{ ...common, comparison: 'COMPARISON_GT', thresholdValue: 300 },
        evaluationMissingData: 'EVALUATION_MISSING_DATA_ACTIVE',
      },
    },
    {
      displayName: 'not replicating',
      conditionThreshold: {
        ...{ ...common, comparison: 'COMPARISON_LT', thresholdValue: 0 },
        evaluationMissingData: 'EVALUATION_MISSING_DATA_ACTIVE',
      },
    },
    {
      displayName: 'silent',
      conditionAbsent: {
        ...{ filter: lag, duration: '600s' },
        aggregations: [
          {
            ...{ alignmentPeriod: '60s', perSeriesAligner: 'ALIGN_MEAN', crossSeriesReducer: 'REDUCE_MAX' },
            groupByFields: [],
          },
        ],
      },
    },
    {
      displayName: 'in error',
      conditionThreshold: {
        filter: `${OF_BAB} AND metric.type = "${METRICS.state}" AND metric.labels.state = "Error"`,
        ...{ comparison: 'COMPARISON_GT', thresholdValue: 1, duration: '0s' },
        aggregations: [{ alignmentPeriod: '300s', perSeriesAligner: 'ALIGN_COUNT_TRUE' }],
      },
    },
  ]);
});

test('a policy is on while its member follows somebody', async () => {
  await alerts(cloudSql());
  expect([inputsOf('alerts-ada')['enabled'], inputsOf('alerts-bab')['enabled']]).toStrictEqual([false, true]);
});

test('who is retired has none', async () => {
  const input = withMember({ ...cloudSql(), primary: 'bab' }, 'ada', { retired: 'kept' });
  const made = await alerts(input);
  expect([...made.members.keys()]).toStrictEqual(['bab']);
});

test('the time that it has to last is a whole number of minutes', async () => {
  await alerts(withGcp(cloudSql(), { alarmAfter: '200s' }));
  expect(condition('alerts-bab', 'late')?.conditionThreshold).toMatchObject({ duration: '240s' });
});

test('of a pool every node counts, and silent it is when all of them are', async () => {
  await alerts(withNew(cloudSql(), 'reads', pool()));
  const absent = condition('alerts-reads', 'silent')?.conditionAbsent;
  expect(absent).toMatchObject({
    filter: expect.stringContaining('resource.labels.database_id = starts_with("acme-prod:orders-reads")') as string,
    aggregations: [{ crossSeriesReducer: 'REDUCE_MAX' }],
  });
});

describe('the log that sources keep', () => {
  test('of PostgreSQL is watched on every source, by what was not applied and by what was not sent', async () => {
    const tree = withNew(cloudSql(), 'cyd', beside('bab', { region: 'europe-north1' }));
    await alerts(tree, { logBytes: 5000 });
    const both = 'resource.labels.database_id = one_of("acme-prod:orders-ada", "acme-prod:orders-bab")';
    const filterOf = (type: string): string =>
      `resource.type = "cloudsql_database" AND ${both} AND metric.type = "${METRICS.logBytes}" AND metric.labels.replica_lag_type = "${type}"`;
    expect(conditionsOf('alerts-sources').map(({ conditionThreshold }) => conditionThreshold)).toMatchObject([
      { filter: filterOf('replay_location'), thresholdValue: 5000, duration: '300s' },
      { filter: filterOf('sent_location'), thresholdValue: 5000, duration: '300s' },
    ]);
  });

  test('of MySQL has no metric', async () => {
    expect((await alerts(cloudSql('mysql'))).sources).toBeUndefined();
  });
});

test('the channels hear of every policy, and the policy says what it is about', async () => {
  await alerts(cloudSql(), { notificationChannels: ['projects/acme-prod/notificationChannels/1'] });
  expect(inputsOf('alerts-bab')).toMatchObject({
    ...{ project: 'acme-prod', displayName: 'orders: replication of bab', combiner: 'OR' },
    notificationChannels: ['projects/acme-prod/notificationChannels/1'],
    documentation: {
      content:
        'bab is to be at most 5m behind. A negative lag, or none, is replication that does not run. While that lasts, ' +
        'a promotion of it loses what it has not got.',
      mimeType: 'text/markdown',
    },
    alertStrategy: { autoClose: '604800s' },
  });
});
