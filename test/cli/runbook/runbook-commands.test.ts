import { run } from '../../../lib/cli/run';
import { OUTCOMES, parseResult, type RunbookEvent, type RunbookResult } from '../../../lib/runbook/contract';
import { UnderstudyError } from '../../../lib/topology';
import { MemoryIo } from '../_helpers/memory-io';
import { passed, WELL } from '../_helpers/orders';
import { resultOf } from '../_helpers/results';
import { ScriptedHost } from '../_helpers/scripted-host';

const PLACE = ['orders', '--region', 'eu-west-1'];
const HASH = 'c0ffee'.padEnd(64, '0');
const BARE: RunbookResult = {
  ...{ runId: 'run-1', outcome: 'DONE', phase: 'report', next: ['dublin-a is the primary.'] },
  ...{ findings: [], candidates: [], timings: [] },
};

describe('every outcome has its exit code', () => {
  const codes = { DONE: 0, DEGRADED: 3, REFUSED: 4, NEEDS_OPERATOR: 5, ABORTED: 6, IN_PROGRESS: 7 };
  test.each(OUTCOMES.map((outcome) => [outcome, codes[outcome]] as const))('%s: %d', async (outcome, code) => {
    const io = new MemoryIo({}, { host: new ScriptedHost(() => ({ ...BARE, outcome })) });
    expect(await run(['status', ...PLACE], io)).toBe(code);
    expect(io.out).toMatch(/\ndublin-a is the primary\.\n$/);
  });
});

describe('each command asks for its mode', () => {
  test.each<[string[], RunbookEvent]>([
    [
      ['plan', ...PLACE, '--target', 'dublin-b', '--accept-data-loss', '5'],
      { mode: 'plan', target: 'dublin-b', acceptDataLoss: 5 },
    ],
    [['status', ...PLACE], { mode: 'status' }],
    [['status', ...PLACE, '--run-id', 'run-7'], { mode: 'status', runId: 'run-7' }],
    [['abort', ...PLACE, '--run-id', 'run-7', '--reason', 'no'], { mode: 'abort', runId: 'run-7', reason: 'no' }],
    [
      ['unfence', ...PLACE, '--target', 'virginia-a', '--reason', 'r', '--accept-split-brain-risk', 'Ada: x'],
      { mode: 'unfence', target: 'virginia-a', reason: 'r', acceptSplitBrainRisk: { by: 'Ada', reason: 'x' } },
    ],
  ])('%j', async (argv, event) => {
    const host = new ScriptedHost(() => BARE);
    expect(await run(argv, new MemoryIo({}, { host }))).toBe(0);
    expect([host.asked, host.isClosed]).toStrictEqual([[event], true]);
  });
});

test('a plan is shown as one, and a plan that nobody fits as what stands against it', async () => {
  const plan = resultOf({ mode: 'plan' }, WELL);
  const io = new MemoryIo({}, { host: new ScriptedHost(() => plan) });
  expect(await run(['plan', ...PLACE], io)).toBe(0);
  expect(io.out).toMatch(/^PLAN, nothing done: orders, switchover of virginia-a to dublin-a \(eu-west-1\)\n/);

  const nobody = { ...BARE, outcome: 'REFUSED' as const, next: ['no-candidate: none. To do: mend one.'] };
  const other = new MemoryIo({}, { host: new ScriptedHost(() => nobody) });
  expect(await run(['plan', ...PLACE], other)).toBe(4);
  expect(other.out).toMatch(/^REFUSED: nothing was changed\n[^]*\n\nno-candidate: none\. To do: mend one\.\n$/);
});

describe('--json', () => {
  test.each([true, false])('is the result on stdout and nothing else (a terminal: %s)', async (isTTY) => {
    const event: RunbookEvent = { mode: 'switchover', reason: 'x', approve: HASH, runId: 'run-1' };
    const result = resultOf(event, WELL, passed('fence'));
    const answers = [result, { ...BARE, outcome: 'DEGRADED' as const }];
    const host = new ScriptedHost(({ mode }) => (mode === 'status' ? result : (answers.shift() ?? BARE)));
    const io = new MemoryIo({}, { host, isTTY, answers: [] });
    const argv = ['promote', ...PLACE, '--switchover', '--reason', 'x', '--run-id', 'run-1', '--json'];
    expect(await run(argv, io)).toBe(3);
    expect(io.out).toBe(`${JSON.stringify(parseResult({ ...BARE, outcome: 'DEGRADED' }))}\n`);
    expect(io.err).toContain('run run-1 is not over; asked again');
  });
});

