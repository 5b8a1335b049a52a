import { z } from 'zod';
import { DURATION_PATTERN } from './duration';

/*
 * What the schemas of a topology are made of. `allowed` and `what` end up in findings: what is allowed at that place.
 */

const NAME = /^[a-z](-?[a-z0-9])*$/;

export function text(allowed: string) {
  return z.string({ error: allowed }).min(1, { error: allowed });
}

export function name(what: string) {
  const allowed = `${what}: lower-case letters, digits and single hyphens, a letter first, at most 50 characters`;
  return text(allowed).max(50, { error: allowed }).regex(NAME, { error: allowed });
}

export function duration(what: string) {
  const allowed = `${what}, in quotes or plain: 30s, 15m, 1h30m or 7d`;
  return z.string({ error: allowed }).regex(DURATION_PATTERN, { error: allowed });
}

export function whole(what: string, least: number, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  const allowed = `${what}: a whole number ${range}`;
  return z.int({ error: allowed }).min(least, { error: allowed }).max(most, { error: allowed });
}

export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: words.join(', ') });
}

export function section<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  return z.strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? what : undefined) });
}

export function yesOrNo() {
  return z.boolean({ error: 'true or false' });
}
