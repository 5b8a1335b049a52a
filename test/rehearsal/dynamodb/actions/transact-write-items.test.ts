import {
  TransactWriteItemsCommand,
  type TransactionCanceledException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { openJournal, row, TableName, type Journal } from '../../_helpers/journal';
import { refusalOf, tearDown } from '../../_helpers/stage';

afterEach(tearDown);

const LEASE = row('orders', 'lease', { owner: { S: 'one' } });
const MINE = {
  TableName,
  Key: row('orders', 'lease'),
  ConditionExpression: '#owner = :me',
  ExpressionAttributeNames: { '#owner': 'owner' },
  ExpressionAttributeValues: { ':me': { S: 'one' } },
};
const put = (sk: string): TransactWriteItem => ({ Put: { TableName, Item: row('orders', sk) } });
const send = ({ dynamo }: Journal, TransactItems: TransactWriteItem[], ClientRequestToken?: string): Promise<unknown> =>
  dynamo.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));

test('all of it happens', async () => {
  const journal = await openJournal([LEASE, row('orders', 'old'), row('orders', 'run')]);
  const update = { TableName, Key: row('orders', 'run'), UpdateExpression: 'SET phase = :p' };
  await send(journal, [
    { ConditionCheck: MINE },
    { Delete: { TableName, Key: row('orders', 'old') } },
    { Update: { ...update, ExpressionAttributeValues: { ':p': { S: 'fence' } } } },
    put('entry'),
  ]);
  expect(journal.items()).toEqual([row('orders', 'entry'), LEASE, row('orders', 'run', { phase: { S: 'fence' } })]);
  expect(journal.cloud.calls).toMatchObject([{ action: 'TransactWriteItems', resource: TableName, mutating: true }]);
});

test('or none, with the reason of each', async () => {
  const journal = await openJournal([{ ...LEASE, owner: { S: 'other' } }]);
  const check = { ...MINE, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
  const error = await send(journal, [put('entry'), { ConditionCheck: check }]).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'TransactionCanceledException',
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
  });
  expect((error as TransactionCanceledException).CancellationReasons).toEqual([
    { Code: 'None' },
    {
      ...{ Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      Item: { ...LEASE, owner: { S: 'other' } },
    },
  ]);
  expect(journal.items()).toHaveLength(1);
});

test('a token makes the second call the first one, for ten minutes', async () => {
  const journal = await openJournal();
  const fresh: TransactWriteItem = {
    Put: { TableName, Item: row('orders', 'a'), ConditionExpression: 'attribute_not_exists(pk)' },
  };
  await send(journal, [fresh], 'token');
  await send(journal, [fresh], 'token');
  expect(await refusalOf(send(journal, [put('b')], 'token'))).toEqual([
    'IdempotentParameterMismatchException',
    'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.',
    400,
  ]);
  journal.clock.advance(600);
  expect((await refusalOf(send(journal, [fresh], 'token')))[0]).toBe('TransactionCanceledException');
});

test('an answer that is lost, and the same call again: one effect', async () => {
  const journal = await openJournal();
  journal.cloud.inject({ mishap: { kind: 'reset', effect: 'after' } });
  const fresh: TransactWriteItem = {
    Put: { TableName, Item: row('orders', 'a'), ConditionExpression: 'attribute_not_exists(pk)' },
  };
  expect((await refusalOf(send(journal, [fresh], 'token')))[1]).toMatch(/ECONNRESET|hang up/);
  expect((await refusalOf(send(journal, [fresh], 'token')))[0]).toBe('ok');
  expect(journal.items()).toHaveLength(1);
});

test.each<[string, TransactWriteItem[], string]>([
  [
    'two writes to one item',
    [put('a'), put('a')],
    'Transaction request cannot include multiple operations on one item',
  ],
  [
    'two writes in one element',
    [{ ...put('a'), Delete: { TableName, Key: row('orders', 'b') } }],
    'TransactItems can only contain one of Check, Put, Update or Delete',
  ],
  ['none', [{}], 'TransactItems can only contain one of Check, Put, Update or Delete'],
])('%s: refused', async (_, items, message) => {
  const journal = await openJournal();
  expect(await refusalOf(send(journal, items))).toEqual(['ValidationException', message, 400]);
  expect(journal.items()).toEqual([]);
});
