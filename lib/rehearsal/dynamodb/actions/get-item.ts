import { z } from 'zod';
import { jsonAction, type JsonAction } from '../../wire/json-action';
import { item } from '../attribute-value';
import type { Tables } from '../tables';

const input = z.strictObject({ TableName: z.string(), Key: item, ConsistentRead: z.boolean().optional() });

/** Without ConsistentRead, what was there a moment ago. */
export const getItem = (tables: Tables): JsonAction =>
  jsonAction({
    mutating: false,
    input,
    perform({ region, input: { TableName, Key, ConsistentRead = false } }) {
      const table = tables.find(region, TableName);
      const found = table.read(table.requireKey(Key), ConsistentRead);
      return found ? { Item: found } : {};
    },
  });
