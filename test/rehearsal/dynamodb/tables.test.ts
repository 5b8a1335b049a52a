import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EmbeddedCloud } from '../../../lib/rehearsal';
import { openJournal, row, TableName } from '../_helpers/journal';
import { ABROAD, HOME, refusalOf, tearDown, thrownBy } from '../_helpers/stage';

afterEach(tearDown);

test('a table is in one Region', async () => {
  const { connect } = await openJournal([row('a', 'b')]);
  const read = new GetItemCommand({ TableName, Key: row('a', 'b') });
  expect(await refusalOf(connect(DynamoDBClient, ABROAD).send(read))).toEqual([
    'ResourceNotFoundException',
    'Requested resource not found',
    400,
  ]);
});

test('a table need not have a sort key', () => {
  const tables = [{ region: HOME, name: 'flat', partitionKey: 'id', items: [{ id: { S: 'b' } }, { id: { S: 'a' } }] }];
  expect(new EmbeddedCloud({ tables }).tables.items(HOME, 'flat')).toEqual([{ id: { S: 'a' } }, { id: { S: 'b' } }]);
});

test('items are given as the SDK has them, and kept as the wire has them', () => {
  const cloud = new EmbeddedCloud({
    tables: [{ region: HOME, name: 'runs', items: [{ pk: { S: 'a' }, bytes: { B: new Uint8Array([1]) } }] }],
  });
  cloud.tables.put(HOME, 'runs', { pk: { S: 'b' }, bytes: { BS: [Buffer.from('b')] } });
  expect(cloud.tables.items(HOME, 'runs')).toEqual([
    { pk: { S: 'a' }, bytes: { B: 'AQ==' } },
    { pk: { S: 'b' }, bytes: { BS: ['Yg=='] } },
  ]);
});

test('who looks for a table that is not there is told which are', () => {
  const cloud = new EmbeddedCloud({ tables: [{ region: HOME, name: 'runs' }] });
  expect(thrownBy(() => cloud.tables.items(ABROAD, 'runs'))).toEqual([
    'no-such-table',
    'us-east-1/runs is not there; there are: eu-west-1/runs; correct the name',
  ]);
});

test('a table is seeded once', () => {
  const seed = { region: HOME, name: 'runs' };
  expect(thrownBy(() => new EmbeddedCloud({ tables: [seed, seed] }))).toEqual([
    'seed-refused',
    'the table eu-west-1/runs is twice; allowed is once; rename one',
  ]);
});
