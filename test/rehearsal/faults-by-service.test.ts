import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ChangeResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { EmbeddedCloudOptions } from '../../lib/rehearsal';
import { HOME, refusalOf, setUp, tearDown, type Stage } from './_helpers/stage';

afterEach(tearDown);

/** One call that changes something, of each service: how it is throttled and denied, and how one sees its effect. */
interface Example {
  readonly service: string;
  readonly permission: string;
  /** As a denial says where. */
  readonly on: string;
  readonly options: EmbeddedCloudOptions;
  readonly send: (stage: Stage) => Promise<unknown>;
  readonly effects: (stage: Stage) => number;
  readonly throttled: readonly [string, string, number];
  readonly denied: readonly [string, number];
}

const BEGINNING = new Date('2029-12-31T23:00:00Z');

const EXAMPLES: readonly Example[] = [
  {
    service: 'dynamodb',
    permission: 'dynamodb:PutItem',
    on: ' on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/runs',
    options: { tables: [{ region: HOME, name: 'runs' }] },
    send: ({ connect }) =>
      connect(DynamoDBClient).send(new PutItemCommand({ TableName: 'runs', Item: { pk: { S: 'a' } } })),
    effects: ({ cloud }) => cloud.tables.items(HOME, 'runs').length,
    throttled: [
      'ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      400,
    ],
    denied: ['AccessDeniedException', 400],
  },
  {
    service: 'cloudwatch',
    permission: 'cloudwatch:PutMetricData',
    on: '',
    options: { timetable: { metricDelay: 0 } },
    send: ({ connect }) =>
      connect(CloudWatchClient).send(
        new PutMetricDataCommand({ Namespace: 'N', MetricData: [{ MetricName: 'M', Value: 1, Timestamp: BEGINNING }] }),
      ),
    effects: ({ cloud }) =>
      cloud.metrics.valuesOf({ region: HOME, namespace: 'N', name: 'M' }, BEGINNING.getTime()).length,
    throttled: ['Throttling', 'Rate exceeded', 400],
    denied: ['AccessDenied', 403],
  },
  {
    service: 'ssm',
    permission: 'ssm:PutParameter',
    on: ' on resource: arn:aws:ssm:eu-west-1:123456789012:parameter/writer',
    options: {},
    send: ({ connect }) =>
      connect(SSMClient).send(new PutParameterCommand({ Name: 'writer', Value: 'a', Type: 'String' })),
    effects: ({ cloud }) => cloud.parameters.versions(HOME, 'writer').length,
    throttled: ['ThrottlingException', 'Rate exceeded', 400],
    denied: ['AccessDeniedException', 400],
  },
  {
    service: 'secretsmanager',
    permission: 'secretsmanager:PutSecretValue',
    on: ' on resource: master',
    options: { secrets: [{ region: HOME, name: 'master', value: 'old' }] },
    send: ({ connect }) =>
      connect(SecretsManagerClient).send(new PutSecretValueCommand({ SecretId: 'master', SecretString: 'new' })),
    effects: ({ cloud }) => (cloud.secrets.find(HOME, 'master')?.versions.length ?? 0) - 1,
    throttled: ['ThrottlingException', 'Rate exceeded', 400],
    denied: ['AccessDeniedException', 400],
  },
  {
    service: 'sns',
    permission: 'SNS:Publish',
    on: ' on resource: arn:aws:sns:eu-west-1:123456789012:alerts',
    options: { topics: [{ region: HOME, name: 'alerts' }] },
    send: ({ connect }) =>
      connect(SNSClient).send(
        new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts', Message: 'hello' }),
      ),
    effects: ({ cloud }) => cloud.topics.messages(HOME, 'alerts').length,
    throttled: ['Throttling', 'Rate exceeded', 400],
    denied: ['AuthorizationErrorException', 403],
  },
  {
    service: 'route53',
    permission: 'route53:ChangeResourceRecordSets',
    on: ' on resource: arn:aws:route53:::hostedzone/Z1',
    options: { zones: [{ id: 'Z1', name: 'example.com' }] },
    send: ({ connect }) =>
      connect(Route53Client).send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: 'Z1',
          ChangeBatch: {
            Changes: [
              {
                Action: 'CREATE',
                ResourceRecordSet: {
                  ...{ Name: 'a.example.com', Type: 'CNAME', TTL: 5 },
                  ResourceRecords: [{ Value: 'b.example.com' }],
                },
              },
            ],
          },
        }),
      ),
    effects: ({ cloud }) => cloud.zones.find('Z1')?.records.length ?? 0,
    throttled: ['Throttling', 'Rate exceeded', 400],
    denied: ['AccessDenied', 403],
  },
];

describe.each(EXAMPLES)('$service', ({ service, permission, on, options, send, effects, throttled, denied }) => {
  test('is in the log', async () => {
    const stage = await setUp(options);
    await send(stage);
    expect(stage.cloud.mutations).toMatchObject([
      { service, action: permission.split(':')[1], caller: 'operator', effect: true, outcome: 'ok' },
    ]);
    expect(effects(stage)).toBe(1);
  });

  test('is throttled', async () => {
    const stage = await setUp({ ...options, faults: [{ service, mishap: { kind: 'throttle' } }] });
    expect(await refusalOf(send(stage))).toEqual(throttled);
    expect(effects(stage)).toBe(0);
  });

  test('is denied', async () => {
    const stage = await setUp({ ...options, faults: [{ service, mishap: { kind: 'access-denied' } }] });
    const [code, status] = denied;
    expect(await refusalOf(send(stage))).toEqual([
      code,
      `User: arn:aws:iam::123456789012:user/operator is not authorized to perform: ${permission}${on} because no identity-based policy allows the ${permission} action`,
      status,
    ]);
    expect(effects(stage)).toBe(0);
  });

  test('fails', async () => {
    const mishap = { kind: 'error', code: 'InternalFailure', message: 'Sorry.', httpStatus: 500 } as const;
    const stage = await setUp({ ...options, faults: [{ service, mishap }] });
    expect(await refusalOf(send(stage))).toEqual(['InternalFailure', 'Sorry.', 500]);
    expect(effects(stage)).toBe(0);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('is not answered, %s the effect', async (effect, expected) => {
    const mishap = { kind: 'timeout', effect, seconds: 10 } as const;
    const stage = await setUp({ ...options, faults: [{ service, mishap }] });
    expect((await refusalOf(send(stage)))[1]).toMatch(/ECONNRESET|hang up/);
    expect(effects(stage)).toBe(expected);
    expect(stage.cloud.calls).toMatchObject([{ outcome: 'no-answer', effect: effect === 'after' }]);
  });

  test('is slow', async () => {
    const stage = await setUp({ ...options, faults: [{ service, mishap: { kind: 'slow', seconds: 5 } }] });
    const start = stage.clock.now();
    await send(stage);
    expect(stage.clock.now() - start).toBe(5000);
  });
});
