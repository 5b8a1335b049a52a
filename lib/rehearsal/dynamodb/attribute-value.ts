import { z } from 'zod';
import { compareDecimals } from './decimal';

/** A value as DynamoDB has it on the wire: one type, one value. Binary ones are Base64 there. */
export interface AttributeValue<Binary = string> {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: Binary | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly SS?: readonly string[] | undefined;
  readonly NS?: readonly string[] | undefined;
  readonly BS?: readonly Binary[] | undefined;
  readonly L?: readonly AttributeValue<Binary>[] | undefined;
  readonly M?: Item<Binary> | undefined;
}

export type Item<Binary = string> = Readonly<Record<string, AttributeValue<Binary>>>;

/** An item as the SDK has it, or as the wire has. */
export type GivenItem = Item<string | Uint8Array>;

export const onTheWire = (given: GivenItem): Item => JSON.parse(JSON.stringify(given, encodeBytes)) as Item;

/** Looks at the value before a Buffer turns itself into something else. */
function encodeBytes(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const bytes = this[name];
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
}

type Kind = keyof AttributeValue;

const number = z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, {
  error: ({ input }) => `The parameter cannot be converted to a numeric value: ${String(input)}`,
});
const texts = z.array(z.string()).min(1, 'An string set may not be empty');

export const attributeValue: z.ZodType<AttributeValue> = z.lazy(() =>
  z
    .strictObject({
      S: z.string().optional(),
      N: number.optional(),
      B: z.string().optional(),
      BOOL: z.boolean().optional(),
      NULL: z.boolean().optional(),
      SS: texts.optional(),
      NS: z.array(number).min(1, 'An number set may not be empty').optional(),
      BS: texts.optional(),
      L: z.array(attributeValue).optional(),
      M: item.optional(),
    })
    .refine((value) => Object.keys(value).length === 1, {
      error: 'Supplied AttributeValue must contain exactly one of the supported datatypes',
    }),
);

export const item: z.ZodType<Item> = z.record(z.string(), attributeValue);

export const kindOf = (value: AttributeValue): Kind => (Object.keys(value)[0] ?? 'NULL') as Kind;

/**
 * Which of two comes first: below 0 if the first. Texts by their bytes in UTF-8, numbers by what they are worth.
 *
 * @returns undefined if they are of different types, or of one without an order
 */
export function compare(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if (a.N !== undefined && b.N !== undefined) return compareDecimals(a.N, b.N);
  if (a.B === undefined || b.B === undefined) return undefined;
  return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
}

export function equal(a: AttributeValue, b: AttributeValue): boolean {
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return false;
  const order = compare(a, b);
  return order === undefined ? equalInside(a[kind], b[kind], kind) : order === 0;
}

function equalInside(a: AttributeValue[Kind], b: AttributeValue[Kind], kind: Kind): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && equalLists(a, b, kind);
  const [one, other] = [a as Item, b as Item];
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => equalIn(one[name], other[name]));
}

const equalIn = (a: AttributeValue | undefined, b: AttributeValue | undefined): boolean =>
  a !== undefined && b !== undefined && equal(a, b);

/** A list has an order, a set has none. */
function equalLists(a: readonly unknown[], b: readonly unknown[], kind: Kind): boolean {
  if (kind === 'L') return a.every((value, at) => equalIn(value as AttributeValue, b[at] as AttributeValue));
  const of = kind === 'SS' ? 'S' : kind === 'NS' ? 'N' : 'B';
  return a.every((value) => b.some((candidate) => equal({ [of]: value }, { [of]: candidate })));
}
