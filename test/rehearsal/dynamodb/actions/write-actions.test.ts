import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type ConditionalCheckFailedException,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { openJournal, row, TableName } from '../../_helpers/journal';
import { nameOf, refusalOf, tearDown } from '../../_helpers/stage';
import { runs } from '../../../_proofs/_helpers/runs';

afterEach(tearDown);

const LEASE = row('orders', 'lease', { owner: { S: 'one' }, version: { N: '1' } });
const Key = row('orders', 'lease');
const FAILED = ['ConditionalCheckFailedException', 'The conditional request failed', 400];

test('an item is put, replaced and deleted, and what was there is told', async () => {
  const { dynamo, items } = await openJournal();
  const put = (Item: typeof LEASE) => dynamo.send(new PutItemCommand({ TableName, Item, ReturnValues: 'ALL_OLD' }));
  expect((await put(LEASE)).Attributes).toBeUndefined();
  expect((await put(row('orders', 'lease', { owner: { S: 'two' } }))).Attributes).toEqual(LEASE);
  expect(items()).toEqual([row('orders', 'lease', { owner: { S: 'two' } })]);
  const gone = await dynamo.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
  expect(gone.Attributes).toEqual(row('orders', 'lease', { owner: { S: 'two' } }));
  expect(items()).toEqual([]);
});

test('every kind of value comes back as it was', async () => {
  const { dynamo } = await openJournal();
  const Item = row('orders', 'all', {
    binary: { B: new Uint8Array([1, 2, 3]) },
    deep: { M: { list: { L: [{ BOOL: false }, { NULL: true }, { M: {} }] } } },
    sets: { M: { s: { SS: ['a'] }, n: { NS: ['1', '2.5'] }, b: { BS: [new Uint8Array([9])] } } },
    big: { N: '12345678901234567890123456789012345678' },
  });
  await dynamo.send(new PutItemCommand({ TableName, Item }));
  const read = await dynamo.send(new GetItemCommand({ TableName, Key: row('orders', 'all'), ConsistentRead: true }));
  expect(read.Item).toEqual(Item);
});

