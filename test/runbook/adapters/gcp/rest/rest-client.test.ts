import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { Mishap } from '../../../../../lib/rehearsal';
import { RestClient } from '../../../../../lib/runbook/adapters/gcp';
import type { GoogleCall } from '../../../../../lib/runbook/adapters/gcp/rest/google-call';
import { isUnderstudyError } from '../../../../../lib/topology';
import { googleStage, restTo, type GoogleStage } from '../_helpers/google-stage';

const PATH = '/v1/projects/acme-prod/instances/orders-bab';
const READ: GoogleCall = { method: 'sqladmin.instances.get', resource: 'orders-bab', verb: 'GET', path: PATH };
const CHANGE: GoogleCall = {
  ...{ method: 'sqladmin.instances.promoteReplica', resource: 'orders-bab', verb: 'POST' },
  path: `${PATH}/promoteReplica`,
};

let stage: GoogleStage;
beforeEach(async () => {
  stage = await googleStage();
});
afterEach(() => stage.end());

async function endOf(calling: Promise<unknown>): Promise<unknown> {
  try {
    return await calling;
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return [error.code, error.family, error.message];
  }
}

const during = (mishap: Mishap, times = 9): void => stage.google.inject({ service: 'sqladmin', mishap, times });
const counted = (method: string): number => stage.google.calls.filter((call) => call.method === method).length;

test('what is asked for is answered', async () => {
  expect(await stage.rest.call(READ)).toMatchObject({ name: 'orders-bab', instanceType: 'READ_REPLICA_INSTANCE' });
});

test.each<[string, Mishap, string, string, string]>([
  [
    'a quota',
    { kind: 'throttle' },
    'google-throttled',
    'retryable',
    'was throttled: it had no effect, and may be made again (RESOURCE_EXHAUSTED: Quota exceeded; HTTP 429)',
  ],
  [
    ...([
      'a quota of Cloud SQL',
      { kind: 'error', code: 'rateLimitExceeded', message: 'too many', httpStatus: 403 },
    ] as const),
    ...(['google-throttled', 'retryable'] as const),
    'was throttled: it had no effect, and may be made again (rateLimitExceeded: too many; HTTP 403)',
  ],
  [
    ...(['other work', { kind: 'error', code: 'operationInProgress', message: 'busy', httpStatus: 409 }] as const),
    ...(['google-not-yet', 'retryable'] as const),
    'was refused for now: it had no effect, and may be made again when the state has changed (operationInProgress: busy; HTTP 409)',
  ],
  [
    ...(['a missing permission', { kind: 'access-denied' }, 'google-denied', 'refused'] as const),
    'was denied: it had no effect; allow sqladmin.instances.promoteReplica to the account that was used, or use another (PERMISSION_DENIED: Permission denied; HTTP 403)',
  ],
  [
    ...(['a wrong state', { kind: 'error', code: 'invalid', message: 'no', httpStatus: 400 }] as const),
    ...(['google-refused', 'refused'] as const),
    'was refused: it had no effect, and would be refused again (invalid: no; HTTP 400)',
  ],
  [
    ...(['a fault of the service', { kind: 'error', code: 'INTERNAL', message: 'oops', httpStatus: 500 }] as const),
    ...(['google-unclear', 'unknown'] as const),
    'was not answered as it should be: it may have had its effect (INTERNAL: oops; HTTP 500)',
  ],
  [
    ...(['a connection that breaks', { kind: 'reset', effect: 'after' }, 'google-unclear', 'unknown'] as const),
    'was not answered as it should be: it may have had its effect (ECONNRESET)',
  ],
  [
    ...(['a silence', { kind: 'timeout', effect: 'before' }, 'google-unclear', 'unknown'] as const),
    'was not answered as it should be: it may have had its effect (no answer within 2 s)',
  ],
])('%s says what may be done after it, and a change is sent once', async (...given) => {
  const [, mishap, code, family, words] = given;
  during(mishap);
  const [gotCode, gotFamily, message] = (await endOf(stage.rest.call(CHANGE))) as string[];
  expect([gotCode, gotFamily]).toStrictEqual([code, family]);
  // How much of its time was left is told to the millisecond.
  expect(message?.replace(/within 1\.\d+ s/, 'within 2 s')).toBe(
    `sqladmin.instances.promoteReplica of orders-bab ${words}`,
  );
  expect(counted('sqladmin.instances.promoteReplica')).toBe(1);
});

test('a look is repeated when it was throttled or not answered, three times in all', async () => {
  during({ kind: 'throttle' }, 1);
  during({ kind: 'reset', effect: 'before' }, 2);
  expect(await stage.rest.call(READ)).toMatchObject({ name: 'orders-bab' });
  during({ kind: 'throttle' });
  expect(await endOf(stage.rest.call(READ))).toMatchObject(['google-throttled', 'retryable', expect.any(String)]);
  expect(counted('sqladmin.instances.get')).toBe(6);
});

test('a look that is denied is not repeated', async () => {
  during({ kind: 'access-denied' });
  expect(await endOf(stage.rest.call(READ))).toMatchObject(['google-denied', 'refused', expect.any(String)]);
  expect(counted('sqladmin.instances.get')).toBe(1);
});

test('who is not there is undefined, and no error', async () => {
  expect(await stage.rest.find({ ...READ, path: `${PATH}-2` })).toBeUndefined();
});

test('where nobody listens nothing was sent', async () => {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => void server.close(done));
  expect(await endOf(restTo(`http://127.0.0.1:${port}`).call(CHANGE))).toStrictEqual([
    ...['google-not-sent', 'retryable'],
    'sqladmin.instances.promoteReplica of orders-bab was not sent: it had no effect, and may be made again (ECONNREFUSED)',
  ]);
});

test('without credentials nothing is sent, and what the library says of them is not told', async () => {
  const token = () => Promise.reject(new Error('key of ann: hunter2'));
  const rest = new RestClient({ endpoint: 'http://127.0.0.1:1', token });
  const end = await endOf(rest.call(CHANGE));
  expect(end).toMatchObject([
    'google-denied',
    'refused',
    expect.stringContaining('there are no credentials for Google Cloud'),
  ]);
  expect(inspect(end, { depth: Infinity })).not.toContain('hunter2');
});

test('no token is in an error', async () => {
  during({ kind: 'access-denied' });
  const error: unknown = await stage.rest.call(READ).catch((thrown: unknown) => thrown);
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('token-of-ann');
});
