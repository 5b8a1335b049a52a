import { ApiRefusal } from '../../api-refusal';
import type { AttributeValue, Item } from '../attribute-value';
import { readPath, valueAt, withValueAt, type Path } from './path';
import type { Placeholders } from './placeholders';
import { TokenReader } from './token-reader';

interface Step {
  readonly path: Path;
  readonly value: (before: Item) => AttributeValue | undefined;
}

export interface Update {
  /** Names of the attributes that it touches. */
  readonly attributes: readonly string[];
  /** @throws ApiRefusal ValidationException if the item does not have what it needs */
  apply(before: Item): Item;
}

/**
 * Reads an UpdateExpression: SET to a value or another attribute, and REMOVE.
 *
 * @throws ApiRefusal ValidationException if it is none
 */
export function readUpdate(text: string, placeholders: Placeholders): Update {
  const reader = new TokenReader('UpdateExpression', text);
  const steps: Step[] = [];
  const sections = new Set<string>();
  while (!reader.done) {
    const section = reader.peek().toUpperCase();
    if (section === 'ADD' || section === 'DELETE') throw reader.unknown(section);
    if (section !== 'SET' && section !== 'REMOVE') throw reader.syntaxError();
    if (sections.has(section)) {
      throw reader.invalid(`The "${section}" section can only be used once in an update expression;`);
    }
    sections.add(section);
    reader.next();
    do steps.push(section === 'SET' ? readSet(reader, placeholders) : readRemove(reader, placeholders));
    while (reader.take(','));
  }
  refuseOverlap(steps, reader);
  return {
    attributes: steps.map(({ path: [name] }) => name),
    // Every value is taken from the item as it was.
    apply: (before) => steps.reduce((item, { path, value }) => changed(item, path, value(before)), before),
  };
}

function readSet(reader: TokenReader, placeholders: Placeholders): Step {
  const path = readPath(reader, placeholders);
  reader.expect('=');
  const value = readOperand(reader, placeholders);
  if (reader.peek() === '+' || reader.peek() === '-') throw reader.unknown(reader.peek());
  return { path, value };
}

const readRemove = (reader: TokenReader, placeholders: Placeholders): Step => ({
  path: readPath(reader, placeholders),
  value: () => undefined,
});

function readOperand(reader: TokenReader, placeholders: Placeholders): Step['value'] {
  if (reader.peek().startsWith(':')) {
    const value = placeholders.value(reader.next(), reader);
    return () => value;
  }
  if (reader.peek(1) === '(') throw reader.unknown(`the function ${reader.peek()}`);
  const path = readPath(reader, placeholders);
  return (before) => {
    const value = valueAt(before, path);
    if (value) return value;
    const message = 'The provided expression refers to an attribute that does not exist in the item';
    throw new ApiRefusal('ValidationException', message);
  };
}

function changed(item: Item, path: Path, value: AttributeValue | undefined): Item {
  const after = withValueAt(item, path, value);
  if (after) return after;
  const message = 'The document path provided in the update expression is invalid for update';
  throw new ApiRefusal('ValidationException', message);
}

function refuseOverlap(steps: readonly Step[], reader: TokenReader): void {
  steps.forEach(({ path }, at) => {
    const other = steps.slice(at + 1).find((later) => overlap(path, later.path));
    if (!other) return;
    const [one, two] = [path, other.path].map((names) => `[${names.join(', ')}]`);
    throw reader.invalid(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`,
    );
  });
}

/** True if one is inside the other. */
const overlap = (a: Path, b: Path): boolean => a.every((name, at) => at >= b.length || name === b[at]);
