import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { JournalRow, Lease } from '../../../execution/ports';
import type { DynamoTable, Expression } from './dynamo-table';
import { itemOfRow, rowKey } from './journal-item';
import { HELD, heldValues } from './lease-condition';
import { STANDING } from './standing-item';

/** What is written with rows, all or nothing: the lease is held, the row before is there, each place is free or has its row. */
export function appendWrites(
  table: DynamoTable,
  lease: Lease,
  rows: readonly [JournalRow, ...JournalRow[]],
): readonly TransactWriteItem[] {
  const [{ number }] = rows;
  const change = changeOf(lease, rows.at(-1) ?? rows[0]);
  const held = { condition: HELD, values: heldValues(lease) };
  return [
    change === undefined
      ? table.check(STANDING, held)
      : table.change(STANDING, { ...held, ...change, values: { ...held.values, ...change.values } }),
    ...(number === 1 ? [] : [table.check(rowKey(lease.runId, number - 1))]),
    ...rows.map((row) => {
      const item = itemOfRow(lease, row);
      return table.put(rowKey(lease.runId, row.number), item, {
        condition: 'attribute_not_exists(#item) OR #row = :row',
        values: { ':row': item['row'] ?? { NULL: true } },
      });
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
