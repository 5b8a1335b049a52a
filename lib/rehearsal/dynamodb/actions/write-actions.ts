import { z } from 'zod';
import { jsonAction, type JsonAction } from '../../wire/json-action';
import type { Item } from '../attribute-value';
import type { Tables } from '../tables';
import { carryOut, deleteInput, planDelete, planPut, planUpdate, putInput, updateInput } from '../write';

const oldValues = { ReturnValues: z.enum(['NONE', 'ALL_OLD']).optional() };
const allValues = { ReturnValues: z.enum(['NONE', 'ALL_OLD', 'ALL_NEW']).optional() };

const returned = (attributes: Item | undefined): { Attributes?: Item } =>
  attributes ? { Attributes: attributes } : {};

export const putItem = (tables: Tables): JsonAction =>
  jsonAction({
    mutating: true,
    input: putInput.extend(oldValues),
    perform({ region, input: { ReturnValues, ...input } }) {
      const { before } = carryOut(planPut(tables, region, input));
      return returned(ReturnValues === 'ALL_OLD' ? before : undefined);
    },
  });

export const deleteItem = (tables: Tables): JsonAction =>
  jsonAction({
    mutating: true,
    input: deleteInput.extend(oldValues),
    perform({ region, input: { ReturnValues, ...input } }) {
      const { before } = carryOut(planDelete(tables, region, input));
      return returned(ReturnValues === 'ALL_OLD' ? before : undefined);
    },
  });

export const updateItem = (tables: Tables): JsonAction =>
  jsonAction({
    mutating: true,
    input: updateInput.extend(allValues),
    perform({ region, input: { ReturnValues = 'NONE', ...input } }) {
      const { before, after } = carryOut(planUpdate(tables, region, input));
      return returned({ NONE: undefined, ALL_OLD: before, ALL_NEW: after }[ReturnValues]);
    },
  });
