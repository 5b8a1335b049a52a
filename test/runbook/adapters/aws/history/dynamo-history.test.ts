import fc from 'fast-check';
import { DynamoHistory } from '../../../../../lib/runbook/adapters/aws/history/dynamo-history';
import { DynamoLedger } from '../../../../../lib/runbook/adapters/aws/ledger/dynamo-ledger';
import { endOf, LOST_AFTER, LOST_BEFORE, tableStage, type TableStage } from '../ledger/_helpers/table-stage';
import { runs } from '../../../../_proofs/_helpers/runs';

let stage: TableStage;
let history: DynamoHistory;
beforeEach(async () => {
  stage = await tableStage();
  history = new DynamoHistory(stage.options());
});
afterEach(() => stage.end());

const ADDRESS = { host: 'orders-ada.example', port: 5432 };
const ADA = { id: 'ada', lastSeenAlive: 100, lastReached: 90.5, address: ADDRESS };

test('nothing is remembered at first', async () => {
  expect(await history.read()).toEqual([]);
});

test('what was recorded is remembered, beside lease and journal', async () => {
  const ledger = new DynamoLedger(stage.options());
  await ledger.take({ runId: 'run-1', holder: 'ann', at: 1, ttl: 60 });
  await history.record([ADA, { id: 'bab' }, { id: 'cyd', lastReached: 7 }]);
  expect(await history.read()).toEqual([ADA, { id: 'bab' }, { id: 'cyd', lastReached: 7 }]);
  expect(await ledger.rows('run-1')).toEqual([]);
});

test('each thing is as new as it was ever seen', async () => {
  await history.record([ADA]);
  await history.record([{ id: 'ada', lastSeenAlive: 50, lastReached: 95, address: { host: 'old.example', port: 1 } }]);
  expect(await history.read()).toEqual([{ ...ADA, lastReached: 95 }]);
  await history.record([{ id: 'ada', lastSeenAlive: 200 }]);
  expect(await history.read()).toEqual([{ ...ADA, lastSeenAlive: 200, lastReached: 95 }]);
  await history.record([{ id: 'ada', lastSeenAlive: 200, address: { host: 'new.example', port: 3306 } }]);
  expect(await history.read()).toEqual([
    { id: 'ada', lastSeenAlive: 200, lastReached: 95, address: { host: 'new.example', port: 3306 } },
  ]);
});

test('what is known already is not written again', async () => {
  await history.record([ADA]);
  const written = stage.cloud.mutations.length;
  await history.record([ADA, ADA]);
  await history.record([{ id: 'ada', lastReached: 3 }]);
  expect(stage.cloud.mutations).toHaveLength(written);
});

test('two watches at once lose nothing of each other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }), fc.nat(1000), async (alive, reached) => {
      const own = new DynamoHistory(stage.options(`orders-${stage.cloud.calls.length}`));
      const sights = alive.map((lastSeenAlive) => own.record([{ id: 'ada', lastSeenAlive }]));
      await Promise.all([...sights, own.record([{ id: 'ada', lastReached: reached }])]);
      expect(await own.read()).toEqual([{ id: 'ada', lastSeenAlive: Math.max(...alive), lastReached: reached }]);
    }),
    runs(10),
  );
});

test.each([
  ['throttled', { kind: 'throttle' }],
  ['lost before', LOST_BEFORE],
  ['lost after', LOST_AFTER],
] as const)('calls that are %s are made again', async (_, mishap) => {
  stage.faults({ action: 'UpdateItem', mishap, times: 2 }, { action: 'GetItem', mishap }, { action: 'Query', mishap });
  await history.record([ADA]);
  expect(await history.read()).toEqual([ADA]);
});

test('what cannot be kept is told, when all others are', async () => {
  stage.faults({ action: 'UpdateItem', mishap: { kind: 'access-denied' } });
  const told = history.record([ADA, { id: 'bab', lastReached: 1 }]).catch((error: unknown) => (error as Error).message);
  // Which request it was is left to chance: two are out at once.
  expect((await told)?.replace(/request [0-9-]+/, 'request')).toBe(
    'dynamodb:UpdateItem of understudy-orders in eu-west-1 was denied: it had no effect; allow dynamodb:UpdateItem to the ' +
      'credentials that were used, or use others (AccessDeniedException: User: arn:aws:iam::123456789012:user/operator is ' +
      'not authorized to perform: dynamodb:UpdateItem on resource: ' +
      'arn:aws:dynamodb:eu-west-1:123456789012:table/understudy-orders because no identity-based policy allows the ' +
      'dynamodb:UpdateItem action; HTTP 400, request)',
  );
  expect(await history.read()).toHaveLength(1);
});

test('a table that does not answer is told', async () => {
  stage.faults({ action: 'Query', mishap: LOST_BEFORE, times: 5 });
  expect(await endOf(history.read())).toMatchObject({ code: 'aws-unclear', family: 'unknown' });
});
