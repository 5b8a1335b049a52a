import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIo } from '../../lib/cli/process-io';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understudy-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** The port of a process that runs in the directory of this test. */
function io() {
  return processIo({ ...process, stdout: process.stdout, stderr: process.stderr, cwd: () => directory });
}

test('paths are relative to the working directory', async () => {
  await io().writeFile('a.txt', 'text', false);
  expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe('text');
  expect(await io().readFile('a.txt')).toBe('text');
  expect(await io().readFile(join(directory, 'a.txt'))).toBe('text');
});

test('a file is overwritten only when that is wanted', async () => {
  writeFileSync(join(directory, 'a.txt'), 'mine');
  await expect(io().writeFile('a.txt', 'yours', false)).rejects.toMatchObject({
    code: 'usage',
    message:
      'a.txt is there already; allowed is the path of a new file; choose another path, or add --force to overwrite it',
  });
  expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe('mine');
  await io().writeFile('a.txt', 'yours', true);
  expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe('yours');
});

test.each([
  [
    'gone.yaml',
    'cannot read gone.yaml: there is no such file or directory; allowed is a topology file in YAML or JSON; correct the path, or start one with understudy init',
  ],
  ['.', 'cannot read .: it is a directory; allowed is a topology file in YAML or JSON; name a file in it'],
  [
    'a.txt/b.yaml',
    'cannot read a.txt/b.yaml: part of the path is not a directory; allowed is a topology file in YAML or JSON; correct the path, or start one with understudy init',
  ],
])('reading %s', async (path, message) => {
  writeFileSync(join(directory, 'a.txt'), '');
  await expect(io().readFile(path)).rejects.toMatchObject({ code: 'usage', message });
});

test.each([
  [
    'gone/a.svg',
    'cannot write gone/a.svg: there is no such file or directory; allowed is a file in a directory that exists and can be written; correct the path',
  ],
  [
    '.',
    'cannot write .: it is a directory; allowed is a file in a directory that exists and can be written; correct the path',
  ],
])('writing %s', async (path, message) => {
  await expect(io().writeFile(path, '', true)).rejects.toMatchObject({ code: 'usage', message });
});
