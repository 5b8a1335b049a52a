import {
  DescribeDBInstancesCommand,
  PromoteReadReplicaCommand,
  RebootDBInstanceCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { Mishap } from '../../lib/rehearsal';
import { HOME, nameOf, refusalOf, setUp, tearDown } from './_helpers/stage';

afterEach(tearDown);

const promote = (rds: RDSClient): Promise<unknown> =>
  rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'orders-b' }));

const DENIED =
  'User: arn:aws:iam::123456789012:user/operator is not authorized to perform: rds:PromoteReadReplica on resource: ' +
  'arn:aws:rds:eu-west-1:123456789012:db:orders-b because no identity-based policy allows the rds:PromoteReadReplica action';

test.each<[Mishap, readonly [string, string, number]]>([
  [{ kind: 'throttle' }, ['Throttling', 'Rate exceeded', 400]],
  [{ kind: 'access-denied' }, ['AccessDenied', DENIED, 403]],
  [
    { kind: 'error', code: 'ServiceUnavailable', message: 'Try later.', httpStatus: 503 },
    ['ServiceUnavailable', 'Try later.', 503],
  ],
])('%p is refused and changes nothing', async (mishap, expected) => {
  const { rds, cloud } = await setUp({ faults: [{ mishap }] });
  const before = cloud.fleet.instances;

  expect(await refusalOf(promote(rds))).toEqual(expected);
  expect(cloud.fleet.instances).toEqual(before);
  expect(cloud.calls).toMatchObject([{ effect: false, outcome: expected[0] }]);
});

test('the log says who called what, when and about whom', async () => {
  const { rds, cloud, clock } = await setUp();
  await rds.send(new DescribeDBInstancesCommand({}));
  clock.advance(1);
  await promote(rds);
  const common = { service: 'rds', region: HOME, caller: 'operator', effect: true, outcome: 'ok' };

  expect(cloud.calls).toEqual([
    {
      ...common,
      at: clock.now() - 1000,
      requestId: '00000000-0000-4000-8000-000000000001',
      action: 'DescribeDBInstances',
      mutating: false,
      resource: undefined,
      parameters: {},
    },
    {
      ...common,
      at: clock.now(),
      requestId: '00000000-0000-4000-8000-000000000002',
      action: 'PromoteReadReplica',
      mutating: true,
      resource: 'orders-b',
      parameters: { DBInstanceIdentifier: 'orders-b' },
    },
  ]);
  expect(cloud.mutations).toEqual(cloud.calls.slice(1));
});

test('a call that is refused is in the log with its code', async () => {
  const { rds, cloud } = await setUp();
  await refusalOf(rds.send(new RebootDBInstanceCommand({ DBInstanceIdentifier: 'nobody' })));
  expect(cloud.mutations).toMatchObject([{ outcome: 'DBInstanceNotFound', effect: false, resource: 'nobody' }]);
});

test('faults come and go while it runs', async () => {
  const { rds, cloud } = await setUp();
  cloud.inject({ mishap: { kind: 'throttle' }, times: Infinity });
  expect(await nameOf(promote(rds))).toBe('Throttling');
  cloud.clearFaults();
  expect(await nameOf(promote(rds))).toBe('ok');
});

test('the SDK tries again when it is throttled', async () => {
  const { client, cloud } = await setUp({ faults: [{ mishap: { kind: 'throttle' }, times: 2 }] });
  await promote(client(HOME, { maxAttempts: 3 }));
  expect(cloud.mutations.map(({ outcome }) => outcome)).toEqual(['Throttling', 'Throttling', 'ok']);
});
