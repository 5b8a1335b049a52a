import type { GivenItem } from './attribute-value';

/** A table that is there from the start. Its keys are texts. */
export interface TableSeed {
  readonly region: string;
  readonly name: string;
  /** Name of the partition key. @default 'pk' */
  readonly partitionKey?: string;
  /** Name of the sort key. @default none */
  readonly sortKey?: string;
  /** @default none */
  readonly items?: readonly GivenItem[];
}
