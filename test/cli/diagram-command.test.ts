import { run } from '../../lib/cli/run';
import { MemoryIo } from './_helpers/memory-io';
import { TWO_REGIONS, WARNED, WRONG_REGION } from './_helpers/topology-texts';

test('without -o, Mermaid is printed', async () => {
  const io = new MemoryIo({ 'db.yaml': TWO_REGIONS });
  expect(await run(['diagram', 'db.yaml'], io)).toBe(0);
  expect(io.out).toMatch(/^---\ntitle: "orders: .*"\n---\nflowchart LR\n/);
  expect(io.err).toBe('');
});

test.each([
  ['orders.svg', /^<svg [^]*<\/svg>\n$/],
  ['orders.SVG', /^<svg [^]*<\/svg>\n$/],
  ['orders.mmd', /^---\ntitle: [^]*\nflowchart LR\n/],
  ['orders.dot', /^digraph "orders" \{\n[^]*\}\n$/],
])('%s: the extension chooses the notation', async (file, content) => {
  const io = new MemoryIo({ 'db.yaml': TWO_REGIONS });
  expect(await run(['diagram', 'db.yaml', '-o', file], io)).toBe(0);
  expect(io.files.get(file)).toMatch(content);
  expect(io.out).toBe(`wrote ${file}\n`);
});

test('an older picture is overwritten', async () => {
  const io = new MemoryIo({ 'db.yaml': TWO_REGIONS, 'orders.dot': 'old' });
  expect(await run(['diagram', 'db.yaml', '--output', 'orders.dot'], io)).toBe(0);
  expect(io.files.get('orders.dot')).toMatch(/^digraph /);
});

test('warnings do not stop it', async () => {
  const io = new MemoryIo({ 'db.yaml': WARNED });
  expect(await run(['diagram', 'db.yaml'], io)).toBe(0);
});

test('a topology with errors is not drawn', async () => {
  const io = new MemoryIo({ 'db.yaml': WRONG_REGION });
  expect(await run(['diagram', 'db.yaml', '-o', 'orders.svg'], io)).toBe(1);
  expect([...io.files.keys()]).toStrictEqual(['db.yaml']);
  expect(io.out).toBe('');
  expect(io.err).toBe(
    'db.yaml:8:23 error region-unknown: members.virginia-reports.region: region is us-east-9, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: did you mean us-east-1?\n' +
      'db.yaml: 1 error, 0 warnings; nothing was drawn\n',
  );
});

test.each([
  [
    'orders.png',
    'cannot draw orders.png: .png is no known extension; allowed: .svg, .mmd, .dot; end the name with one of them',
  ],
  ['orders', 'cannot draw orders: it has no extension; allowed: .svg, .mmd, .dot; end the name with one of them'],
])('-o %s is refused before anything is read', async (file, message) => {
  const io = new MemoryIo();
  expect(await run(['diagram', 'gone.yaml', '-o', file], io)).toBe(2);
  expect(io.err).toBe(`understudy: ${message}\n`);
});

test('a missing file', async () => {
  const io = new MemoryIo();
  expect(await run(['diagram', 'gone.yaml'], io)).toBe(2);
  expect(io.err).toBe(
    'understudy: cannot read gone.yaml: there is no such file or directory; allowed is a topology file in YAML or JSON; correct the path, or start one with understudy init\n',
  );
});
