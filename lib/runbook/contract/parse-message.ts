import * as z from 'zod';
import { UnderstudyError } from '../../topology';
import { runbookEventSchema, type RunbookEvent } from './runbook-event';
import { runbookResultSchema, type RunbookResult } from './runbook-result';

/**
 * An event, as it came from outside.
 *
 * @throws UnderstudyError `event-refused` that tells everything that is wrong with it.
 */
export function parseEvent(value: unknown): RunbookEvent {
  const parsed = runbookEventSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnderstudyError('event-refused', messageOf('event', parsed.error.issues, value));
}

/**
 * A result, before it is sent and after it is received.
 *
 * @throws UnderstudyError `result-refused`, of family `unknown`: something ran, and what it did cannot be read.
 */
export function parseResult(value: unknown): RunbookResult {
  const parsed = runbookResultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnderstudyError('result-refused', messageOf('result', parsed.error.issues, value), { family: 'unknown' });
}

function messageOf(what: string, issues: readonly z.core.$ZodIssue[], value: unknown): string {
  const lines = issues.flatMap((issue) => linesOf(issue, value, what));
  const count = lines.length === 1 ? '1 error' : `${lines.length} errors`;
  return `the ${what} has ${count}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function linesOf(issue: z.core.$ZodIssue, value: unknown, what: string): readonly string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `${[...path, key].join('.')} is no known field. Allowed: ${fieldsAt(what, path)}. Fix: correct it, or take it away.`,
    );
  }
  if (issue.code === 'custom' && issue.params?.['isWhole'] === true) return [issue.message];
  const name = path.join('.') || `the ${what}`;
  const found = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
  if (found === undefined) return [`${name} is missing. Allowed: ${issue.message}. Fix: add it.`];
  return [`${name} is ${shown(found)}. Allowed: ${issue.message}. Fix: write it so.`];
}

/** The fields that may stand where an unknown one does. */
function fieldsAt(what: string, path: readonly string[]): string {
  let schema: z.core.$ZodType | undefined = what === 'event' ? runbookEventSchema : runbookResultSchema;
  for (const key of path) schema = childOf(schema, key);
  const { shape } = unwrapped(schema) as { shape?: object };
  return Object.keys(shape ?? {}).join(', ') || 'none';
}

function childOf(schema: z.core.$ZodType | undefined, key: string): z.core.$ZodType | undefined {
  const { shape, element } = unwrapped(schema) as {
    shape?: Record<string, z.core.$ZodType>;
    element?: z.core.$ZodType;
  };
  return shape?.[key] ?? element;
}

function unwrapped(schema: z.core.$ZodType | undefined): object {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : (schema ?? {});
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
