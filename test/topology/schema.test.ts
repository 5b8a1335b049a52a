import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ENGINE_NAMES, topologyJsonSchema } from '../../lib/topology';
import { topologySchema } from '../../lib/topology/schema';
import { validTopologyInput } from '../_arbitraries/arbitrary-topology';
import { runs } from '../_proofs/_helpers/runs';

interface JsonSchema {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const schema = topologyJsonSchema() as JsonSchema;

/** Every named key of the schema, with what it may hold. */
function keysOf(node: JsonSchema, path = ''): readonly (readonly [path: string, node: JsonSchema])[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, inner]) => [
    [`${path}${key}`, inner] as const,
    ...keysOf(inner, `${path}${key}.`),
  ]);
  const any = typeof node.additionalProperties === 'object' ? keysOf(node.additionalProperties, `${path}*.`) : [];
  return [...own, ...any];
}

describe('topologyJsonSchema', () => {
  it('requires what a topology cannot do without', () => {
    expect({
      title: (schema as Record<string, unknown>)['title'],
      required: schema.required,
      closed: schema.additionalProperties,
    }).toStrictEqual({
      title: 'db-understudy topology',
      required: ['name', 'engine', 'primary', 'objectives', 'members'],
      closed: false,
    });
  });

  it('names the engines', () => {
    expect(schema.properties?.['engine']?.properties?.['name']?.enum).toStrictEqual([...ENGINE_NAMES]);
  });

  it('is the one that is published', () => {
    const published = JSON.parse(readFileSync(join(__dirname, '../../schema/topology.schema.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(published).toMatchObject(topologyJsonSchema());
  });

  it('describes all of its keys', () => {
    const silent = keysOf(schema).filter(([, { description }]) => description === undefined);
    expect(silent.map(([path]) => path)).toStrictEqual([]);
  });
});

describe('topologySchema', () => {
  it('takes every topology that is accepted as it is', () => {
    fc.assert(
      fc.property(validTopologyInput(), (input) => {
        expect(topologySchema.parse(input)).toStrictEqual(input);
      }),
      runs(12),
    );
  });
});
