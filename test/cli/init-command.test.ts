import { run } from '../../lib/cli/run';
import { checkText } from '../../lib/topology';
import { MemoryIo } from './_helpers/memory-io';

async function init(io: MemoryIo, ...words: string[]): Promise<number> {
  return await run(['init', ...words], io);
}

test('writes understudy.topology.yaml, which has no finding', async () => {
  const io = new MemoryIo();
  expect(await init(io)).toBe(0);
  expect(io.out).toBe('wrote understudy.topology.yaml; next: understudy check understudy.topology.yaml\n');
  const { topology, findings } = checkText(io.files.get('understudy.topology.yaml') ?? '');
  expect(findings).toStrictEqual([]);
  expect(topology?.members.map(({ id }) => id)).toStrictEqual(['north-a', 'north-reports', 'west-a']);
});

test('every line with a key stands under or beside a comment', async () => {
  const io = new MemoryIo();
  await init(io);
  const lines = (io.files.get('understudy.topology.yaml') ?? '').split('\n');
  const mains = lines.flatMap((line, index) => (/^[a-z]/.test(line) ? [{ line, above: lines[index - 1] ?? '' }] : []));
  expect(mains.map(({ line }) => line.split(':')[0])).toStrictEqual([
    'name',
    'engine',
    'primary',
    'objectives',
    'heartbeat',
    'tags',
    'members',
    'aws',
  ]);
  expect(mains.filter(({ above }) => !above.startsWith('# '))).toStrictEqual([]);
});

test.each([
  ['app.yaml', './node_modules/db-understudy/schema/topology.schema.json'],
  ['infra/db/app.yml', '../../node_modules/db-understudy/schema/topology.schema.json'],
])('%s: its editor finds the schema', async (file, schema) => {
  const io = new MemoryIo();
  expect(await init(io, file)).toBe(0);
  expect(io.files.get(file)?.split('\n')[0]).toBe(`# yaml-language-server: $schema=${schema}`);
});

test('a file that is there already is left alone', async () => {
  const io = new MemoryIo({ 'app.yaml': 'mine' });
  expect(await init(io, 'app.yaml')).toBe(2);
  expect(io.files.get('app.yaml')).toBe('mine');
  expect(io.err).toBe(
    'understudy: app.yaml is there already; allowed is the path of a new file; choose another path, or add --force to overwrite it\n',
  );
});

test('--force overwrites it', async () => {
  const io = new MemoryIo({ 'app.yaml': 'mine' });
  expect(await init(io, 'app.yaml', '--force')).toBe(0);
  expect(io.files.get('app.yaml')).toMatch(/^# yaml-language-server/);
});

test.each([
  ['app.json', 'init writes YAML, and app.json ends with .json; allowed: .yaml, .yml; name it app.yaml'],
  ['app', 'init writes YAML, and app ends with no extension; allowed: .yaml, .yml; name it app.yaml'],
])('%s is refused', async (file, message) => {
  const io = new MemoryIo();
  expect(await init(io, file)).toBe(2);
  expect(io.err).toBe(`understudy: ${message}\n`);
});

test('--cloud gcp writes one for Google Cloud, which has no finding, and a comment for every key', async () => {
  const io = new MemoryIo();
  expect(await init(io, '--cloud', 'gcp')).toBe(0);
  const text = io.files.get('understudy.topology.yaml') ?? '';
  const { topology, findings } = checkText(text);
  expect(findings).toStrictEqual([]);
  expect(topology?.members.map(({ id }) => id)).toStrictEqual(['north-a', 'west-a', 'north-reads']);
  const lines = text.split('\n');
  expect(
    lines.filter((line, index) => /^[a-z]/.test(line) && lines[index - 1]?.startsWith('# ') !== true),
  ).toStrictEqual([]);
});

test('another cloud is refused', async () => {
  const io = new MemoryIo();
  expect(await init(io, '--cloud', 'azure')).toBe(2);
  expect(io.err).toBe('understudy: --cloud is azure; allowed: aws, gcp; correct it\n');
});
