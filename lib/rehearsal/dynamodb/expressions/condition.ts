import { compare, equal, type AttributeValue, type Item } from '../attribute-value';
import { readPath, valueAt } from './path';
import type { Placeholders } from './placeholders';
import { TokenReader } from './token-reader';

/** True of the items that pass. An item that is not there has no attributes. */
export type Condition = (item: Item | undefined) => boolean;

type Operand = (item: Item | undefined) => AttributeValue | undefined;
type Comparison = (a: AttributeValue | undefined, b: AttributeValue | undefined) => boolean;

const ordered =
  (passes: (order: number) => boolean): Comparison =>
  (a, b) => {
    const order = a && b && compare(a, b);
    return order !== undefined && passes(order);
  };
const same: Comparison = (a, b) => a !== undefined && b !== undefined && equal(a, b);

/** What is not there differs from everything, and neither comes before nor after anything. */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['=', same],
  ['<>', (a, b) => !same(a, b)],
  ['<', ordered((order) => order < 0)],
  ['<=', ordered((order) => order <= 0)],
  ['>', ordered((order) => order > 0)],
  ['>=', ordered((order) => order >= 0)],
]);

const beginsWith: Comparison = (a, b) => a?.S !== undefined && b?.S !== undefined && a.S.startsWith(b.S);

/**
 * Reads a ConditionExpression or a FilterExpression.
 *
 * @throws ApiRefusal ValidationException if it is none
 */
export function readCondition(parameter: string, text: string, placeholders: Placeholders): Condition {
  const reader = new TokenReader(parameter, text);
  const condition = readOr(reader, placeholders);
  reader.requireEnd();
  return condition;
}

function readOr(reader: TokenReader, placeholders: Placeholders): Condition {
  const all = [readAnd(reader, placeholders)];
  while (reader.take('OR')) all.push(readAnd(reader, placeholders));
  return (item) => all.some((condition) => condition(item));
}

function readAnd(reader: TokenReader, placeholders: Placeholders): Condition {
  const all = [readNot(reader, placeholders)];
  while (reader.take('AND')) all.push(readNot(reader, placeholders));
  return (item) => all.every((condition) => condition(item));
}

function readNot(reader: TokenReader, placeholders: Placeholders): Condition {
  if (!reader.take('NOT')) return readSimple(reader, placeholders);
  const condition = readNot(reader, placeholders);
  return (item) => !condition(item);
}

function readSimple(reader: TokenReader, placeholders: Placeholders): Condition {
  if (reader.take('(')) {
    const condition = readOr(reader, placeholders);
    reader.expect(')');
    return condition;
  }
  return reader.peek(1) === '(' ? readFunction(reader, placeholders) : readComparison(reader, placeholders);
}

function readFunction(reader: TokenReader, placeholders: Placeholders): Condition {
  const name = reader.next();
  reader.expect('(');
  if (name === 'begins_with') {
    const whole = readOperand(reader, placeholders);
    reader.expect(',');
    const start = readOperand(reader, placeholders);
    reader.expect(')');
    return (item) => beginsWith(whole(item), start(item));
  }
  if (name !== 'attribute_exists' && name !== 'attribute_not_exists') throw reader.unknown(`the function ${name}`);
  const path = readPath(reader, placeholders);
  reader.expect(')');
  return (item) => (valueAt(item, path) !== undefined) === (name === 'attribute_exists');
}

function readComparison(reader: TokenReader, placeholders: Placeholders): Condition {
  const left = readOperand(reader, placeholders);
  const comparison = COMPARISONS.get(reader.peek());
  if (!comparison) {
    if (/^(BETWEEN|IN)$/i.test(reader.peek())) throw reader.unknown(reader.peek().toUpperCase());
    throw reader.syntaxError();
  }
  reader.next();
  const right = readOperand(reader, placeholders);
  return (item) => comparison(left(item), right(item));
}

function readOperand(reader: TokenReader, placeholders: Placeholders): Operand {
  if (reader.peek().startsWith(':')) {
    const value = placeholders.value(reader.next(), reader);
    return () => value;
  }
  if (reader.peek(1) === '(') throw reader.unknown(`the function ${reader.peek()}`);
  const path = readPath(reader, placeholders);
  return (item) => valueAt(item, path);
}
