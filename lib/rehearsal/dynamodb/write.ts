import { z } from 'zod';
import { ApiRefusal } from '../api-refusal';
import { item, type Item } from './attribute-value';
import { readCondition, type Condition } from './expressions/condition';
import { Placeholders } from './expressions/placeholders';
import { readUpdate } from './expressions/update';
import type { Table } from './table';
import type { Tables } from './tables';

/** What every write may be given besides what it writes. */
const conditional = {
  TableName: z.string(),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: item.optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['NONE', 'ALL_OLD']).optional(),
};

export const putInput = z.strictObject({ ...conditional, Item: item });
export const deleteInput = z.strictObject({ ...conditional, Key: item });
export const updateInput = z.strictObject({ ...conditional, Key: item, UpdateExpression: z.string().optional() });
export const checkInput = z.strictObject({ ...conditional, Key: item, ConditionExpression: z.string() });

/** One change to one item, checked so far as it can be without looking at the item. */
export interface Write {
  readonly table: Table;
  readonly key: Item;
  readonly condition: Condition;
  /** True if a refusal shows the item. */
  readonly shows: boolean;
  /** undefined: nothing is to be changed. */
  readonly apply: ((before: Item | undefined) => Item | undefined) | undefined;
}

type Common = z.output<typeof deleteInput> | z.output<typeof putInput>;

export function planPut(tables: Tables, region: string, input: z.output<typeof putInput>): Write {
  const table = tables.find(region, input.TableName);
  const key = table.keyOf(input.Item);
  return { table, key, ...readCommon(input), apply: () => input.Item };
}

export function planDelete(tables: Tables, region: string, input: z.output<typeof deleteInput>): Write {
  const table = tables.find(region, input.TableName);
  return { table, key: table.requireKey(input.Key), ...readCommon(input), apply: () => undefined };
}

export function planCheck(tables: Tables, region: string, input: z.output<typeof checkInput>): Write {
  return { ...planDelete(tables, region, input), apply: undefined };
}

/** An item that is not there is made. */
export function planUpdate(tables: Tables, region: string, input: z.output<typeof updateInput>): Write {
  const table = tables.find(region, input.TableName);
  const key = table.requireKey(input.Key);
  const placeholders = new Placeholders(input);
  const { UpdateExpression: text } = input;
  const update = text === undefined ? undefined : readUpdate(text, placeholders);
  const common = readCommon(input, placeholders);
  const touched = table.keyNames.find((name) => update?.attributes.includes(name));
  if (touched !== undefined) {
    const message = `One or more parameter values were invalid: Cannot update attribute ${touched}. This attribute is part of the key`;
    throw new ApiRefusal('ValidationException', message);
  }
  return { table, key, ...common, apply: (before = key) => update?.apply(before) ?? before };
}

function readCommon(input: Common, placeholders = new Placeholders(input)): Pick<Write, 'condition' | 'shows'> {
  const { ConditionExpression: text, ReturnValuesOnConditionCheckFailure: onFailure } = input;
  const condition = text === undefined ? () => true : readCondition('ConditionExpression', text, placeholders);
  placeholders.requireAllUsed();
  return { condition, shows: onFailure === 'ALL_OLD' };
}

/** What an item was and became. */
export interface Change {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** @throws ApiRefusal ConditionalCheckFailedException, having changed nothing */
export function carryOut({ table, key, condition, shows, apply }: Write): Change {
  const before = table.read(key, true);
  if (!condition(before)) throw new ApiRefusal(...failure(shows ? before : undefined));
  const after = apply ? apply(before) : before;
  if (apply) table.write(key, after);
  return { before, after };
}

const failure = (shown: Item | undefined): ConstructorParameters<typeof ApiRefusal> => [
  'ConditionalCheckFailedException',
  'The conditional request failed',
  400,
  shown ? { Item: shown } : {},
];
