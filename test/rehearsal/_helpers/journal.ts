import { DynamoDBClient, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { EmbeddedCloudOptions, GivenItem, Item } from '../../../lib/rehearsal';
import { HOME, setUp, type Stage } from './stage';

export const TableName = 'runs';

export const row = (
  pk: string,
  sk: string,
  more: Record<string, AttributeValue> = {},
): Record<string, AttributeValue> => ({
  ...{ pk: { S: pk }, sk: { S: sk } },
  ...more,
});

export interface Journal extends Stage {
  readonly dynamo: DynamoDBClient;
  readonly items: () => readonly Item[];
}

/** A table with a partition key and a sort key, and the real client to it. */
export async function openJournal(
  items: readonly GivenItem[] = [],
  options: EmbeddedCloudOptions = {},
): Promise<Journal> {
  const tables = [{ region: HOME, name: TableName, sortKey: 'sk', items }];
  const stage = await setUp({ instances: [], tables, ...options });
  const dynamo = stage.connect(DynamoDBClient);
  return { ...stage, dynamo, items: () => stage.cloud.tables.items(HOME, TableName) };
}
