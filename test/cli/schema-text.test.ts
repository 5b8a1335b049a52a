import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { run } from '../../lib/cli/run';
import { schemaText } from '../../lib/cli/schema-text';
import { MemoryIo } from './_helpers/memory-io';

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | false;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
}

const ROOT = join(__dirname, '..', '..');
const schema = JSON.parse(schemaText()) as Node;

test('schema/topology.schema.json is current (if not: run scripts/write-schema after a build)', () => {
  expect(readFileSync(join(ROOT, 'schema', 'topology.schema.json'), 'utf8')).toBe(schemaText());
});

test('understudy schema prints it', async () => {
  const io = new MemoryIo();
  expect(await run(['schema'], io)).toBe(0);
  expect(io.out).toBe(schemaText());
});

test('every section refuses unknown keys, and every key is described', () => {
  const sections = [...nodesUnder(schema, '')].filter(([, node]) => node.properties !== undefined);
  expect(sections.length).toBeGreaterThan(8);
  expect(sections.filter(([, node]) => node.additionalProperties !== false).map(([path]) => path)).toStrictEqual([]);
  const keys = sections.flatMap(([path, node]) =>
    Object.entries(node.properties ?? {}).map(([key, child]) => [`${path}.${key}`, child] as const),
  );
  expect(keys.filter(([, { description }]) => description === undefined).map(([path]) => path)).toStrictEqual([]);
});

const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.topology.yaml'));

test.each(examples)('examples/%s has a place in the schema for all it says', (name) => {
  expect(misfits(parse(readFileSync(join(ROOT, 'examples', name), 'utf8')), schema, '')).toStrictEqual([]);
});

test('what has no place in the schema is seen', () => {
  const example = parse(readFileSync(join(ROOT, 'examples', 'orders.topology.yaml'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { name, ...nameless } = example;
  expect(name).toBe('orders');
  const wrong = { ...nameless, primery: 'x', objectives: { lag: 'soon' }, cloud: 'azure' };
  expect(misfits(wrong, schema, '')).toStrictEqual(
    ['.name is missing', '.objectives.lag', '.primery', '.cloud'].sort(),
  );
});

/** The part of JSON Schema that tells whether an editor would underline anything: keys, patterns and closed sets. */
function misfits(value: unknown, node: Node, path: string): readonly string[] {
  if (typeof value === 'string' && node.pattern !== undefined && !new RegExp(node.pattern).test(value)) return [path];
  if (node.enum?.includes(value) === false) return [path];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const missing = (node.required ?? []).filter((key) => !(key in value)).map((key) => `${path}.${key} is missing`);
  const wrong = Object.entries(value).flatMap(([key, inner]) => {
    const child = node.properties?.[key] ?? node.additionalProperties;
    return child === undefined || child === false ? [`${path}.${key}`] : misfits(inner, child, `${path}.${key}`);
  });
  return [...missing, ...wrong].sort();
}

function* nodesUnder(node: Node, path: string): Generator<readonly [string, Node]> {
  yield [path, node];
  for (const [key, child] of Object.entries(node.properties ?? {})) yield* nodesUnder(child, `${path}.${key}`);
  if (typeof node.additionalProperties === 'object') yield* nodesUnder(node.additionalProperties, `${path}.*`);
}