describe('Ctrl-C', () => {
  const APPROVED = ['promote', ...PLACE, '--switchover', '--reason', 'x', '--approve', HASH];

  /** A runbook during whose first answer somebody presses Ctrl-C. */
  function interrupted(isRemote: boolean, answer?: RunbookResult): MemoryIo {
    const host = new ScriptedHost((_, { signal }) => {
      io.interrupt();
      expect(signal.aborted).toBe(true);
      return answer ?? new Promise<RunbookResult>(() => undefined);
    }, isRemote);
    const io: MemoryIo = new MemoryIo({}, { host });
    return io;
  }

  test('a run in the function goes on, and how to look at it is told', async () => {
    const io = interrupted(true);
    expect(await run(APPROVED, io)).toBe(7);
    expect(io.err).toBe(
      'Interrupted: nobody waits here any more; it goes on in the function understudy-orders-promote in eu-west-1.\n',
    );
    expect(io.out).toContain('To look at it:\n  understudy status orders --region eu-west-1 --run-id run-1\n');
  });

  test('a run here stops at its next safe point, and says how to go on', async () => {
    const event = { mode: 'switchover', reason: 'x', approve: HASH, runId: 'run-1' } as const;
    const io = interrupted(false, resultOf(event, WELL, passed('fence')));
    expect(await run([...APPROVED, '--local'], io)).toBe(7);
    expect(io.err).toBe(
      'Interrupted: it stops at the next safe point, and can be gone on with. Once more Ctrl-C leaves it where it is.\n',
    );
    expect(io.out).toContain('The run is not over. To go on with it:\n  understudy promote orders --region eu-west-1');
  });

  test.each([
    ['of a plan', ['plan', ...PLACE]],
    ['of a look', ['status', ...PLACE]],
    ['before an approval', ['promote', ...PLACE, '--switchover', '--reason', 'x']],
  ])('%s leaves nothing behind', async (_, argv) => {
    const io = interrupted(true);
    expect(await run(argv, io)).toBe(130);
    expect([io.out, io.err]).toStrictEqual(['', 'Interrupted: nothing is changed.\n']);
  });

  test('of a plan that is made here is no answer, although one comes', async () => {
    const io = interrupted(false, resultOf({ mode: 'plan' }, WELL));
    expect(await run(['plan', ...PLACE, '--local'], io)).toBe(130);
  });

  test('of an unfencing: it goes on, in a run whose id is not known here', async () => {
    const io = interrupted(true);
    expect(await run(['unfence', ...PLACE, '--target', 'virginia-a', '--reason', 'x'], io)).toBe(7);
    expect(io.out.split('To look at it:\n')[1]).toBe('  understudy status orders --region eu-west-1\n');
  });
});

describe('what goes wrong in the cloud is one line, and no fault of this package', () => {
  const failing = (family: 'refused' | 'retryable' | 'unknown'): MemoryIo =>
    new MemoryIo(
      {},
      {
        open: () => Promise.reject(new UnderstudyError('x', 'no function; name it in override', { family })),
      },
    );

  test.each(['refused', 'retryable'] as const)('%s: nothing came of it', async (family) => {
    const io = failing(family);
    expect(await run(['status', ...PLACE], io)).toBe(69);
    expect([io.out, io.err]).toStrictEqual(['', 'understudy: no function; add --override it\n']);
    expect(io.isListening).toBe(false);
  });

  test('unknown: a person looks', async () => {
    const io = failing('unknown');
    expect(await run(['abort', ...PLACE, '--run-id', 'run-1', '--reason', 'x'], io)).toBe(5);
    expect(io.err).toBe(
      'understudy: no function; add --override it\nunderstudy: it may have had its effect: look with understudy status before anything is repeated\n',
    );
  });

  test('what is no result is not shown as one', async () => {
    const io = new MemoryIo({}, { host: new ScriptedHost(() => ({ ...BARE, outcome: 'FINE' }) as never) });
    expect(await run(['status', ...PLACE, '--json'], io)).toBe(5);
    expect([io.out, io.err.split('\n')[0]]).toStrictEqual(['', 'understudy: the result has 1 error:']);
  });

  test('a defect is a defect', async () => {
    const io = new MemoryIo({}, { open: () => Promise.reject(new Error('woodworm')) });
    expect(await run(['status', ...PLACE], io)).toBe(70);
    expect(io.err).toBe('understudy: unexpected: woodworm; run again with --debug for the stack\n');
  });
});
