import { MODES } from '../../../lib/runbook/contract';
import { answering } from '../../../lib/runbook/handlers/answering';
import { ENV, invocation, logged, ordersCloud, WRITER, HERE, type OrdersCloud } from './_helpers/orders-cloud';

// Hundreds of calls over HTTP take their time where other tests run beside.
jest.setTimeout(60_000);

let orders: OrdersCloud;

beforeEach(async () => {
  orders = await ordersCloud();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await orders.end();
});

const WISHES = {
  reason: 'us-east-1 is gone',
  override: ['primary-unknown'],
  acceptDataLoss: 3600,
  acceptSplitBrainRisk: { by: 'Ada', reason: 'the Region is dark' },
};

/** What a person asks for who has read the plan. */
async function approved(): Promise<object> {
  const plan = answering({ modes: ['plan'], portsOf: orders.portsOf, env: ENV });
  const { planHash } = await plan({ mode: 'plan', ...WISHES }, invocation());
  return { mode: 'failover', ...WISHES, approve: planHash };
}

describe('a function that looks', () => {
  const plan = () => answering({ modes: ['plan', 'status'], portsOf: orders.portsOf, env: ENV });

  it('plans, and changes nothing', async () => {
    await orders.lose();
    const before = orders.cloud.mutations.length;
    const { outcome, plan: planned } = await plan()({ mode: 'plan', ...WISHES }, invocation());
    expect([outcome, planned?.mode, planned?.target]).toStrictEqual(['DONE', 'failover', 'dublin-a']);
    expect(orders.cloud.mutations).toHaveLength(before);
  });

  it('refuses every other mode before it looks at anything', async () => {
    await expect(plan()({ mode: 'failover', reason: 'why' }, invocation())).rejects.toMatchObject({
      name: 'mode-refused',
      message:
        'understudy-orders-promote is asked for failover, which it may not do; allowed: plan, status; fix: ask the function that promotes',
    });
    expect(orders.cloud.calls).toStrictEqual([]);
  });
});

describe('a function that promotes', () => {
  const promote = (env: Record<string, string> = ENV) => answering({ modes: MODES, portsOf: orders.portsOf, env });

  it('throws what is no event, with the whole message, under its code: there is no run that a result could name', async () => {
    await expect(promote()({ mode: 'failover' }, invocation())).rejects.toMatchObject({
      name: 'event-refused',
      message:
        'the event has 1 error:\n  reason is missing. Allowed in mode failover: only with reason. Fix: add reason.',
    });
    expect(orders.cloud.calls).toStrictEqual([]);
  });

  it('throws when its settings are missing', async () => {
    await expect(promote({})({ mode: 'status' }, invocation())).rejects.toMatchObject({
      name: 'settings-refused',
      message:
        "the environment variable UNDERSTUDY_RUNBOOK is no runbook's settings (it is missing); allowed: what the construct PromotionRunbook writes; fix: deploy it anew, with functions and settings of one version",
    });
  });

  it('carries a run out, under the id of the invocation: Lambda repeats it under the same', async () => {
    await orders.lose();
    const event = await approved();
    const { outcome, runId } = await promote()(event, invocation(14_400, 'request-7'));
    expect([outcome, runId]).toStrictEqual(['DEGRADED', 'request-7']);
    expect(orders.cloud.parameters.value(HERE, WRITER)).toMatch(/^orders-dublin-a\./);
    const again = await promote()(event, invocation(14_400, 'request-7'));
    expect([again.outcome, again.runId]).toStrictEqual(['DEGRADED', 'request-7']);
    expect(orders.cloud.mutations.filter(({ action }) => action === 'PromoteReadReplica')).toHaveLength(1);
  });

  it('logs every row and the result as one line of JSON each', async () => {
    await orders.lose();
    const { runId } = await promote()(await approved(), invocation(14_400, 'request-7'));
    const lines = logged().filter((line) => line['runId'] === runId);
    expect(lines[0]).toMatchObject({ what: 'row', type: 'begun', number: 1 });
    expect(lines.at(-1)).toMatchObject({ what: 'result', outcome: 'DEGRADED' });
  });

  it('leaves the run a minute before its time is over; the next invocation goes on with it', async () => {
    await orders.lose();
    const first = await promote()(await approved(), invocation(180));
    expect(first.outcome).toBe('IN_PROGRESS');
    expect(first.next.join('\n')).toContain(
      `aws lambda invoke --region eu-west-1 --function-name understudy-orders-promote --cli-binary-format raw-in-base64-out --cli-read-timeout 0 --payload '{"mode":"failover"`,
    );
    const next = { mode: 'failover', reason: WISHES.reason, runId: first.runId };
    const second = await promote()(next, invocation(14_400, 'request-2'));
    expect([second.outcome, second.runId]).toStrictEqual(['DEGRADED', 'request-1']);
  });
});
