import { run } from '../../../lib/cli/run';
import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import { MemoryIo } from '../_helpers/memory-io';
import { ACCEPTED, GONE, switchedOver, WELL } from '../_helpers/orders';
import { resultOf } from '../_helpers/results';
import { ScriptedHost } from '../_helpers/scripted-host';

const SWITCHOVER = ['promote', 'orders', '--region', 'eu-west-1', '--switchover', '--reason', 'patch day'];
const FAILOVER = ['promote', 'orders', '--region', 'eu-west-1', '--failover', '--reason', 'gone'];
const ASKED: RunbookEvent = { mode: 'switchover', reason: 'patch day' };
const HASH = resultOf(ASKED, WELL).planHash ?? '';
const QUESTION = '\nThis cannot be undone. Type the name of the member that becomes primary: ';

/** A runbook that holds what is approved against its plan, as the real one does. */
function runbook(): ScriptedHost {
  return new ScriptedHost((event): RunbookResult => {
    if (event.mode === 'failover') return resultOf(event, GONE);
    if (event.approve === HASH && (event.target === undefined || event.target === 'dublin-a'))
      return switchedOver(event);
    const { approve: _, ...unapproved } = event;
    return resultOf(unapproved, WELL);
  });
}

interface Surroundings {
  readonly answers?: readonly (string | undefined)[];
  readonly isTTY?: boolean;
  readonly host?: ScriptedHost;
}

async function promote(argv: readonly string[], surroundings: Surroundings = {}) {
  const host = surroundings.host ?? runbook();
  const io = new MemoryIo({}, { ...surroundings, host });
  const code = await run(argv, io);
  expect([host.isClosed || io.requests.length === 0, io.isListening]).toStrictEqual([true, false]);
  return { code, io, questions: host.questions, begun: host.begun };
}

describe('on a terminal', () => {
  test('the plan is shown, the name is asked for, and that plan is carried out', async () => {
    const { code, io, questions } = await promote(SWITCHOVER, { answers: [' dublin-a '] });
    expect(code).toBe(0);
    expect(questions).toStrictEqual([ASKED, { ...ASKED, approve: HASH, runId: 'run-1' }]);
    expect(io.questions).toStrictEqual([QUESTION]);
    const [plan = '', result = ''] = io.out.split('DONE\n');
    expect(plan).toMatch(/^PLAN, nothing done: orders, switchover of virginia-a to dublin-a \(eu-west-1\)\nLOSES /);
    expect(plan).not.toContain('--approve');
    expect(result).toMatch(/^RUN {11}run-1\nWHAT {10}switchover of virginia-a to dublin-a\n/);
  });

  test.each([
    ['another name', 'dublin-b', 'dublin-b was typed, and not dublin-a'],
    ['yes', 'yes', 'yes was typed, and not dublin-a'],
    ['nothing', '', 'dublin-a was not typed'],
    ['the end of the input', undefined, 'dublin-a was not typed'],
  ])('%s is no consent', async (_, answer, why) => {
    const { code, io, questions } = await promote(SWITCHOVER, { answers: [answer] });
    expect([code, questions]).toStrictEqual([4, [ASKED]]);
    expect(
      io.out.endsWith(`\nREFUSED: nothing was changed\nRUN           none\n\nNothing was changed: ${why}.\n`),
    ).toBe(true);
  });

  test('a plan that is stopped is not asked about', async () => {
    const { code, io, questions } = await promote(FAILOVER, { answers: ['dublin-a'] });
    expect([code, io.questions, questions.length]).toStrictEqual([4, [], 1]);
    expect(io.out).toMatch(/^STOPPED, nothing done: /);
    expect(io.out).toContain('To look again:\n  understudy plan orders --region eu-west-1\n');
  });

  test('with an approval, only the name is asked for, and goes along as the target', async () => {
    const { code, questions, io } = await promote([...SWITCHOVER, '--approve', HASH], { answers: ['dublin-a'] });
    expect([code, io.questions]).toStrictEqual([0, [QUESTION]]);
    expect(questions).toStrictEqual([{ ...ASKED, approve: HASH, target: 'dublin-a', runId: 'run-1' }]);
  });

  test('so a name that is not that of the approved plan is refused by the runbook', async () => {
    const { code, io } = await promote([...SWITCHOVER, '--approve', HASH], { answers: ['dublin-b'] });
    expect(code).toBe(4);
    expect(io.out).toMatch(/^PLAN, nothing done: orders, switchover of virginia-a to dublin-b /);
  });

  test.each([
    [['--target', 'dublin-a'], 'dublin-b', 'dublin-b was typed, and not dublin-a'],
    [[], '', 'the member that becomes primary was not typed'],
  ])('with an approval and %j, "%s" asks nobody', async (more, answer, why) => {
    const argv = [...SWITCHOVER, '--approve', HASH, ...more];
    const { code, io, questions } = await promote(argv, { answers: [answer] });
    expect([code, questions]).toStrictEqual([4, []]);
    expect(io.out).toContain(`\nNothing was changed: ${why}.\n`);
  });

  test('--yes with --approve asks nothing', async () => {
    const { code, io, questions } = await promote([...SWITCHOVER, '--approve', HASH, '--yes'], { answers: [] });
    expect([code, io.questions]).toStrictEqual([0, []]);
    expect(questions).toStrictEqual([{ ...ASKED, approve: HASH, runId: 'run-1' }]);
  });

  test('a run that is gone on with was approved when it was begun', async () => {
    const { io, questions } = await promote([...SWITCHOVER, '--run-id', 'run-9'], { answers: ['dublin-a'] });
    expect([io.questions, questions]).toStrictEqual([[], [{ ...ASKED, runId: 'run-9' }]]);
  });
});

