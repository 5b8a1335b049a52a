import { z } from 'zod';
import { jsonAction, type JsonAction } from '../../wire/json-action';
import { item, type Item } from '../attribute-value';
import { readCondition } from '../expressions/condition';
import { readKeyCondition } from '../expressions/key-condition';
import { Placeholders } from '../expressions/placeholders';
import type { Table } from '../table';
import type { Tables } from '../tables';

const input = z.strictObject({
  TableName: z.string(),
  KeyConditionExpression: z.string(),
  FilterExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: item.optional(),
  ConsistentRead: z.boolean().optional(),
  ScanIndexForward: z.boolean().optional(),
  Limit: z.int().min(1).optional(),
  ExclusiveStartKey: item.optional(),
});

/** Items of one partition in the order of their sort keys. Pages end by Limit alone, not by size. */
export const query = (tables: Tables): JsonAction =>
  jsonAction({
    mutating: false,
    input,
    perform({ region, input: asked }) {
      const table = tables.find(region, asked.TableName);
      const placeholders = new Placeholders(asked);
      const keys = readKeyCondition(asked.KeyConditionExpression, table, placeholders);
      const { FilterExpression: text } = asked;
      const passes = text === undefined ? () => true : readCondition('FilterExpression', text, placeholders);
      placeholders.requireAllUsed();

      const found = table.list(asked.ConsistentRead ?? false).filter((candidate) => {
        const [partition, sort] = table.keyNames.map((name) => candidate[name] ?? {});
        return keys.partition(partition ?? {}) && keys.sort(sort ?? {});
      });
      const { page, last } = pageOf(found, table, asked);
      const Items = page.filter(passes);
      return {
        ...{ Items, Count: Items.length, ScannedCount: page.length },
        ...(last ? { LastEvaluatedKey: table.keyOf(last) } : {}),
      };
    },
  });

/** A page that is full names its last key, even if nothing comes after it. */
function pageOf(found: readonly Item[], table: Table, asked: z.output<typeof input>): Page {
  const { ScanIndexForward: forward = true, ExclusiveStartKey: start, Limit = Infinity } = asked;
  const key = start && table.requireKey(start);
  const order = (candidate: Item): number => (key ? table.compareKeys(candidate, key) : 0);
  const inOrder = forward ? found : [...found].reverse();
  const rest = key ? inOrder.filter((candidate) => (forward ? order(candidate) > 0 : order(candidate) < 0)) : inOrder;
  const page = rest.slice(0, Limit);
  return { page, last: page.length === Limit ? page.at(-1) : undefined };
}

interface Page {
  readonly page: readonly Item[];
  readonly last: Item | undefined;
}
