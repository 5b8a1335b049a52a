import fc from 'fast-check';
import { thrownBy } from '../../_helpers/stage';
import type { AttributeValue, Item } from '../../../../lib/rehearsal';
import { readCondition } from '../../../../lib/rehearsal/dynamodb/expressions/condition';
import { Placeholders } from '../../../../lib/rehearsal/dynamodb/expressions/placeholders';
import { runs } from '../../../_proofs/_helpers/runs';

const VALUES: Item = { ':one': { N: '1' }, ':text': { S: 'abc' }, ':start': { S: 'ab' }, ':yes': { BOOL: true } };

function holds(text: string, item: Item | undefined, values: Item = VALUES): boolean {
  const names = { '#status': 'status', '#m': 'm' };
  const placeholders = new Placeholders({ ExpressionAttributeNames: names, ExpressionAttributeValues: values });
  return readCondition('ConditionExpression', text, placeholders)(item);
}

test.each<[string, Item | undefined, boolean]>([
  ['attribute_exists(a)', { a: { NULL: true } }, true],
  ['attribute_exists(a)', {}, false],
  ['attribute_exists(a)', undefined, false],
  ['attribute_not_exists(a)', undefined, true],
  ['attribute_not_exists(m.deep)', { m: { M: { deep: { S: '' } } } }, false],
  ['#m.deep = :text', { m: { M: { deep: { S: 'abc' } } } }, true],
  ['a = :one', { a: { N: '1.0' } }, true],
  ['a = :one', { a: { S: '1' } }, false],
  ['a <> :one', undefined, true],
  ['a <> :one', { a: { N: '01e0' } }, false],
  ['a = :yes', { a: { BOOL: true } }, true],
  ['a < :one', undefined, false],
  ['NOT a < :one', undefined, true],
  ['a <= :one', { a: { N: '1' } }, true],
  ['a > :one', { a: { N: '1.00000000000000000000000000000001' } }, true],
  ['a > :one', { a: { N: '10' } }, true],
  ['a >= :text', { a: { S: 'abb' } }, false],
  ['a > :one', { a: { S: '2' } }, false],
  ['begins_with(a, :start)', { a: { S: 'abc' } }, true],
  ['begins_with(a, :start)', { a: { S: 'a' } }, false],
  ['begins_with(a, :start)', {}, false],
  ['a = b', { a: { M: { x: { L: [{ N: '1' }] } } }, b: { M: { x: { L: [{ N: '1.0' }] } } } }, true],
  ['a = b', { a: { SS: ['x', 'y'] }, b: { SS: ['y', 'x'] } }, true],
  ['a = b', { a: { L: [{ S: 'x' }, { S: 'y' }] }, b: { L: [{ S: 'y' }, { S: 'x' }] } }, false],
  ['#status = :text OR a = :one AND a = :text', { status: { S: 'abc' } }, true],
  ['(#status = :text or a = :one) and a = :text', { status: { S: 'abc' } }, false],
  ['not (a = :one) and not b = :one', { b: { N: '2' } }, true],
])('%s of %j', (text, item, expected) => {
  expect(holds(text, item)).toBe(expected);
});

test.each([
  ['', 'The expression can not be empty;'],
  ['a = :nothing', 'An expression attribute value used in expression is not defined; attribute value: :nothing'],
  [
    '#nothing = :one',
    'An expression attribute name used in the document path is not defined; attribute name: #nothing',
  ],
  ['status = :one', 'Attribute name is a reserved keyword; reserved keyword: status'],
  ['a = :one b', 'Syntax error; token: "b", near: ":one b"'],
  ['a ! :one', 'Syntax error; token: "!", near: "a ! :one"'],
  ['(a = :one', 'Syntax error; token: "<EOF>", near: ":one"'],
  ['a =', 'Syntax error; token: "<EOF>", near: "="'],
])('%j is no condition', (text, message) => {
  expect(thrownBy(() => holds(text, {}))).toEqual(['ValidationException', `Invalid ConditionExpression: ${message}`]);
});

test.each([
  ['contains(a, :one)', 'the function contains'],
  ['size(a) > :one', 'the function size'],
  [':one < size(a)', 'the function size'],
  ['a IN (:one)', 'IN'],
  ['a between :one and :one', 'BETWEEN'],
  ['a[0] = :one', 'an element of a list'],
])('%s is not played', (text, what) => {
  expect(thrownBy(() => holds(text, {}))).toEqual([
    'NotImplemented',
    `The embedded cloud does not play ${what} of ConditionExpression.`,
  ]);
});

/** A condition as text, and what it means, said a second time. */
interface Modelled {
  readonly text: string;
  readonly holds: (numbers: Readonly<Record<string, number>>) => boolean;
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const attribute = fc.constantFrom('a', 'b', 'c');

const { condition } = fc.letrec<{ condition: Modelled; simple: Modelled }>((tie) => ({
  simple: fc.oneof(
    fc
      .tuple(attribute, fc.constantFrom(...Object.keys(OPERATORS)), fc.integer({ min: 0, max: 3 }))
      .map(([name, operator, value]): Modelled => ({
        text: `${name} ${operator} :n${value}`,
        holds: (numbers) => {
          const given = numbers[name];
          return given === undefined ? operator === '<>' : OPERATORS[operator]?.(given, value) === true;
        },
      })),
    attribute.map((name): Modelled => ({ text: `attribute_exists(${name})`, holds: (numbers) => name in numbers })),
    attribute.map((name): Modelled => ({
      text: `attribute_not_exists(${name})`,
      holds: (numbers) => !(name in numbers),
    })),
  ),
  condition: fc.oneof(
    { depthSize: 'small' },
    tie('simple'),
    tie('condition').map((one): Modelled => ({ text: `NOT (${one.text})`, holds: (numbers) => !one.holds(numbers) })),
    fc.tuple(tie('condition'), tie('condition'), fc.boolean()).map(([one, other, both]): Modelled => ({
      text: `(${one.text}) ${both ? 'AND' : 'OR'} (${other.text})`,
      holds: (numbers) =>
        both ? one.holds(numbers) && other.holds(numbers) : one.holds(numbers) || other.holds(numbers),
    })),
  ),
}));

test('a condition means what its words mean', () => {
  const values = Object.fromEntries([0, 1, 2, 3].map((N) => [`:n${N}`, { N: String(N) }]));
  const numbers = fc.dictionary(attribute, fc.integer({ min: 0, max: 3 }));
  fc.assert(
    fc.property(condition, numbers, (modelled, given) => {
      const entries = Object.entries(given).map(([name, N]): [string, AttributeValue] => [name, { N: String(N) }]);
      expect(holds(modelled.text, Object.fromEntries(entries), values)).toBe(modelled.holds(given));
    }),
    runs(150),
  );
});

test('AND binds before OR, and NOT before both', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (a, b, c) => {
      const item = { a: { BOOL: a }, b: { BOOL: b }, c: { BOOL: c } };
      const yes = { ':y': { BOOL: true } };
      expect(holds('NOT a = :y OR b = :y AND c = :y', item, yes)).toBe(!a || (b && c));
    }),
  );
});
