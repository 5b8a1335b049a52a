import { DescribeDBInstancesCommand, PromoteReadReplicaCommand, type RDSClientConfig } from '@aws-sdk/client-rds';
import { ABROAD, HOME, nameOf, refusalOf, setUp, tearDown } from './_helpers/stage';

afterEach(tearDown);

const IMPATIENT: RDSClientConfig = { requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } };
const list = new DescribeDBInstancesCommand({});
const promote = new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'orders-b' });

test('one server is every Region: the signature says which', async () => {
  const { client } = await setUp();
  const ids = async (region: string): Promise<unknown> => {
    const { DBInstances = [] } = await client(region).send(list);
    return DBInstances.map((instance) => instance.DBInstanceIdentifier);
  };
  expect([await ids(HOME), await ids(ABROAD), await ids('ap-south-1')]).toEqual([
    ['orders-a', 'orders-b'],
    ['orders-c'],
    [],
  ]);
});

test('every answer has a request id, and the log has the same', async () => {
  const { rds, cloud } = await setUp();
  const { $metadata } = await rds.send(list);
  expect($metadata.requestId).toBe('00000000-0000-4000-8000-000000000001');
  expect(cloud.calls.map(({ requestId }) => requestId)).toEqual([$metadata.requestId]);
});

test('servers side by side do not share a port', async () => {
  const [one, other] = await Promise.all([setUp(), setUp()]);
  expect(one.server.url).not.toBe(other.server.url);
});

test('a timeout: the caller gives up', async () => {
  const mishap = { kind: 'timeout', effect: 'before' } as const;
  const { client, cloud } = await setUp({ faults: [{ mishap }] });
  const [name, message] = await refusalOf(client(HOME, IMPATIENT).send(promote));

  expect(name).toBe('TimeoutError');
  expect(message).toContain('50 ms');
  expect(cloud.calls).toMatchObject([{ outcome: 'no-answer', effect: false }]);
});

test('a timeout that costs virtual time ends at once', async () => {
  const mishap = { kind: 'timeout', effect: 'after', seconds: 30 } as const;
  const { rds, cloud, clock } = await setUp({ faults: [{ mishap }] });
  const start = clock.now();

  expect((await refusalOf(rds.send(promote)))[1]).toMatch(/ECONNRESET|hang up/);
  expect(clock.now() - start).toBe(30_000);
  expect(cloud.calls).toMatchObject([{ outcome: 'no-answer', effect: true }]);
  expect(cloud.fleet.instance(HOME, 'orders-b').procedure?.kind).toBe('promotion');
});

test.each(['before', 'after'] as const)('a connection that breaks %s the effect', async (effect) => {
  const { rds, cloud } = await setUp({ faults: [{ mishap: { kind: 'reset', effect } }] });
  expect((await refusalOf(rds.send(promote)))[1]).toMatch(/ECONNRESET|hang up/);
  expect(cloud.calls).toMatchObject([{ outcome: 'reset', effect: effect === 'after' }]);
});

test('a slow answer takes its time on the clock of the cloud', async () => {
  const { rds, clock } = await setUp({ faults: [{ mishap: { kind: 'slow', seconds: 12 } }] });
  const start = clock.now();
  const { DBInstances } = await rds.send(list);

  expect(DBInstances).toHaveLength(2);
  expect(clock.now() - start).toBe(12_000);
});

test('a Region that is cut off is silent, takes no connection or resets, others answer, and it comes back', async () => {
  const { client, cloud, clock } = await setUp();
  cloud.cut(ABROAD);
  expect(await nameOf(client(ABROAD, IMPATIENT).send(list))).toBe('TimeoutError');
  cloud.cut(ABROAD, 'unreachable');
  const start = clock.now();
  expect((await refusalOf(client(ABROAD).send(list)))[1]).toMatch(/ECONNRESET|hang up/);
  expect(clock.now() - start).toBe(2000);
  cloud.cut(ABROAD, 'reset');
  expect((await refusalOf(client(ABROAD).send(list)))[1]).toMatch(/ECONNRESET|hang up/);
  expect(await nameOf(client(HOME).send(list))).toBe('ok');
  cloud.reconnect(ABROAD);
  expect(await nameOf(client(ABROAD).send(list))).toBe('ok');
  expect(cloud.calls.map(({ region, outcome }) => `${region} ${outcome}`)).toEqual([
    `${ABROAD} no-answer`,
    `${ABROAD} no-answer`,
    `${ABROAD} reset`,
    `${HOME} ok`,
    `${ABROAD} ok`,
  ]);
});

test('what is not signed is refused', async () => {
  const { server, cloud } = await setUp();
  const response = await fetch(server.url, { method: 'POST', body: 'Action=DescribeDBInstances' });
  expect([response.status, await response.text()]).toEqual([403, 'Request is missing Authentication Token']);
  expect(cloud.calls).toEqual([]);
});

test('a service that is not there is named', async () => {
  const { server } = await setUp();
  const authorization = 'AWS4-HMAC-SHA256 Credential=me/20300101/eu-west-1/sqs/aws4_request, Signature=0';
  const response = await fetch(server.url, { method: 'POST', body: '', headers: { authorization } });
  expect([response.status, await response.text()]).toEqual([501, 'The embedded cloud has no service sqs.']);
});

test('closing ends the calls that still wait', async () => {
  const { rds, server } = await setUp({ faults: [{ mishap: { kind: 'timeout', effect: 'before' } }] });
  const waiting = refusalOf(rds.send(list));
  await new Promise((resolve) => void setTimeout(resolve, 50));
  await server.close();

  expect((await waiting)[1]).toMatch(/ECONNRESET|hang up|aborted/);
});

test('a failure of the cloud itself is told on closing', async () => {
  const { rds, server } = await setUp({ faults: [{ mishap: { kind: 'stuck', status: 'upgrading' } }] });
  expect((await refusalOf(rds.send(promote)))[1]).toMatch(/ECONNRESET|hang up/);
  await expect(server.close()).rejects.toMatchObject({
    code: 'fault-impossible',
    message:
      'a fault wants an instance stuck in upgrading, which it never has; allowed are available, modifying, rebooting, backing-up; correct the fault',
  });
});

test("the SDK's own second attempt promotes again: a caller who must not, says maxAttempts: 1", async () => {
  const { client, cloud } = await setUp({ faults: [{ mishap: { kind: 'reset', effect: 'after' } }] });
  expect(await refusalOf(client(HOME, { maxAttempts: 3 }).send(promote))).toEqual([
    'InvalidDBInstanceStateFault',
    'DB Instance is not in an available state.',
    400,
  ]);
  expect(cloud.mutations.map(({ outcome }) => outcome)).toEqual(['reset', 'InvalidDBInstanceState']);
});