describe('without a terminal', () => {
  test('the plan and the command that approves it are the answer', async () => {
    const { code, io, questions } = await promote(SWITCHOVER);
    expect([code, questions]).toStrictEqual([4, [ASKED]]);
    expect(io.out).toMatch(/^PLAN, nothing done: /);
    expect(io.out.split('\n').slice(-5).join('\n')).toBe(`To approve it:
  understudy promote orders --region eu-west-1 --switchover --target dublin-a \\
    --reason 'patch day' \\
    --approve ${HASH}
`);
  });

  test('what was approved is carried out', async () => {
    const { code, questions } = await promote([...SWITCHOVER, '--approve', HASH]);
    expect([code, questions]).toStrictEqual([0, [{ ...ASKED, approve: HASH, runId: 'run-1' }]]);
  });

  test('a plan that is another one by now is shown', async () => {
    const host = new ScriptedHost((event) => {
      const next = ['The plan that was approved is another one.'];
      const { approve: _, ...unapproved } = event;
      const result = resultOf(unapproved, WELL);
      return { ...result, next: [...next, ...result.next] };
    });
    const { code, io } = await promote([...SWITCHOVER, '--approve', 'a'.repeat(64)], { host });
    expect(code).toBe(4);
    expect(io.out).toContain('\n\nThe plan that was approved is another one.\n');
  });
});

test('--json is only the result, and asks nothing although there is a terminal', async () => {
  const { code, io } = await promote([...SWITCHOVER, '--json'], { answers: ['dublin-a'], isTTY: true });
  expect([code, io.questions]).toStrictEqual([4, []]);
  expect(io.out).toBe(`${JSON.stringify(resultOf(ASKED, WELL))}\n`);
});

describe('--detach', () => {
  const argv = [...SWITCHOVER, '--approve', HASH, '--detach'];

  test('hands it over and says how to look at it', async () => {
    const { code, io, questions, begun } = await promote(argv);
    expect([code, questions]).toStrictEqual([7, []]);
    expect(begun).toStrictEqual([{ ...ASKED, approve: HASH, runId: 'run-1' }]);
    expect(io.out).toBe(`IN PROGRESS
RUN           run-1, in phase start

It goes on in the function understudy-orders-promote in eu-west-1, for as long
as one invocation may last.
To look at it:
  understudy status orders --region eu-west-1 --run-id run-1
To stop it before the promotion:
  understudy abort orders --region eu-west-1 --run-id run-1 \\
    --reason 'why it has to stop'
`);
  });

  test('as JSON, a result with the run', async () => {
    const { io } = await promote([...argv, '--json']);
    expect(JSON.parse(io.out)).toMatchObject({ runId: 'run-1', outcome: 'IN_PROGRESS', phase: 'start' });
  });
});

describe('what is refused before anybody is asked', () => {
  const bare = ['promote', 'orders', '--region', 'eu-west-1', '--reason', 'x'];
  test.each<[string[], string]>([
    [
      bare,
      'promote does not know how; allowed: --switchover, when the primary answers, or --failover, when it is lost; add one of them; understudy plan tells which',
    ],
    [
      [...bare, '--switchover', '--failover'],
      '--switchover and --failover exclude each other; allowed: --switchover, when the primary answers, or --failover, when it is lost; add one of them; understudy plan tells which',
    ],
    [
      [...SWITCHOVER, '--yes'],
      '--yes is there without --approve, so nobody has read the plan; allowed: --yes with --approve HASH; run understudy plan, read it, and take the hash from there',
    ],
    [
      [...SWITCHOVER, '--detach'],
      '--detach is there without --approve, so nobody would read the plan; allowed: --detach with --approve HASH, or with --run-id; leave it out, or approve the plan first',
    ],
    [
      [...SWITCHOVER, '--approve', HASH, '--detach', '--local'],
      '--detach leaves a run to the function, and --local has none; allowed: one of them; leave one out',
    ],
    [
      ['promote', 'orders', '--region', 'eu-west-1', '--failover'],
      '--reason is missing; allowed: only with --reason; add --reason',
    ],
  ])('%j', async (argv, message) => {
    const { code, io, questions } = await promote(argv, { answers: ['dublin-a'] });
    expect(io.err).toBe(`understudy: ${message}\n`);
    expect([code, io.out, questions]).toStrictEqual([2, '', []]);
  });
});

test('all that can be accepted arrives', async () => {
  const argv = [...FAILOVER, '--accept-data-loss', '12m', '--accept-split-brain-risk', 'Ada: the cable is cut'];
  const { questions } = await promote([...argv, '--override', 'stale-target', 'cooling-down', '--override', 'x']);
  expect(questions).toStrictEqual([
    { mode: 'failover', reason: 'gone', ...ACCEPTED, override: ['stale-target', 'cooling-down', 'x'] },
  ]);
});
