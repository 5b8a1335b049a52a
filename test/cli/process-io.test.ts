import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
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

test('folders are made, and those that are there are left', async () => {
  await io().makeFolder('a/b');
  writeFileSync(join(directory, 'a/b/c.txt'), 'mine');
  await io().makeFolder('a/b');
  expect(readFileSync(join(directory, 'a/b/c.txt'), 'utf8')).toBe('mine');
});

test.each([
  ['a.txt', 'there is a file of that name'],
  ['a.txt/b', 'part of the path is not a directory'],
])('making the folder %s', async (path, why) => {
  writeFileSync(join(directory, 'a.txt'), '');
  await expect(io().makeFolder(path)).rejects.toMatchObject({
    code: 'usage',
    message: `cannot make the folder ${path}: ${why}; allowed is a folder that exists, or one in a directory that can be written; correct the path`,
  });
});

describe('waiting', () => {
  test('ends when its time is over', async () => {
    const before = io().now();
    await io().wait(0.02, new AbortController().signal);
    expect(io().now() - before).toBeGreaterThan(0.015);
  });

  test('ends at once when nobody wants it any more', async () => {
    const stop = new AbortController();
    const waited = io().wait(3600, stop.signal);
    stop.abort();
    await waited;
    await io().wait(3600, stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });
});

/** A process with these streams at its terminal. */
function terminal(): { io: ReturnType<typeof processIo>; stdin: PassThrough; shown: () => string } {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 132 });
  const host = { ...process, stdin, stderr } as unknown as NodeJS.Process;
  return { io: processIo(host), stdin, shown: () => String(stderr.read() ?? '') };
}

describe('asking', () => {
  test('nobody is asked where there is no terminal', () => {
    const host = { ...process, stdin: Object.assign(new PassThrough(), { isTTY: false }) };
    expect(processIo(host as unknown as NodeJS.Process).ask).toBeUndefined();
  });

  test('the question is on stderr, the answer is a line', async () => {
    const { io: own, stdin, shown } = terminal();
    const answer = own.ask?.('Name: ', new AbortController().signal);
    stdin.write('dublin-a\nmore\n');
    expect(await answer).toBe('dublin-a');
    expect(shown()).toBe('Name: ');
  });

  test('the end of the input is no answer', async () => {
    const { io: own, stdin } = terminal();
    const answer = own.ask?.('Name: ', new AbortController().signal);
    stdin.end();
    expect(await answer).toBeUndefined();
  });

  test('Ctrl-C ends the question', async () => {
    const { io: own } = terminal();
    const stop = new AbortController();
    const answer = own.ask?.('Name: ', stop.signal);
    stop.abort();
    expect(await answer).toBeUndefined();
  });
});

test('the width of the terminal is that of now', () => {
  const { io: own } = terminal();
  expect(own.stderr.columns).toBe(132);
});

test('the first Ctrl-C is heard; for the second nobody listens, so that it ends the process', () => {
  const host = new EventEmitter();
  const own = processIo(
    Object.assign(host, { stdin: {}, stdout: {}, stderr: {}, env: {} }) as unknown as NodeJS.Process,
  );
  let heard = 0;
  own.onInterrupt(() => (heard += 1));
  host.emit('SIGINT');
  expect([heard, host.listenerCount('SIGINT')]).toStrictEqual([1, 0]);
  const forget = own.onInterrupt(() => (heard += 1));
  forget();
  expect(host.listenerCount('SIGINT')).toBe(0);
});

test('the id of a run says when it began, and is never the same', () => {
  const [one, other] = [io().newRunId(), io().newRunId()];
  expect(one).toMatch(/^\d{8}-\d{6}-[0-9a-f]{8}$/);
  expect(other).not.toBe(one);
});

test('the way to a runbook is loaded when it is asked for', async () => {
  const request = { topology: 'orders', region: 'eu-west-1', isLocal: false };
  const host = await io().openRunbookHost(request);
  expect(host.title).toBe('the function understudy-orders-promote in eu-west-1');
  host.close();
});
