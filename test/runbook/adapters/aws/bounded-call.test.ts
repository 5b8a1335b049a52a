import { DescribeDBInstancesCommand, PromoteReadReplicaCommand, type RDSClient } from '@aws-sdk/client-rds';
import { Agent } from 'node:http';
import { Socket } from 'node:net';
import { boundedCall, clientSettings, type AwsCallError, type Purpose } from '../../../../lib/runbook/adapters/aws';
import type { Mishap } from '../../../../lib/rehearsal';
import { HOME, setUp, tearDown, type Stage } from '../../../rehearsal/_helpers/stage';

afterEach(tearDown);

const BOUNDS = { connect: 0.2, whole: 0.4 };
const SUBJECT = { service: 'rds', region: HOME, resource: 'orders-b' };
const TITLE = 'rds:PromoteReadReplica of orders-b in eu-west-1';
const REQUEST = 'request 00000000-0000-4000-8000-000000000001';

function promote(client: RDSClient): Promise<unknown> {
  const command = new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'orders-b' });
  return boundedCall({ ...SUBJECT, action: 'PromoteReadReplica' }, (options) => client.send(command, options), BOUNDS);
}

function describeThem(client: RDSClient): Promise<unknown> {
  const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'orders-b' });
  return boundedCall({ ...SUBJECT, action: 'DescribeDBInstances' }, (options) => client.send(command, options), BOUNDS);
}

const clientOf = ({ client }: Stage, purpose: Purpose): RDSClient => client(HOME, clientSettings(purpose, BOUNDS));

async function failureOf(call: Promise<unknown>): Promise<readonly unknown[]> {
  try {
    await call;
    return ['it succeeded'];
  } catch (error) {
    const { code, family, awsCode, isAnswered, message } = error as AwsCallError;
    return [code, family, awsCode, isAnswered, message];
  }
}

const TOLD: readonly (readonly [string, Mishap, readonly unknown[]])[] = [
  [
    'throttling',
    { kind: 'throttle' },
    [
      ...['aws-throttled', 'retryable', 'Throttling', true],
      `${TITLE} was throttled: it had no effect, and may be made again (Throttling: Rate exceeded; HTTP 400, ${REQUEST})`,
    ],
  ],
  [
    'a denial',
    { kind: 'access-denied' },
    [
      ...['aws-denied', 'refused', 'AccessDenied', true],
      `${TITLE} was denied: it had no effect; allow rds:PromoteReadReplica to the credentials that were used, or use others ` +
        '(AccessDenied: User: arn:aws:iam::123456789012:user/operator is not authorized to perform: rds:PromoteReadReplica ' +
        'on resource: arn:aws:rds:eu-west-1:123456789012:db:orders-b because no identity-based policy allows the ' +
        `rds:PromoteReadReplica action; HTTP 403, ${REQUEST})`,
    ],
  ],
  [
    'a refusal',
    { kind: 'error', code: 'InvalidDBInstanceState', message: 'It is backing up.', httpStatus: 400 },
    [
      ...['aws-refused', 'refused', 'InvalidDBInstanceStateFault', true],
      `${TITLE} was refused: it had no effect, and would be refused again ` +
        `(InvalidDBInstanceStateFault: It is backing up; HTTP 400, ${REQUEST})`,
    ],
  ],
  [
    "the service's own fault",
    { kind: 'error', code: 'InternalFailure', message: 'An internal error has occurred.', httpStatus: 500 },
    [
      ...['aws-unclear', 'unknown', 'InternalFailure', true],
      `${TITLE} was not answered as it should be: it may have had its effect ` +
        `(InternalFailure: An internal error has occurred; HTTP 500, ${REQUEST})`,
    ],
  ],
  [
    'a call that is not played',
    { kind: 'error', code: 'NotImplemented', message: 'No.', httpStatus: 501 },
    [
      ...['aws-refused', 'refused', 'NotImplemented', true],
      `${TITLE} was refused: it had no effect, and would be refused again (NotImplemented: No; HTTP 501, ${REQUEST})`,
    ],
  ],
  [
    'a broken connection',
    { kind: 'reset', effect: 'after' },
    [
      ...['aws-unclear', 'unknown', 'ECONNRESET', false],
      `${TITLE} was not answered as it should be: it may have had its effect (ECONNRESET: read ECONNRESET)`,
    ],
  ],
  [
    'silence',
    { kind: 'timeout', effect: 'after' },
    [
      ...['aws-unclear', 'unknown', 'TimeoutError', false],
      `${TITLE} was not answered as it should be: it may have had its effect (TimeoutError: no answer within 0.4 s)`,
    ],
  ],
];

