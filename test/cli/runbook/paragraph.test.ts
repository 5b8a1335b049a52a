import fc from 'fast-check';
import { cut, paragraph, printable, wrapped } from '../../../lib/cli/runbook/paragraph';

test('a text is broken between words, and a long word stays whole', () => {
  expect(wrapped('one two  three\nfour', 9)).toStrictEqual(['one two', 'three', 'four']);
  expect(wrapped('a twelve-letters b', 8)).toStrictEqual(['a', 'twelve-letters', 'b']);
  expect(wrapped('', 8)).toStrictEqual(['']);
});

test('no line is longer than it may be, and no word is lost', () => {
  const words = fc.array(fc.stringMatching(/^[!-~]{1,12}$/));
  fc.assert(
    fc.property(words, fc.integer({ min: 12, max: 40 }), (list, width) => {
      const lines = wrapped(list.join(' '), width);
      expect(lines.filter((line) => line.length > width)).toStrictEqual([]);
      expect(lines.join(' ').trim()).toBe(list.join(' '));
    }),
  );
});

test('the text stands beside its label, which alone is styled', () => {
  expect(paragraph('LABEL', `${'word '.repeat(14)}end`, (label) => `<${label}>`)).toStrictEqual([
    `<LABEL>         ${'word '.repeat(13).trim()}`,
    '              word end',
  ]);
  expect(paragraph('A LABEL TOO LONG', 'text')).toStrictEqual(['A LABEL TOO LONG text']);
});

test('what is cut says so', () => {
  expect(cut('0123456789', 10)).toBe('0123456789');
  expect(cut('0123456789A', 10)).toBe('0123456...');
});

test('what would steer the terminal is shown instead', () => {
  expect(printable('a\u001b[2Jb\u0007\u009bc\u007f')).toBe('a?[2Jb??c?');
  expect(wrapped('a \u001b]0;x\u0007 b', 80)).toStrictEqual(['a ?]0;x? b']);
  expect(cut('a\nb', 80)).toBe('a?b');
});
