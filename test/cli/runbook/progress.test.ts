import { progressOf } from '../../../lib/cli/runbook/progress';
import { taskList } from '../../../lib/cli/runbook/task-list';
import type { RunbookEvent } from '../../../lib/runbook/contract';
import type { JournalEntry } from '../../../lib/runbook/execution/ports';
import { MemoryIo } from '../_helpers/memory-io';
import { ACCEPTED, GONE, passed, switchedOver, WELL } from '../_helpers/orders';
import { resultOf } from '../_helpers/results';

const HASH = 'c0ffee'.padEnd(64, '0');
const EVENT = { mode: 'switchover', reason: 'x', approve: HASH, runId: 'run-1' } as const;
const HOST = 'the function f in eu-west-1';
const at = (...more: readonly JournalEntry[]) => resultOf(EVENT, WELL, more);
const list = (event: RunbookEvent, more: Partial<Parameters<typeof taskList>[0]> = {}, width = 80): readonly string[] =>
  taskList({ event, host: HOST, elapsed: 12, inPhase: 3, ...more }, width, (_, text) => text);

describe('the list of phases', () => {
  test('before anything is seen, whom it waits for', () => {
    expect(list(EVENT)).toStrictEqual(['[>] ask the function f in eu-west-1  12s']);
  });

  test('what is done, what is doing, what is to do', () => {
    const result = { ...at(...passed('fence')), waitingFor: 'dublin-a to apply everything' };
    expect(list(EVENT, { result })).toStrictEqual([
      'switchover of virginia-a to dublin-a, run run-1  12s; was 10s behind',
      '[x] observe         1s  look at every member',
      '[x] preflight       1s  check what stands against it',
      '[x] choose          1s  choose whom to promote',
      '[x] approve         3s  hold it against what was approved',
      '[x] fence           1s  stop writes on the old primary',
      '[>] catch-up        3s  wait for dublin-a to apply everything',
      '[ ] promote             promote',
      '[ ] confirm             see that it takes writes',
      '[ ] restore             backups, standby, protection',
      '[ ] repoint             point the endpoints to it',
      '[ ] rebuild             new replicas',
      '[ ] report              tell people',
    ]);
  });

  test('whoever has every write is not behind, however long ago the last one was', () => {
    const seen = at();
    const candidates = seen.candidates.map(({ loss, ...each }) =>
      loss ? { ...each, loss: { ...loss, bytes: 0 } } : each,
    );
    expect(list(EVENT, { result: { ...seen, candidates } })[0]).toBe(
      'switchover of virginia-a to dublin-a, run run-1  12s; had every write',
    );
  });

  test('a failover has nothing to catch up with, and tells its loss', () => {
    const event: RunbookEvent = { ...EVENT, ...ACCEPTED, mode: 'failover' };
    const lines = list(event, { result: resultOf(event, GONE) });
    expect(lines[0]).toBe('failover of virginia-a to dublin-a, run run-1  12s; loses about 14s, at most ...');
    expect(lines.filter((line) => line.includes('catch-up'))).toStrictEqual([]);
    expect(lines).toContain('[>] fence           3s  stop writes on the old primary');
  });

  test('where the call that promotes waits for the target itself, nobody catches up before', () => {
    const result = at({ type: 'phase ended', phase: 'fence', signal: 'left to the cloud' });
    const lines = list(EVENT, { result });
    expect(lines.filter((line) => line.includes('catch-up'))).toStrictEqual([]);
    expect(lines).toContain('[>] promote         3s  promote');
  });

  test('what is taken back is a phase of its own, only where it happens', () => {
    const result = at({ type: 'phase ended', phase: 'fence', signal: 'not proven' });
    expect(list(EVENT, { result }).at(-1)).toBe('[>] undo            3s  take back what was done');
  });

  test('a plan ends where an approval is asked for', () => {
    const { approve: _, runId: __, ...unapproved } = EVENT;
    for (const event of [{ mode: 'plan' } as const, unapproved]) {
      const lines = list(event, { result: resultOf(event, WELL) });
      expect(lines.slice(1).map((line) => line.slice(4, 14).trim())).toStrictEqual([
        'observe',
        'preflight',
        'choose',
        'approve',
      ]);
    }
  });

  test('no line is wider than the terminal', () => {
    const result = { ...at(), waitingFor: 'x'.repeat(100) };
    expect(Math.max(...list(EVENT, { result }, 40).map(({ length }) => length))).toBe(40);
  });
});

