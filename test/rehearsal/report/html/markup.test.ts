import { html, json, type Insert } from '../../../../lib/rehearsal/report/html/markup';

test.each<[string, Insert, string]>([
  ['signs that mean something', `<i a="b" c='d'>&`, '&#60;i a=&#34;b&#34; c=&#39;d&#39;&#62;&#38;'],
  ['a number', 1.5, '1.5'],
  ['nothing', undefined, ''],
  ['no', false, ''],
  ['HTML', html`<b>${'<'}</b>`, '<b>&#60;</b>'],
  ['a list', ['<', html`<i>b</i>`, [2]], '&#60;<i>b</i>2'],
])('%s in a template', (_, insert, written) => {
  expect(html`<p title="${insert}">${insert}</p>`.text).toBe(`<p title="${written}">${written}</p>`);
});

test('JSON in a script cannot end it, and reads the same', () => {
  const value = { name: '</script><script>alert(1)</script>' };
  const { text } = json(value);
  expect(text).not.toContain('<');
  expect(JSON.parse(text)).toEqual(value);
});
