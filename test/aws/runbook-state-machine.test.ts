import { App } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { PromotionRunbook } from '../../lib/aws';
import { parseEvent } from '../../lib/runbook/contract';
import { Place } from './_helpers/database';
import { only, runbookWorld } from './_helpers/runbook';
import { execute, Failure, type Answering, type Definition, type Execution } from './_helpers/state-machine-runner';

const ARN = 'arn:aws:lambda:eu-west-3:123456789012:function:understudy-orders';
const PROMOTE = `${ARN}-promote`;
const PLAN = `${ARN}-plan`;
const ALARM = 'arn:aws:cloudwatch:eu-west-3:123456789012:alarm:lost';

function definition(isAutomatic: boolean): Definition {
  const { paris } = runbookWorld();
  if (!isAutomatic)
    return JSON.parse(String(only(paris, 'AWS::StepFunctions::StateMachine')['DefinitionString'])) as Definition;
  const world = runbookWorldWithAlarm();
  return JSON.parse(String(only(world, 'AWS::StepFunctions::StateMachine')['DefinitionString'])) as Definition;
}

function runbookWorldWithAlarm(): ReturnType<typeof runbookWorld>['paris'] {
  const { paris, orders } = runbookWorld({ endpoints: [] });
  const other = new Place(App.of(paris) as App, 'eu-west-3', 'automatic');
  new PromotionRunbook(other, 'Runbook', {
    database: orders,
    network: { vpc: other.vpc, vpcSubnets: { subnets: other.vpc.isolatedSubnets } },
    automatic: { on: cloudwatch.Alarm.fromAlarmArn(other, 'Lost', ALARM) },
  });
  return other;
}

const MANUAL = definition(false);
const AUTOMATIC = definition(true);

interface Story extends Execution {
  /** What the functions were asked, in order. */
  readonly asked: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
}

/** Runs it with answers that are given one after the other; a text is an error that is thrown. */
async function run(machine: Definition, input: object, answers: readonly (object | string)[]): Promise<Story> {
  const asked: (readonly [string, Readonly<Record<string, unknown>>])[] = [];
  const left = [...answers];
  const answer: Answering = (functionName, payload) => {
    // Whatever it sends, the function takes it as an event.
    parseEvent(payload);
    asked.push([functionName, payload]);
    const next = left.shift();
    if (next === undefined) throw new Error('nobody expected that call');
    if (typeof next === 'string') throw new Failure(next);
    return next;
  };
  return { ...(await execute(machine, input, { name: 'tuesday-1', answer })), asked };
}

const FAILOVER = { mode: 'failover', reason: 'gone', acceptDataLoss: 30 };
const result = (outcome: string, more: object = {}): object => ({
  runId: 'tuesday-1',
  outcome,
  next: ['Look.', 'Act.'],
  ...more,
});

describe('a run', () => {
  it('has the id of the execution: two with one name are one run', async () => {
    const { asked, status, output } = await run(MANUAL, FAILOVER, [result('DONE')]);
    expect(asked).toStrictEqual([[PROMOTE, { ...FAILOVER, runId: 'tuesday-1' }]]);
    expect([status, output]).toStrictEqual(['SUCCEEDED', result('DONE')]);
  });

  it('keeps an id that it is given', async () => {
    const { asked } = await run(MANUAL, { ...FAILOVER, runId: 'monday' }, [result('DONE')]);
    expect(asked).toStrictEqual([[PROMOTE, { ...FAILOVER, runId: 'monday' }]]);
  });

  it.each([
    { mode: 'plan' },
    { mode: 'status' },
    { mode: 'abort', reason: 'stop', runId: 'monday' },
    { mode: 'unfence', reason: 'it is back', target: 'ada' },
  ])('passes on as it is what begins none: $mode', async (event) => {
    expect((await run(MANUAL, event, [result('DONE')])).asked).toStrictEqual([[PROMOTE, event]]);
  });

  it('goes on until it is over, and waits as long as it is told, a second at least', async () => {
    const { asked, waits, status } = await run(MANUAL, FAILOVER, [
      result('IN_PROGRESS', { resumeAfter: 118.2 }),
      result('IN_PROGRESS', { resumeAfter: 0 }),
      result('IN_PROGRESS'),
      result('DEGRADED'),
    ]);
    const next = { mode: 'failover', reason: 'gone', runId: 'tuesday-1' };
    expect(asked.slice(1)).toStrictEqual([1, 2, 3].map(() => [PROMOTE, next]));
    expect([waits, status]).toStrictEqual([[119, 1, 1], 'SUCCEEDED']);
  });

  it.each(['NEEDS_OPERATOR', 'ABORTED', 'REFUSED'])(
    '%s: fails under that name, and says what to do',
    async (outcome) => {
      expect(await run(MANUAL, FAILOVER, [result(outcome)])).toMatchObject({
        status: 'FAILED',
        error: outcome,
        cause: 'Look.\nAct.',
      });
    },
  );

  it('cuts what it says to what Step Functions takes', async () => {
    const { cause } = await run(MANUAL, FAILOVER, [result('REFUSED', { next: ['x'.repeat(40_000)] })]);
    expect(String(cause)).toHaveLength(8000);
  });
});