describe('without a terminal', () => {
  test('one line for each change', async () => {
    const io = new MemoryIo();
    const progress = progressOf(EVENT, HOST, io);
    progress.see(at());
    progress.see({ ...at(), waitingFor: 'the position of virginia-a to stand still' });
    await io.time.wait(65);
    progress.see({ ...at(), waitingFor: 'the position of virginia-a to stand still' });
    progress.note('Interrupted.');
    progress.see(at(...passed('fence')));
    progress.end();
    expect(io.err).toBe(`+0s observe: done in 1s
+0s preflight: done in 1s
+0s choose: done in 1s
+0s approve: done in 3s
+0s fence: stop writes on the old primary
+0s fence: waiting for the position of virginia-a to stand still
Interrupted.
+1m5s fence: done in 1s
+1m5s catch-up: wait until all writes have arrived
`);
  });

  test('of a run that is over, only what was done', () => {
    const io = new MemoryIo();
    progressOf(EVENT, HOST, io).see(switchedOver(EVENT));
    expect(io.err.split('\n').filter((line) => !/: done in \ds$/.test(line))).toStrictEqual(['']);
  });
});

/** What a terminal shows: cursor up, carriage return and clearing below are all it is asked for. */
function shown(written: string): readonly string[] {
  let lines: string[] = [''];
  for (const [, up, text = ''] of written.matchAll(/\u001B\[(\d+)A\r\u001B\[J|([^\u001B]+)/g)) {
    if (up !== undefined) {
      expect(Number(up)).toBeLessThan(lines.length);
      lines = [...lines.slice(0, lines.length - 1 - Number(up)), ''];
    }
    const [first = '', ...others] = text.split('\n');
    lines = [...lines.slice(0, -1), `${lines.at(-1) ?? ''}${first}`, ...others];
  }
  return lines;
}

describe('on a terminal', () => {
  const terminal = (): MemoryIo => new MemoryIo({}, { isTTY: true, env: { NO_COLOR: '1' }, columns: 56 });

  test('the list is redrawn in place, every second', async () => {
    const io = terminal();
    const progress = progressOf(EVENT, HOST, io);
    expect(shown(io.err)).toStrictEqual(['[>] ask the function f in eu-west-1  0s', '']);
    await io.time.wait(3.5);
    expect(shown(io.err)).toStrictEqual(['[>] ask the function f in eu-west-1  3s', '']);
    progress.see(at());
    await io.time.wait(2);
    expect(shown(io.err)[0]).toBe('switchover of virginia-a to dublin-a, run run-1  5s;...');
    expect(shown(io.err)[5]).toBe('[>] fence           2s  stop writes on the old primary');
    progress.see(at(...passed('fence')));
    expect(shown(io.err)[6]).toBe('[>] catch-up        0s  wait until all writes have a...');
    expect(shown(io.err)).toHaveLength(14);
    progress.end();
  });

  test('a note stays above it, and the list goes when all is over', async () => {
    const io = terminal();
    const progress = progressOf(EVENT, HOST, io);
    progress.see(at());
    progress.note('Interrupted.');
    expect(shown(io.err).slice(0, 2)).toStrictEqual([
      'Interrupted.',
      'switchover of virginia-a to dublin-a, run run-1  0s;...',
    ]);
    progress.end();
    const { err } = io;
    expect(shown(err)).toStrictEqual(['Interrupted.', '']);
    await io.time.wait(5);
    expect(io.err).toBe(err);
  });

  test('one that does not know its width is taken for a usual one', () => {
    const io = new MemoryIo({}, { isTTY: true, env: { NO_COLOR: '1' }, columns: 0 });
    const progress = progressOf(EVENT, HOST, io);
    progress.see(at(...passed('fence')));
    expect(shown(io.err)[6]).toBe('[>] catch-up        0s  wait until all writes have arrived');
    progress.end();
  });

  test('nothing is asked of the terminal that would have to be taken back', () => {
    const io = terminal();
    const progress = progressOf(EVENT, HOST, io);
    progress.see(at());
    progress.end();
    const codes = [...io.err.matchAll(/\u001B\[[^A-Za-z]*[A-Za-z]/g)].map(([code]) => code.replace(/\d+/, ''));
    expect(new Set(codes)).toStrictEqual(new Set(['\u001B[A', '\u001B[J']));
  });
});