test('a condition that fails changes nothing, and shows the item if asked to', async () => {
  const { dynamo, items, cloud } = await openJournal([LEASE]);
  const write = { TableName, Item: LEASE, ConditionExpression: 'attribute_not_exists(pk)' };
  expect(await refusalOf(dynamo.send(new PutItemCommand(write)))).toEqual(FAILED);
  const refused = dynamo.send(new PutItemCommand({ ...write, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
  const error = await refused.catch((reason: unknown) => reason as ConditionalCheckFailedException);
  expect(error).toMatchObject({ name: FAILED[0], Item: LEASE });
  expect(items()).toEqual([LEASE]);
  expect(cloud.mutations).toMatchObject([
    { service: 'dynamodb', action: 'PutItem', resource: TableName, outcome: FAILED[0], effect: false },
    { effect: false },
  ]);
});

test('an update sets and removes, and makes what is not there', async () => {
  const { dynamo } = await openJournal([LEASE]);
  const update = {
    TableName,
    Key,
    UpdateExpression: 'SET #owner = :two, previous = #owner, expires = :at REMOVE version, nothing',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':two': { S: 'two' }, ':at': { N: '9' } },
    ReturnValues: 'ALL_NEW' as const,
  };
  const expected = { owner: { S: 'two' }, previous: { S: 'one' }, expires: { N: '9' } };
  expect((await dynamo.send(new UpdateItemCommand(update))).Attributes).toEqual(row('orders', 'lease', expected));
  const made = await dynamo.send(
    new UpdateItemCommand({
      ...{ TableName, Key: row('orders', 'new'), UpdateExpression: 'SET a = :a', ReturnValues: 'ALL_NEW' },
      ExpressionAttributeValues: { ':a': { BOOL: true } },
    }),
  );
  expect(made.Attributes).toEqual(row('orders', 'new', { a: { BOOL: true } }));
});

test('a value inside a map is set where the map is, and nowhere else', async () => {
  const { dynamo } = await openJournal([row('orders', 'lease', { held: { M: { by: { S: 'one' } } } })]);
  const set = (path: string) =>
    dynamo.send(
      new UpdateItemCommand({
        ...{ TableName, Key, UpdateExpression: `SET ${path} = :v`, ReturnValues: 'ALL_NEW' },
        ExpressionAttributeValues: { ':v': { S: 'two' } },
      }),
    );
  expect((await set('held.since')).Attributes?.['held']).toEqual({ M: { by: { S: 'one' }, since: { S: 'two' } } });
  expect(await refusalOf(set('lost.since'))).toEqual([
    'ValidationException',
    'The document path provided in the update expression is invalid for update',
    400,
  ]);
});

test.each([
  [{ TableName: 'nothing', Item: LEASE }, ['ResourceNotFoundException', 'Requested resource not found']],
  [
    { TableName, Item: { pk: { S: 'orders' } } },
    ['ValidationException', 'One or more parameter values were invalid: Missing the key sk in the item'],
  ],
  [
    { TableName, Item: { ...LEASE, sk: { N: '1' } } },
    [
      'ValidationException',
      'One or more parameter values were invalid: Type mismatch for key sk expected: S actual: N',
    ],
  ],
  [
    { TableName, Item: row('', 'a') },
    [
      'ValidationException',
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: pk',
    ],
  ],
  [
    { TableName, Item: row('a', 'a', { n: { N: 'one' } }) },
    ['ValidationException', 'Item.n.N: The parameter cannot be converted to a numeric value: one'],
  ],
  [
    { TableName, Item: LEASE, ExpressionAttributeNames: { '#a': 'a' } },
    ['ValidationException', 'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}'],
  ],
])('put %j is refused', async (input, expected) => {
  const { dynamo, items } = await openJournal();
  expect(await refusalOf(dynamo.send(new PutItemCommand(input)))).toEqual([...expected, 400]);
  expect(items()).toEqual([]);
});

test('what is not played is refused loudly', async () => {
  const { dynamo } = await openJournal();
  const put = new PutItemCommand({ TableName, Item: LEASE, ReturnConsumedCapacity: 'TOTAL' });
  expect(await refusalOf(dynamo.send(put))).toEqual([
    'NotImplemented',
    'The embedded cloud does not play ReturnConsumedCapacity of PutItem.',
    501,
  ]);
});

test.each([
  [row('orders', 'lease', { more: { S: '' } }), 'The provided key element does not match the schema'],
  [{ pk: { S: 'orders' } }, 'The provided key element does not match the schema'],
])('%j is no key', async (wrong, message) => {
  const { dynamo } = await openJournal();
  const expected = ['ValidationException', message, 400];
  expect(await refusalOf(dynamo.send(new GetItemCommand({ TableName, Key: wrong })))).toEqual(expected);
  expect(await refusalOf(dynamo.send(new DeleteItemCommand({ TableName, Key: wrong })))).toEqual(expected);
});

test('the key of an item is not to be updated', async () => {
  const { dynamo } = await openJournal([LEASE]);
  const input = {
    ...{ TableName, Key, UpdateExpression: 'SET sk = :a' },
    ExpressionAttributeValues: { ':a': { S: 'a' } },
  };
  expect(await refusalOf(dynamo.send(new UpdateItemCommand(input)))).toEqual([
    'ValidationException',
    'One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key',
    400,
  ]);
});

test('a read that is not consistent sees for a moment what was before', async () => {
  const { dynamo, clock } = await openJournal([LEASE]);
  await dynamo.send(new DeleteItemCommand({ TableName, Key }));
  const read = async (ConsistentRead: boolean) =>
    (await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead }))).Item;
  expect([await read(true), await read(false)]).toEqual([undefined, LEASE]);
  clock.advance(1);
  expect(await read(false)).toBeUndefined();
});

/** One writer: reads the version, then writes the next one if it is still the same. */
async function takeTurn(dynamo: DynamoDBClient, seen: string): Promise<boolean> {
  const outcome = await nameOf(
    dynamo.send(
      new UpdateItemCommand({
        ...{ TableName, Key, UpdateExpression: 'SET version = :next', ConditionExpression: 'version = :seen' },
        ExpressionAttributeValues: { ':next': { N: String(Number(seen) + 1) }, ':seen': { N: seen } },
      }),
    ),
  );
  return outcome === 'ok';
}

test('of two writers who saw the same version, one wins, whatever order they take', async () => {
  const { dynamo, items, cloud } = await openJournal();
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom('read', 'write').chain((act) => fc.tuple(fc.constant(act), fc.nat(1))),
        { maxLength: 12 },
      ),
      async (turns) => {
        cloud.tables.put('eu-west-1', TableName, LEASE);
        const seen = ['1', '1'];
        const tries: { won: boolean; should: boolean }[] = [];
        for (const [act, who] of turns) {
          const version = items()[0]?.['version']?.N ?? '';
          const mine = seen[who] ?? '';
          if (act === 'write') tries.push({ won: await takeTurn(dynamo, mine), should: mine === version });
          else seen[who] = version;
        }
        expect(tries.map(({ won }) => won)).toEqual(tries.map(({ should }) => should));
        expect(items()[0]?.['version']).toEqual({ N: String(1 + tries.filter(({ won }) => won).length) });
      },
    ),
    runs(10),
  );
});
