import { run } from '../../../lib/cli/run';
import { openRunbookHost } from '../../../lib/cli/operator';
import type { RunbookResult } from '../../../lib/runbook/contract';
import { enterAws, leaveAws } from '../_helpers/aws-environment';
import { FakeLambda, type LambdaAnswer } from '../_helpers/fake-lambda';
import { MemoryIo } from '../_helpers/memory-io';
import { passed, switchedOver, WELL } from '../_helpers/orders';
import { resultOf } from '../_helpers/results';

const PLACE = ['orders', '--region', 'eu-west-1'];
const HASH = 'c0ffee'.padEnd(64, '0');
const APPROVED = ['promote', ...PLACE, '--switchover', '--reason', 'x', '--approve', HASH];
const EVENT = { mode: 'switchover', reason: 'x', approve: HASH, runId: 'run-1' } as const;
const STANDING: RunbookResult = {
  ...{ runId: 'none', outcome: 'DONE', phase: 'start', next: ['virginia-a is the primary. No run was ever begun.'] },
  ...{ findings: [], candidates: [], timings: [] },
};

const payload = (value: unknown): LambdaAnswer => ({ payload: JSON.stringify(value) });

let lambda: FakeLambda;

beforeEach(async () => {
  lambda = new FakeLambda();
  enterAws({ AWS_ENDPOINT_URL_LAMBDA: await lambda.open() });
});

afterEach(async () => {
  leaveAws();
  await lambda.close();
});

async function understudy(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new MemoryIo({}, { open: openRunbookHost });
  const code = await run(argv, io);
  return { code, out: io.out, err: io.err };
}

test('a look asks the function that only looks', async () => {
  lambda.answer = () => payload(STANDING);
  const { code, out, err } = await understudy('status', ...PLACE, '--json');
  expect([code, JSON.parse(out), err]).toStrictEqual([0, STANDING, '']);
  expect(lambda.invocations).toStrictEqual([
    { functionName: 'understudy-orders-plan', type: 'RequestResponse', event: { mode: 'status' } },
  ]);
});

test('a promotion asks the one that promotes, until it is over, and looks by the other', async () => {
  const answers = [{ ...resultOf(EVENT, WELL, passed('fence')), resumeAfter: 0 }, switchedOver(EVENT)];
  lambda.answer = ({ event }) =>
    event['mode'] === 'status' ? payload(resultOf(EVENT, WELL, passed('fence'))) : payload(answers.shift());
  const { code, out } = await understudy(...APPROVED);
  expect(code).toBe(0);
  expect(out).toMatch(/^DONE\nRUN {11}run-1\n/);
  const asked = lambda.invocations.filter(({ event }) => event['mode'] !== 'status');
  expect(asked).toStrictEqual([
    { functionName: 'understudy-orders-promote', type: 'RequestResponse', event: EVENT },
    { functionName: 'understudy-orders-promote', type: 'RequestResponse', event: EVENT },
  ]);
  const looked = lambda.invocations.filter(({ event }) => event['mode'] === 'status');
  expect(looked.map(({ functionName }) => functionName).every((name) => name === 'understudy-orders-plan')).toBe(true);
});

test('--function names another one for everything', async () => {
  lambda.answer = () => payload(STANDING);
  await understudy('status', ...PLACE, '--function', 'my-runbook');
  expect(lambda.invocations[0]?.functionName).toBe('my-runbook');
});

test('--detach leaves it to the function', async () => {
  const { code } = await understudy(...APPROVED, '--detach');
  expect(code).toBe(7);
  expect(lambda.invocations).toStrictEqual([
    { functionName: 'understudy-orders-promote', type: 'Event', event: EVENT },
  ]);
});

test('a connection that breaks is no end of a run', async () => {
  const io = new MemoryIo({}, { open: openRunbookHost });
  let questions = 0;
  lambda.answer = ({ event }) => {
    if (event['mode'] !== 'status') {
      questions += 1;
      return 'reset';
    }
    // It is not over before the command has noticed.
    const isNoticed = io.err.includes('looking at run run-1');
    return payload(isNoticed ? switchedOver(EVENT) : resultOf(EVENT, WELL, passed('observe')));
  };
  expect([await run(APPROVED, io), questions]).toStrictEqual([0, 1]);
  expect(io.err).toMatch(
    /^lambda:InvokeFunction of understudy-orders-promote in eu-west-1 was not answered as it should be: it may have had its effect \([^)]*\); looking at run run-1$/m,
  );
  expect(io.err).toMatch(/^\+\d+s observe: done in 1s$/m);
});

