import type { AttributeValue, Item } from '../attribute-value';
import type { Placeholders } from './placeholders';
import { isReserved } from './reserved-words';
import type { TokenReader } from './token-reader';

/** Where a value is in an item: the name of an attribute, then names inside maps. */
export type Path = readonly [string, ...string[]];

export function readPath(reader: TokenReader, placeholders: Placeholders): Path {
  const path: [string, ...string[]] = [readName(reader, placeholders)];
  while (reader.take('.')) path.push(readName(reader, placeholders));
  if (reader.peek() === '[') throw reader.unknown('an element of a list');
  return path;
}

function readName(reader: TokenReader, placeholders: Placeholders): string {
  const token = reader.peek();
  if (token.startsWith('#')) return placeholders.name(reader.next(), reader);
  if (!/^[A-Za-z_]/.test(token)) throw reader.syntaxError();
  if (isReserved(token)) throw reader.invalid(`Attribute name is a reserved keyword; reserved keyword: ${token}`);
  return reader.next();
}

export function valueAt(item: Item | undefined, [name, ...rest]: Path): AttributeValue | undefined {
  const [next, ...others] = rest;
  const value = item?.[name];
  return next === undefined ? value : valueAt(value?.M, [next, ...others]);
}

/**
 * The item with another value at the path; without one, if it is undefined.
 *
 * @returns undefined if there is no map where the path goes through one
 */
export function withValueAt(item: Item, [name, ...rest]: Path, value: AttributeValue | undefined): Item | undefined {
  const [next, ...others] = rest;
  const { [name]: before, ...remaining } = item;
  if (next === undefined) return value === undefined ? remaining : { ...item, [name]: value };
  const inside = before?.M && withValueAt(before.M, [next, ...others], value);
  return inside && { ...item, [name]: { M: inside } };
}
