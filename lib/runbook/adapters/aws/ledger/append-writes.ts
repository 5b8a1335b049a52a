import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { JournalRow, Lease } from '../../../execution/ports';
import type { DynamoTable, Expression } from './dynamo-table';
import { itemOfRow, rowKey } from './journal-item';
import { HELD, heldValues } from './lease-condition';
import { STANDING } from './standing-item';

/** What is written with a row, all or nothing: the lease is held, the row before is there, the place is free or has this row. */
export function appendWrites(table: DynamoTable, lease: Lease, row: JournalRow): readonly TransactWriteItem[] {
  const item = itemOfRow(lease, row);
  const change = changeOf(lease, row);
  const held = { condition: HELD, values: heldValues(lease) };
  return [
    change === undefined
      ? table.check(STANDING, held)
      : table.change(STANDING, { ...held, ...change, values: { ...held.values, ...change.values } }),
    ...(row.number === 1 ? [] : [table.check(rowKey(lease.runId, row.number - 1))]),
    table.put(rowKey(lease.runId, row.number), item, {
      condition: 'attribute_not_exists(#item) OR #row = :row',
      values: { ':row': item['row'] ?? { NULL: true } },
    }),
  ];
}

/** What a row changes besides the journal. */
function changeOf({ runId }: Lease, row: JournalRow): Expression | undefined {
  if (row.type === 'ended') return { update: 'SET #isOpen = :closed', values: { ':closed': { BOOL: false } } };
  if (row.type !== 'promoted') return undefined;
  return {
    update: 'SET #primary = :primary, #promotedAt = :at, #promotedBy = :runId, #declared = :declared',
    values: {
      ':primary': { S: row.member },
      ':at': { N: String(row.at) },
      ':runId': { S: runId },
      ':declared': { S: row.declared },
    },
  };
}
