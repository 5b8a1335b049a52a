import type { Clock } from '../clock';
import { JsonService } from '../wire/json-service';
import { getItem } from './actions/get-item';
import { query } from './actions/query';
import { transactWriteItems } from './actions/transact-write-items';
import { deleteItem, putItem, updateItem } from './actions/write-actions';
import type { Tables } from './tables';

export interface DynamoDbServiceOptions {
  readonly tables: Tables;
  readonly clock: Clock;
  readonly account: string;
}

/** DynamoDB, so far as a journal and a lease need it. */
export function dynamoDbService({ tables, clock, account }: DynamoDbServiceOptions): JsonService {
  return new JsonService({
    profile: {
      name: 'dynamodb',
      throttling: {
        code: 'ProvisionedThroughputExceededException',
        message:
          'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      },
      denial: { code: 'AccessDeniedException', httpStatus: 400 },
    },
    version: '1.0',
    errorPrefix: 'com.amazonaws.dynamodb.v20120810#',
    actions: new Map([
      ['DeleteItem', deleteItem(tables)],
      ['GetItem', getItem(tables)],
      ['PutItem', putItem(tables)],
      ['Query', query(tables)],
      ['TransactWriteItems', transactWriteItems(tables, clock)],
      ['UpdateItem', updateItem(tables)],
    ]),
    resourceOf: ({ TableName, TransactItems }) => tableName(TableName ?? firstTable(TransactItems)),
    deniedOn: (table, region) => `arn:aws:dynamodb:${region}:${account}:table/${table ?? '*'}`,
  });
}

const tableName = (name: unknown): string | undefined => (typeof name === 'string' ? name : undefined);

/** The table of the first write of a transaction. */
function firstTable(items: unknown): unknown {
  const [first] = Array.isArray(items) ? (items as readonly unknown[]) : [];
  const [write] = Object.values(first ?? {}) as readonly { readonly TableName?: unknown }[];
  return write?.TableName;
}
