import { writeXml } from '../../../lib/rehearsal/wire/write-xml';

test('elements, lists, what is empty and what is not there', () => {
  const elements = { A: 1, B: [true, { C: 'x' }], D: [], E: {}, F: undefined, G: new Date(0), H: '' };
  expect(writeXml('R', 'urn:n', elements)).toBe(
    '<R xmlns="urn:n"><A>1</A><B>true</B><B><C>x</C></B><E></E><G>1970-01-01T00:00:00.000Z</G><H></H></R>',
  );
});

test('text is text', () => {
  expect(writeXml('R', 'n', { A: '<&>"\u0000\ud83d\ude00' })).toBe(
    '<R xmlns="n"><A>&lt;&amp;&gt;&quot;\ud83d\ude00</A></R>',
  );
});
