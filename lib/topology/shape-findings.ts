import { z } from 'zod';
import { formatFinding, type Finding } from './finding';
import { otherCloudFindings } from './gcp/other-cloud-findings';
import { nearest } from './nearest';
import { topologySchema } from './schema';

/** A schema, and how a person calls what it describes. */
export interface Shape {
  readonly schema: z.ZodType;
  readonly name: string;
}

const TOPOLOGY: Shape = { schema: topologySchema, name: 'the topology' };

/** What is wrong with the shape of a topology as it is written, or of anything else that has a schema. */
export function shapeFindings(input: unknown, shape: Shape = TOPOLOGY): readonly Finding[] {
  const result = shape.schema.safeParse(input);
  const findings = result.success ? [] : result.error.issues.flatMap((issue) => findingsOf(issue, input, shape));
  const unseen = prototypeKeys(input).filter(
    (path) => !findings.some((finding) => finding.path.join('.') === path.join('.')),
  );
  const foreign = (shape === TOPOLOGY ? otherCloudFindings(input) : []).filter(
    ({ path }) => !findings.some((finding) => finding.path.join('.') === path.join('.')),
  );
  // A value that breaks two constraints of one leaf is one mistake.
  const told = new Map([...findings, ...foreign].map((finding) => [formatFinding(finding), finding]));
  return withoutMisspelt([...told.values(), ...unseen.map((path) => unknownKey(path, shape))]);
}

/** A key that is missing because it is misspelt is one mistake: only the spelling is reported. */
function withoutMisspelt(findings: readonly Finding[]): readonly Finding[] {
  const guesses = new Set(
    findings
      .filter(({ code }) => code === 'unknown-key')
      .map(({ path, fix }) => [...path.slice(0, -1), /^did you mean (.*)\?$/.exec(fix)?.[1]].join('.')),
  );
  return findings.filter(({ code, path }) => code !== 'missing-value' || !guesses.has(path.join('.')));
}

/** Where `__proto__` is a key, as it can well be in a YAML or JSON text: Zod passes over it in mappings of any keys. */
function prototypeKeys(
  value: unknown,
  path: readonly string[] = [],
  seen = new Set<unknown>(),
): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '__proto__' ? [[...path, key]] : prototypeKeys(inner, [...path, key], seen),
  );
}

function findingsOf(issue: z.core.$ZodIssue, input: unknown, shape: Shape): readonly Finding[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], shape));
  if (issue.code === 'invalid_key') {
    const allowed = issue.issues[0]?.message ?? 'another key';
    return [
      {
        code: 'invalid-value',
        severity: 'error',
        path,
        problem: `the id is ${shown(path.at(-1))}`,
        allowed,
        fix: 'write it so',
      },
    ];
  }
  const isItem = /^\d+$/.test(path.at(-1) ?? '');
  const key = (isItem ? path.slice(-2).join('.') : path.at(-1)) ?? shape.name;
  const found = valueAt(input, path);
  if (found === undefined) {
    return [
      {
        code: 'missing-value',
        severity: 'error',
        path,
        problem: `${key} is missing`,
        allowed: issue.message,
        fix: `add ${key}`,
      },
    ];
  }
  return [
    {
      code: 'invalid-value',
      severity: 'error',
      path,
      problem: `${key} is ${shown(found)}`,
      allowed: issue.message,
      fix: meant(found, issue),
    },
  ];
}

function unknownKey(path: readonly string[], { schema }: Shape): Finding {
  const key = path.at(-1) ?? '';
  const known = keysAt(schema, path.slice(0, -1));
  const close = nearest(key, known);
  return {
    code: 'unknown-key',
    severity: 'error',
    path,
    problem: `${key} is no known key`,
    allowed: known.join(', ') || 'any other key',
    fix: close === undefined ? 'take it away' : `did you mean ${close}?`,
  };
}

function meant(found: unknown, issue: z.core.$ZodIssue): string {
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const close = typeof found === 'string' ? nearest(found, words) : undefined;
  return close === undefined ? 'write it so' : `did you mean ${close}?`;
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A value as one would write it, cut short. */
function shown(value: unknown): string {
  if (value === '' || value === null) return 'empty';
  // In quotes where it could be taken for what it should have been.
  if (typeof value === 'string') return /^(true|false|null|-?[\d.]+)$/.test(value) ? `'${cut(value)}'` : cut(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return `a mapping of ${Object.keys(value).join(', ') || 'nothing'}`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function keysAt(schema: z.core.$ZodType, path: readonly string[]): readonly string[] {
  let current = schema;
  for (const key of path) current = childOf(unwrapped(current), key) ?? current;
  const last = unwrapped(current);
  return last instanceof z.ZodObject ? Object.keys(last.shape).filter((key) => !key.startsWith('$')) : [];
}

function childOf(schema: z.core.$ZodType, key: string): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Readonly<Record<string, z.core.$ZodType>>)[key];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}
