import fc from 'fast-check';
import { readXml, withLists } from '../../../lib/rehearsal/wire/read-xml';
import { writeXml } from '../../../lib/rehearsal/wire/write-xml';

test('elements, texts and lists', () => {
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?><Root xmlns="urn:x"><Id>a</Id><Items><Item><A>1</A></Item><Item><A>2</A></Item></Items><None/></Root>';
  expect(readXml(xml)).toEqual({
    Root: [{ Id: ['a'], Items: [{ Item: [{ A: ['1'] }, { A: ['2'] }] }], None: [''] }],
  });
  const [root = ''] = Object.values(readXml(xml) ?? {}).flat();
  expect(withLists(root, new Set(['Items', 'None']))).toEqual({ Id: 'a', Items: [{ A: '1' }, { A: '2' }], None: [] });
});

test('characters by their numbers', () => {
  expect(readXml('<a>&#65;&#x1F600;&lt;&apos;&other;</a>')).toEqual({ a: ["A\u{1F600}<'&other;"] });
});

test.each(['', 'text', '<a>', '<a></b>', '</a>', '<a/><b/>', '<a><b></a></b>', '<a>&lt;<'])('%j is no XML', (xml) => {
  expect(readXml(xml)).toBeUndefined();
});

test('any text that is written is read again', () => {
  const speakable = fc
    .string({ unit: 'grapheme' })
    .filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text));
  fc.assert(
    fc.property(speakable, (text) => {
      expect(readXml(writeXml('Root', 'urn:x', { Text: text }))).toEqual({ Root: [{ Text: [text] }] });
    }),
  );
});