test.each(TOLD)('tells %s', async (_, mishap, expected) => {
  const stage = await setUp({ faults: [{ action: 'PromoteReadReplica', mishap, times: 9 }] });
  expect(await failureOf(promote(clientOf(stage, 'change')))).toEqual(expected);
  expect(stage.cloud.mutations).toHaveLength(1);
});

test('nobody listens: it was not sent', async () => {
  const { server, client } = await setUp();
  const rds = client(HOME, clientSettings('change', BOUNDS));
  await server.close();
  const port = new URL(server.url).port;
  expect(await failureOf(promote(rds))).toEqual([
    ...['aws-not-sent', 'retryable', 'ECONNREFUSED', false],
    `${TITLE} was not sent: it had no effect, and may be made again (ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:${port})`,
  ]);
});

test('no connection in time: it was not sent', async () => {
  const { client } = await setUp();
  // A connection that never comes about, as to a network that drops everything.
  const httpAgent = new Agent();
  httpAgent.createConnection = () => Object.assign(new Socket(), { connecting: true });
  const settings = clientSettings('change', BOUNDS);
  const rds = client(HOME, { ...settings, requestHandler: { ...settings.requestHandler, httpAgent } });
  expect(await failureOf(promote(rds))).toEqual([
    ...['aws-not-sent', 'retryable', 'TimeoutError', false],
    `${TITLE} was not sent: it had no effect, and may be made again (TimeoutError: @smithy/node-http-handler - the request ` +
      'socket did not establish a connection with the server within the configured timeout of 200 ms)',
  ]);
});

test('a read is repeated by the SDK, a change never', async () => {
  const reset: Mishap = { kind: 'reset', effect: 'after' };
  const stage = await setUp({ faults: [{ mishap: reset, times: 2 }] });
  await expect(describeThem(clientOf(stage, 'read'))).resolves.toBeDefined();
  expect(stage.cloud.calls.map(({ outcome }) => outcome)).toEqual(['reset', 'reset', 'ok']);

  stage.cloud.inject({ mishap: reset, times: 2 });
  expect((await failureOf(promote(clientOf(stage, 'change'))))[0]).toBe('aws-unclear');
  expect(stage.cloud.mutations.map(({ effect, outcome }) => [effect, outcome])).toEqual([[true, 'reset']]);
});

test('the whole time is bounded, repetitions included', async () => {
  const stage = await setUp({ faults: [{ mishap: { kind: 'throttle' }, times: 99 }] });
  const rds = stage.client(HOME, { ...clientSettings('read', BOUNDS), maxAttempts: 50 });
  const began = Date.now();
  expect((await failureOf(describeThem(rds)))[4]).toBe(
    'rds:DescribeDBInstances of orders-b in eu-west-1 was not answered as it should be ' +
      '(TimeoutError: no answer within 0.4 s)',
  );
  expect(Date.now() - began).toBeLessThan(5000);
});

test('by default: 2 s to connect, 10 s in all', () => {
  const requestHandler = { connectionTimeout: 2000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  expect(clientSettings('read')).toEqual({ maxAttempts: 3, retryMode: 'standard', requestHandler });
  expect(clientSettings('change')).toEqual({ maxAttempts: 1, retryMode: 'standard', requestHandler });
});
