import {
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { UnderstudyError } from '../../../../topology';
import { boundedCall, type SendOptions } from '../bounded-call';
import type { Bounds } from '../client-settings';

export type Item = Readonly<Record<string, AttributeValue>>;

/** The table is in the Region where this runs: what takes longer there than this is as good as lost. */
export const TABLE_BOUNDS: Bounds = { connect: 1, whole: 3 };

/** Items of a page: so many can be read within the bounds. A page also ends after 1 MB. */
const PAGE = 200;

export interface DynamoTableOptions {
  /** One that never repeats by itself: `clientSettings('change', TABLE_BOUNDS)`. A repeated transaction would not look again. */
  readonly client: DynamoDBClient;
  /** Name of the table: partition key `topology`, sort key `item`, both texts. */
  readonly table: string;
  /** Name of the topology. */
  readonly topology: string;
  /** Where the table is, for messages. */
  readonly region: string;
}

/** A condition or a change. `#name` stands for the attribute `name`, `:value` for one of the values. */
export interface Expression {
  readonly condition?: string;
  readonly update?: string;
  readonly values?: Item;
}

/** The items of one topology. Every read is consistent; every call is made once. */
export class DynamoTable {
  readonly #options: DynamoTableOptions;

  constructor(options: DynamoTableOptions) {
    this.#options = options;
  }

  async get(item: string): Promise<Item | undefined> {
    const { client, table: TableName } = this.#options;
    const command = new GetItemCommand({ TableName, Key: this.#key(item), ConsistentRead: true });
    const { Item: found } = await this.#call('GetItem', (options) => client.send(command, options));
    return found;
  }

  /** One page of the items whose sort key begins so, in its order. `next` is missing from the last page. */
  async page(prefix: string, start?: Item): Promise<{ readonly items: readonly Item[]; readonly next?: Item }> {
    const { client, table: TableName, topology } = this.#options;
    const command = new QueryCommand({
      TableName,
      KeyConditionExpression: '#topology = :topology AND begins_with(#item, :prefix)',
      ExpressionAttributeNames: { '#topology': 'topology', '#item': 'item' },
      ExpressionAttributeValues: { ':topology': { S: topology }, ':prefix': { S: prefix } },
      ConsistentRead: true,
      Limit: PAGE,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    const { Items: items = [], LastEvaluatedKey: next } = await this.#call('Query', (options) =>
      client.send(command, options),
    );
    return next === undefined ? { items } : { items, next };
  }

  /** @returns the item as it is after the change; undefined if the condition does not hold, and nothing was changed */
  async update(item: string, expression: Expression): Promise<Item | undefined> {
    const { client, table: TableName } = this.#options;
    const command = new UpdateItemCommand({
      ...{ TableName, Key: this.#key(item), ReturnValues: 'ALL_NEW' },
      ...parts(expression),
    });
    return this.#call('UpdateItem', async (options) => {
      try {
        return (await client.send(command, options)).Attributes ?? {};
      } catch (error) {
        const { name } = error as Error;
        if (name === 'ConditionalCheckFailedException') return undefined;
        if (name === 'TransactionConflictException') throw this.#conflict('UpdateItem');
        throw error;
      }
    });
  }

  /** @returns false if one of the conditions does not hold, and nothing was changed */
  async transact(writes: readonly TransactWriteItem[]): Promise<boolean> {
    const { client } = this.#options;
    // A new command for each call has a new token. With an old one, DynamoDB answers that it was carried out once, without
    // looking whether it still might be.
    const command = new TransactWriteItemsCommand({ TransactItems: [...writes] });
    return this.#call('TransactWriteItems', async (options) => {
      try {
        await client.send(command, options);
        return true;
      } catch (error) {
        const { name, CancellationReasons: reasons = [] } = error as CancelledTransaction;
        if (name !== 'TransactionCanceledException') throw error;
        const codes = new Set(reasons.map(({ Code }) => Code));
        if (codes.has('ConditionalCheckFailed')) return false;
        if (reasons.some(({ Code = '' }) => PASSING.has(Code))) throw this.#conflict('TransactWriteItems');
        throw error;
      }
    });
  }

  /** @param expression its condition is by default that the item is there */
  check(item: string, { condition = 'attribute_exists(#item)', values = {} }: Expression = {}): TransactWriteItem {
    const { ConditionExpression, ...rest } = parts({ condition, values });
    return { ConditionCheck: { TableName: this.#options.table, Key: this.#key(item), ...rest, ConditionExpression } };
  }

  change(item: string, expression: Expression): TransactWriteItem {
    const { UpdateExpression = '', ...rest } = parts(expression);
    return { Update: { TableName: this.#options.table, Key: this.#key(item), ...rest, UpdateExpression } };
  }

  put(item: string, attributes: Item, { condition, values = {} }: Expression = {}): TransactWriteItem {
    const Item = { ...attributes, ...this.#key(item) };
    if (condition === undefined) return { Put: { TableName: this.#options.table, Item } };
    return { Put: { TableName: this.#options.table, Item, ...parts({ condition, values }) } };
  }

  #key(item: string): Record<string, AttributeValue> {
    return { topology: { S: this.#options.topology }, item: { S: item } };
  }

  #call<T>(action: string, send: (options: SendOptions) => Promise<T>): Promise<T> {
    const { table, region } = this.#options;
    return boundedCall({ service: 'dynamodb', action, region, resource: table }, send, TABLE_BOUNDS);
  }

  #conflict(action: string): UnderstudyError {
    const { table, region } = this.#options;
    return new UnderstudyError(
      'ledger-busy',
      `dynamodb:${action} of ${table} in ${region} met another write of the same items: it had no effect, and may be made again`,
      { family: 'retryable' },
    );
  }
}

interface CancelledTransaction extends Error {
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** Why a transaction may be cancelled that would succeed a moment later. */
const PASSING: ReadonlySet<string> = new Set([
  ...['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'],
]);

interface Parts {
  ConditionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
}

/** Names are always written as placeholders: `until` and hundreds of other words are reserved. */
function parts({ condition, update, values = {} }: Expression): Parts {
  const names = [...`${condition ?? ''} ${update ?? ''}`.matchAll(/#(\w+)/g)].map(([key, name]) => [key, name ?? '']);
  return {
    ...(condition === undefined ? {} : { ConditionExpression: condition }),
    ...(update === undefined ? {} : { UpdateExpression: update }),
    ...(names.length === 0 ? {} : { ExpressionAttributeNames: Object.fromEntries(names) as Record<string, string> }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}
