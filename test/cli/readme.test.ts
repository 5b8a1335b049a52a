import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../lib/cli/commands';
import { run } from '../../lib/cli/run';
import { MemoryIo } from './_helpers/memory-io';

const README = readFileSync(join(__dirname, '..', '..', 'lib', 'cli', 'README.md'), 'utf8');

test('its first example works from the first line to the last', async () => {
  const lines = /```sh\n([^]*?)```/.exec(README)?.[1]?.trim().split('\n') ?? [];
  expect(lines).toHaveLength(3);
  const io = new MemoryIo();
  for (const line of lines) expect([line, await run(line.split(' ').slice(1), io)]).toStrictEqual([line, 0]);
  expect([...io.files.keys()]).toStrictEqual(['orders.topology.yaml', 'orders.svg']);
});

test('it lists every command', () => {
  const listed = [...README.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, usage]) => usage);
  expect(listed).toStrictEqual(COMMANDS.map(({ name, operand }) => [name, operand?.flags].filter(Boolean).join(' ')));
});