describe('an invocation that fails', () => {
  it.each([
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Sandbox.Timedout',
    'Lambda.Unknown',
    'ledger-busy',
  ])('%s: is repeated with the same id, and the journal knows where it was', async (error) => {
    const { asked, status } = await run(MANUAL, FAILOVER, [error, error, result('DONE')]);
    expect(asked).toStrictEqual([1, 2, 3].map(() => [PROMOTE, { ...FAILOVER, runId: 'tuesday-1' }]));
    expect(status).toBe('SUCCEEDED');
  });

  it.each(['event-refused', 'settings-refused', 'run-differs', 'result-refused'])(
    '%s: is not repeated, it would say the same',
    async (error) => {
      const { asked, status, error: told } = await run(MANUAL, FAILOVER, [error]);
      expect([asked.length, status, told]).toStrictEqual([1, 'FAILED', error]);
    },
  );

  it('is given up some time: a person is told by the alarm', async () => {
    const { asked, status } = await run(
      MANUAL,
      FAILOVER,
      Array.from({ length: 7 }, () => 'Lambda.Unknown'),
    );
    expect([asked.length, status]).toStrictEqual([7, 'FAILED']);
  });
});

describe('an alarm', () => {
  const EVENT = {
    source: 'aws.cloudwatch',
    time: '2026-11-24T03:00:00Z',
    detail: { alarmName: 'lost', state: { value: 'ALARM' } },
  };
  const REASON = 'Automatic: alarm lost at 2026-11-24T03:00:00Z';
  const planHash = 'a'.repeat(64);
  const plan = { mode: 'failover', target: 'bab', primary: 'ada' };

  it('is refused where nobody asked for it: without a mode it is no event', async () => {
    await expect(run(MANUAL, EVENT, [])).rejects.toThrow('mode is missing');
  });

  it('plans, and fails over to what was planned, by its hash', async () => {
    const { asked, status } = await run(AUTOMATIC, EVENT, [result('DONE', { plan, planHash }), result('DONE')]);
    expect(asked).toStrictEqual([
      [PLAN, { mode: 'plan', reason: REASON }],
      [
        PROMOTE,
        {
          mode: 'failover',
          reason: REASON,
          target: 'bab',
          expectedPrimary: 'ada',
          approve: planHash,
          runId: 'tuesday-1',
        },
      ],
    ]);
    expect(status).toBe('SUCCEEDED');
  });

  it.each([
    ['a switchover: the primary is not lost', result('DONE', { plan: { ...plan, mode: 'switchover' }, planHash })],
    ['refused: something stands in the way', result('REFUSED', { plan, planHash })],
    ['none', result('REFUSED')],
  ])('does nothing when the plan is %s', async (_, planned) => {
    const { asked, status, error, cause } = await run(AUTOMATIC, EVENT, [planned]);
    expect(asked.map(([name]) => name)).toStrictEqual([PLAN]);
    expect([status, error, cause]).toStrictEqual(['FAILED', 'NOT_AUTOMATIC', 'Look.\nAct.']);
  });

  it('takes nothing away from a person who asks', async () => {
    const { asked } = await run(AUTOMATIC, FAILOVER, [result('DONE')]);
    expect(asked).toStrictEqual([[PROMOTE, { ...FAILOVER, runId: 'tuesday-1' }]]);
  });
});

it('is a STANDARD one, with traces and the whole log', () => {
  const { StateMachineType, TracingConfiguration, LoggingConfiguration, StateMachineName } = only(
    runbookWorld().paris,
    'AWS::StepFunctions::StateMachine',
  );
  expect([StateMachineName, StateMachineType, TracingConfiguration]).toStrictEqual([
    'understudy-orders',
    'STANDARD',
    { Enabled: true },
  ]);
  expect(LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: true });
});
