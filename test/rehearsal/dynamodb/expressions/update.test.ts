import { Placeholders } from '../../../../lib/rehearsal/dynamodb/expressions/placeholders';
import { thrownBy } from '../../_helpers/stage';
import { readUpdate } from '../../../../lib/rehearsal/dynamodb/expressions/update';

const read = (text: string): unknown =>
  readUpdate(text, new Placeholders({ ExpressionAttributeValues: { ':v': { S: 'v' } } })).apply({});

test('values are taken from the item as it was', () => {
  const update = readUpdate('SET a = b, b = a', new Placeholders({}));
  expect(update.apply({ a: { N: '1' }, b: { N: '2' } })).toEqual({ a: { N: '2' }, b: { N: '1' } });
});

test.each([
  ['', 'Invalid UpdateExpression: The expression can not be empty;'],
  ['PUT a = :v', 'Invalid UpdateExpression: Syntax error; token: "PUT", near: "PUT a"'],
  ['SET a :v', 'Invalid UpdateExpression: Syntax error; token: ":v", near: "a :v"'],
  [
    'SET a = :v SET b = :v',
    'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
  ],
  [
    'SET a = :v, a.b = :v',
    'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
  ],
  ['SET a = b', 'The provided expression refers to an attribute that does not exist in the item'],
])('%j is refused', (text, message) => {
  expect(thrownBy(() => read(text))).toEqual(['ValidationException', message]);
});

test.each([
  ['ADD a :v', 'ADD'],
  ['DELETE a :v', 'DELETE'],
  ['SET a = b + :v', '+'],
  ['SET a = if_not_exists(a, :v)', 'the function if_not_exists'],
])('%s is not played', (text, what) => {
  expect(thrownBy(() => read(text))).toEqual([
    'NotImplemented',
    `The embedded cloud does not play ${what} of UpdateExpression.`,
  ]);
});