test('Ctrl-C ends a question that nobody answers', async () => {
  const io = new MemoryIo({}, { open: openRunbookHost });
  lambda.answer = ({ event }) => {
    if (event['mode'] !== 'status') io.interrupt();
    return 'silence';
  };
  expect(await run(APPROVED, io)).toBe(7);
  expect(io.out).toContain('It goes on in the function understudy-orders-promote in eu-west-1');
});

describe('what goes wrong is told as a person needs it', () => {
  const failed = (error: unknown): LambdaAnswer => ({ payload: JSON.stringify(error), functionError: 'Unhandled' });
  const LOOK = 'understudy: it may have had its effect: look with understudy status before anything is repeated\n';

  test.each<[string, LambdaAnswer, string]>([
    [
      'there is no such function',
      { status: 404, code: 'ResourceNotFoundException', message: 'Function not found' },
      'there is no function understudy-orders-plan in eu-west-1; allowed: one that a deployed runbook of orders has; name it with --function, name another Region with --region, or run the same with --local',
    ],
    [
      'the function failed',
      failed({ errorType: 'standing-unknown', errorMessage: 'dublin-a was promoted last', trace: [] }),
      'the function understudy-orders-plan in eu-west-1 failed: standing-unknown: dublin-a was promoted last; its log group /aws/lambda/understudy-orders-plan tells more; repair it, or run the same with --local',
    ],
    [
      'it failed and does not say why',
      { payload: '', functionError: 'Unhandled' },
      'the function understudy-orders-plan in eu-west-1 failed: it does not say why; its log group /aws/lambda/understudy-orders-plan tells more; repair it, or run the same with --local',
    ],
    [
      'it answers no result',
      { payload: '"hello"' },
      'the function understudy-orders-plan in eu-west-1 answered what is no result: the result has 1 error: the result is "hello". Allowed: Invalid input: expected object, received string. Fix: write it so.; use the version of the package that deployed it, or correct --function',
    ],
  ])('%s', async (_, answer, message) => {
    lambda.answer = () => answer;
    expect(await understudy('status', ...PLACE)).toStrictEqual({ code: 69, out: '', err: `understudy: ${message}\n` });
  });

  test('access is denied', async () => {
    lambda.answer = () => ({ status: 403, code: 'AccessDeniedException', message: 'User: x is not authorized' });
    const { code, err } = await understudy('status', ...PLACE);
    expect(code).toBe(69);
    expect(err).toMatch(
      /^understudy: lambda:InvokeFunction of understudy-orders-plan in eu-west-1 was denied: it had no effect; allow lambda:InvokeFunction to the credentials that were used, or use others \(AccessDeniedException: /,
    );
  });

  test('there are no credentials', async () => {
    const url = process.env['AWS_ENDPOINT_URL_LAMBDA'];
    enterAws({ AWS_ENDPOINT_URL_LAMBDA: url, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    expect(await understudy('plan', ...PLACE)).toStrictEqual({
      code: 69,
      out: '',
      err: 'understudy: there are no credentials for AWS; allowed: any that the AWS SDK finds; sign in, or name a profile in AWS_PROFILE\n',
    });
    expect(lambda.invocations).toStrictEqual([]);
  });

  test('what may have been done is not called undone', async () => {
    lambda.answer = () => failed({ errorType: 'Runtime.ExitError', errorMessage: 'signal: killed' });
    const { code, err } = await understudy('unfence', ...PLACE, '--target', 'virginia-a', '--reason', 'x');
    expect(code).toBe(5);
    expect(err).toBe(
      `understudy: the function understudy-orders-promote in eu-west-1 failed: Runtime.ExitError: signal: killed; its log group /aws/lambda/understudy-orders-promote tells more; repair it, or run the same with --local\n${LOOK}`,
    );
  });
});
