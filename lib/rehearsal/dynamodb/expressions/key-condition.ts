import { ApiRefusal } from '../../api-refusal';
import { compare, type AttributeValue } from '../attribute-value';
import type { Table } from '../table';
import { readPath } from './path';
import type { Placeholders } from './placeholders';
import { TokenReader } from './token-reader';

type Test = (value: AttributeValue) => boolean;

interface Part {
  readonly name: string;
  readonly operator: string;
  readonly passes: Test;
}

const ORDERS: ReadonlyMap<string, (order: number) => boolean> = new Map([
  ['=', (order: number) => order === 0],
  ['<', (order: number) => order < 0],
  ['<=', (order: number) => order <= 0],
  ['>', (order: number) => order > 0],
  ['>=', (order: number) => order >= 0],
]);

/** What a Query asks of the keys: one partition, and perhaps a range in it. */
export interface KeyCondition {
  readonly partition: Test;
  readonly sort: Test;
}

/** @throws ApiRefusal ValidationException if it is none for this table */
export function readKeyCondition(text: string, table: Table, placeholders: Placeholders): KeyCondition {
  const reader = new TokenReader('KeyConditionExpression', text);
  const parts = [readPart(reader, placeholders)];
  while (reader.take('AND')) parts.push(readPart(reader, placeholders));
  reader.requireEnd();
  const partition = parts.find(({ name }) => name === table.partitionKey);
  const [sort, ...more] = parts.filter((part) => part !== partition);
  if (!partition) throw invalid(`Query condition missed key schema element: ${table.partitionKey}`);
  if (sort && sort.name !== table.sortKey) {
    throw invalid(`Query condition missed key schema element: ${table.sortKey ?? table.partitionKey}`);
  }
  if (partition.operator !== '=' || more.length > 0) throw invalid('Query key condition not supported');
  return { partition: partition.passes, sort: sort?.passes ?? (() => true) };
}

const invalid = (message: string): ApiRefusal => new ApiRefusal('ValidationException', message);

function readPart(reader: TokenReader, placeholders: Placeholders): Part {
  if (reader.take('(')) {
    const part = readPart(reader, placeholders);
    reader.expect(')');
    return part;
  }
  if (reader.peek() === 'begins_with') return readStart(reader, placeholders);
  const [name] = readPath(reader, placeholders);
  if (reader.take('BETWEEN')) {
    const low = readValue(reader, placeholders);
    reader.expect('AND');
    const high = readValue(reader, placeholders);
    const passes: Test = (value) => (compare(low, value) ?? 1) <= 0 && (compare(value, high) ?? 1) <= 0;
    return { name, operator: 'BETWEEN', passes };
  }
  const operator = reader.peek();
  const inOrder = ORDERS.get(operator);
  if (!inOrder) throw reader.syntaxError();
  reader.next();
  const wanted = readValue(reader, placeholders);
  return { name, operator, passes: (value) => inOrder(compare(value, wanted) ?? NaN) };
}

function readStart(reader: TokenReader, placeholders: Placeholders): Part {
  const operator = reader.next();
  reader.expect('(');
  const [name] = readPath(reader, placeholders);
  reader.expect(',');
  const { S: start } = readValue(reader, placeholders);
  reader.expect(')');
  return { name, operator, passes: ({ S: text }) => start !== undefined && text?.startsWith(start) === true };
}

function readValue(reader: TokenReader, placeholders: Placeholders): AttributeValue {
  if (!reader.peek().startsWith(':')) throw reader.syntaxError();
  return placeholders.value(reader.next(), reader);
}
