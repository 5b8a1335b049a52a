import { QueryParameters } from '../../../lib/rehearsal/wire/query-parameters';

const parameters = new QueryParameters({
  Empty: '',
  Flag: 'true',
  Number: '7',
  Word: 'seven',
  'List.member.2': 'b',
  'List.member.1': 'a',
  'List.member.10': 'c',
  None: '',
  'Tags.Tag.1.Key': 'k',
  'Tags.Tag.1.Value': '',
});
const RANGE = { min: 0, max: 10 };

test('texts, flags and numbers', () => {
  expect(parameters.text('Empty')).toBeUndefined();
  expect(parameters.required('Word')).toBe('seven');
  expect([parameters.flag('Flag'), parameters.flag('Word'), parameters.flag('Other')]).toEqual([
    true,
    false,
    undefined,
  ]);
  expect([parameters.integer('Number', RANGE), parameters.integer('Other', RANGE)]).toEqual([7, undefined]);
});

test('lists in the order of their numbers; an empty one is not the same as none', () => {
  expect(parameters.list('List', 'member')).toEqual(['a', 'b', 'c']);
  expect(parameters.list('None', 'member')).toEqual([]);
  expect(parameters.list('Other', 'member')).toBeUndefined();
  expect(parameters.structures('Tags', 'Tag').map(({ all }) => all)).toEqual([{ Key: 'k', Value: '' }]);
});

test.each([
  [() => parameters.required('Other'), 'MissingParameter', 'The request must contain the parameter Other'],
  [
    () => parameters.integer('Word', RANGE),
    'InvalidParameterValue',
    'Invalid value seven for Word. Must be between 0 and 10',
  ],
])('%p is refused', (read, code, message) => {
  expect(read).toThrow(expect.objectContaining({ code, message, httpStatus: 400 }) as Error);
});
