import { paginateQuery, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { openJournal, row, TableName } from '../../_helpers/journal';
import { refusalOf, tearDown } from '../../_helpers/stage';
import { runs } from '../../../_proofs/_helpers/runs';

afterEach(tearDown);

const EVENTS = ['a#1', 'a#2', 'b#1', 'b#2', 'c#1'];
const ROWS = [...EVENTS.map((sk) => row('run-1', sk, { kind: { S: sk.slice(0, 1) } })), row('run-2', 'a#1')];

const ask = (text: string, values: Record<string, string> = {}): QueryCommandInput => ({
  TableName,
  KeyConditionExpression: text,
  ExpressionAttributeValues: Object.fromEntries(
    Object.entries({ ':pk': 'run-1', ...values }).map(([name, S]) => [name, { S }]),
  ),
});

test.each<[string, Record<string, string>, readonly string[]]>([
  ['pk = :pk', {}, EVENTS],
  ['(pk = :pk) AND (sk = :s)', { ':s': 'b#1' }, ['b#1']],
  ['pk = :pk and begins_with(sk, :s)', { ':s': 'b' }, ['b#1', 'b#2']],
  ['pk = :pk AND sk BETWEEN :low AND :high', { ':low': 'a#2', ':high': 'b#1' }, ['a#2', 'b#1']],
  ['sk < :s AND pk = :pk', { ':s': 'a#2' }, ['a#1']],
  ['pk = :pk AND sk <= :s', { ':s': 'a#2' }, ['a#1', 'a#2']],
  ['pk = :pk AND sk > :s', { ':s': 'b#2' }, ['c#1']],
  ['pk = :pk AND sk >= :s', { ':s': 'b#2' }, ['b#2', 'c#1']],
])('%s %j', async (text, values, expected) => {
  const { dynamo } = await openJournal(ROWS);
  const { Items = [], Count, ScannedCount } = await dynamo.send(new QueryCommand(ask(text, values)));
  expect(Items.map(({ sk }) => sk?.S)).toEqual(expected);
  expect([Count, ScannedCount]).toEqual([expected.length, expected.length]);
});

test('backwards, and by halves', async () => {
  const { dynamo } = await openJournal(ROWS);
  const input = { ...ask('pk = :pk'), ScanIndexForward: false, Limit: 3 };
  const first = await dynamo.send(new QueryCommand(input));
  const second = await dynamo.send(new QueryCommand({ ...input, ExclusiveStartKey: first.LastEvaluatedKey }));
  expect(first.Items?.map(({ sk }) => sk?.S)).toEqual(['c#1', 'b#2', 'b#1']);
  expect(first.LastEvaluatedKey).toEqual(row('run-1', 'b#1'));
  expect(second.Items?.map(({ sk }) => sk?.S)).toEqual(['a#2', 'a#1']);
  expect(second.LastEvaluatedKey).toBeUndefined();
});

test('a page that is full names a key, even if it was the last', async () => {
  const { dynamo } = await openJournal(ROWS);
  const { LastEvaluatedKey } = await dynamo.send(new QueryCommand({ ...ask('pk = :pk'), Limit: 5 }));
  expect(LastEvaluatedKey).toEqual(row('run-1', 'c#1'));
});

test('a filter takes from a page what it has: an empty one is not the end', async () => {
  const { dynamo } = await openJournal(ROWS);
  const input = { ...ask('pk = :pk', { ':k': 'c' }), FilterExpression: 'kind = :k', Limit: 2 };
  const { Items, Count, ScannedCount, LastEvaluatedKey } = await dynamo.send(new QueryCommand(input));
  expect({ Items, Count, ScannedCount, LastEvaluatedKey }).toEqual({
    ...{ Items: [], Count: 0, ScannedCount: 2 },
    LastEvaluatedKey: row('run-1', 'a#2'),
  });
});

test('pages of any size are the whole, in the order of the bytes', async () => {
  const { dynamo, cloud } = await openJournal();
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      fc.uuid(),
      async (keys, pageSize, partition) => {
        for (const sk of keys) cloud.tables.put('eu-west-1', TableName, row(partition, sk));
        const seen: unknown[] = [];
        const input = { ...ask('pk = :pk', { ':pk': partition }), ConsistentRead: true };
        for await (const { Items = [] } of paginateQuery({ client: dynamo, pageSize }, input)) {
          seen.push(...Items.map(({ sk }) => sk?.S));
        }
        expect(seen).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      },
    ),
    runs(10),
  );
});

test.each([
  ['sk = :pk', 'Query condition missed key schema element: pk'],
  ['pk = :pk AND kind = :pk', 'Query condition missed key schema element: sk'],
  ['pk > :pk', 'Query key condition not supported'],
  ['pk = :pk AND', 'Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "AND"'],
  ['pk <> :pk', 'Invalid KeyConditionExpression: Syntax error; token: "<>", near: "pk <> :pk"'],
  ['pk = sk', 'Invalid KeyConditionExpression: Syntax error; token: "sk", near: "= sk"'],
])('%s is refused', async (text, message) => {
  const { dynamo } = await openJournal(ROWS);
  expect(await refusalOf(dynamo.send(new QueryCommand(ask(text))))).toEqual(['ValidationException', message, 400]);
});

test('a query of an index is not played', async () => {
  const { dynamo } = await openJournal(ROWS);
  expect(await refusalOf(dynamo.send(new QueryCommand({ ...ask('pk = :pk'), IndexName: 'by-kind' })))).toEqual([
    'NotImplemented',
    'The embedded cloud does not play IndexName of Query.',
    501,
  ]);
});
