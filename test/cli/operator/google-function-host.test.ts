import { openRunbookHostWith } from '../../../lib/cli/operator/open-runbook-host';
import { GOOGLE } from '../../../lib/cli/operator/google-way';
import { run } from '../../../lib/cli/run';
import { RestClient } from '../../../lib/runbook/adapters/gcp';
import type { RunbookResult } from '../../../lib/runbook/contract';
import { FakeCloudRun, type FunctionAnswer } from '../_helpers/fake-cloud-run';
import { MemoryIo } from '../_helpers/memory-io';
import { passed, switchedOver, WELL } from '../_helpers/orders';
import { resultOf } from '../_helpers/results';

const PLACE = ['orders', '--region', 'europe-north1', '--project', 'acme-prod'];
const HASH = 'c0ffee'.padEnd(64, '0');
const APPROVED = ['promote', ...PLACE, '--switchover', '--reason', 'x', '--approve', HASH];
const EVENT = { mode: 'switchover', reason: 'x', approve: HASH, runId: 'run-1' } as const;
const STANDING: RunbookResult = {
  ...{ runId: 'none', outcome: 'DONE', phase: 'start', next: ['ada is the primary. No run was ever begun.'] },
  ...{ findings: [], candidates: [], timings: [] },
};
const TITLE = 'the function understudy-orders-europe-north1-promote in europe-north1 of acme-prod';

const ok = (body: unknown): FunctionAnswer => ({ status: 200, body });

const before = { ...process.env };
let google: FakeCloudRun;

/** The library finds who calls as on a machine of Google's: by its metadata server. */
beforeEach(async () => {
  google = new FakeCloudRun();
  const url = await google.open();
  google.functions.set('acme-prod europe-north1 understudy-orders-europe-north1-promote', google.address);
  for (const name of ['GOOGLE_APPLICATION_CREDENTIALS', 'METADATA_SERVER_DETECTION']) {
    Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, { GCE_METADATA_HOST: new URL(url).host, HOME: '/nowhere', CLOUDSDK_CONFIG: '/nowhere' });
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
  await google.close();
});

const noAws = (): never => {
  throw new Error('AWS was asked');
};

/** As it is, but for where Google's APIs are. */
const way = () => ({
  ...GOOGLE(),
  rest: new RestClient({ token: () => Promise.resolve('ann'), endpoint: google.url, random: () => 0 }),
});

const ioOf = () => new MemoryIo({}, { open: openRunbookHostWith(noAws, way) });

async function understudy(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = ioOf();
  const code = await run(argv, io);
  return { code, out: io.out, err: io.err };
}

test('a look asks the function that Google tells of, as who is allowed to', async () => {
  google.answer = () => ok(STANDING);
  const { code, out, err } = await understudy('status', ...PLACE, '--json');
  expect([code, JSON.parse(out), err]).toStrictEqual([0, STANDING, '']);
  expect([google.asked, google.audiences]).toStrictEqual([[{ mode: 'status' }], [google.address]]);
});

test('an address asks nobody where it is', async () => {
  google.answer = () => ok(STANDING);
  const { code } = await understudy('status', ...PLACE, '--function', google.address);
  expect([code, google.looks, google.asked]).toStrictEqual([0, 0, [{ mode: 'status' }]]);
});

test('a promotion is asked for until it is over, and looked at meanwhile; the place is found once', async () => {
  const answers = [{ ...resultOf(EVENT, WELL, passed('fence')), resumeAfter: 0 }, switchedOver(EVENT)];
  google.answer = ({ mode }) => ok(mode === 'status' ? resultOf(EVENT, WELL, passed('fence')) : answers.shift());
  const { code, out } = await understudy(...APPROVED);
  expect(code).toBe(0);
  expect(out).toMatch(/^DONE\nRUN {11}run-1\n/);
  const isLook = (event: unknown): boolean => (event as { mode: string }).mode === 'status';
  expect(google.asked.filter((event) => !isLook(event))).toStrictEqual([EVENT, EVENT]);
  expect(google.looks).toBe(1);
});

test('a connection that breaks is no end of a run', async () => {
  const io = ioOf();
  let questions = 0;
  google.answer = ({ mode }) => {
    if (mode !== 'status') {
      questions += 1;
      return 'reset';
    }
    // It is not over before the command has noticed.
    const isNoticed = io.err.includes('looking at run run-1');
    return ok(isNoticed ? switchedOver(EVENT) : resultOf(EVENT, WELL, passed('observe')));
  };
  expect([await run(APPROVED, io), questions]).toStrictEqual([0, 1]);
  expect(io.err).toContain(`${TITLE} did not answer: it may have had its effect (ECONNRESET); looking at run run-1`);
});

test('Ctrl-C ends a question that nobody answers, and it is not said that it goes on', async () => {
  const io = ioOf();
  google.answer = ({ mode }) => {
    if (mode !== 'status') io.interrupt();
    return 'silence';
  };
  expect(await run(APPROVED, io)).toBe(7);
  expect(io.out.replaceAll(/\s+/g, ' ')).toContain(`Whether it goes on in ${TITLE} when nobody waits is not known`);
});

test('--detach is refused: nobody would wait', async () => {
  expect(await understudy(...APPROVED, '--detach')).toMatchObject({
    code: 2,
    err: 'understudy: --detach leaves a run to a function that nobody waits for, and on Google Cloud it may end then; allowed: --detach on AWS; leave it out\n',
  });
  expect(google.asked).toStrictEqual([]);
});

describe('what goes wrong is told as a person needs it', () => {
  const LOOK = 'understudy: it may have had its effect: look with understudy status before anything is repeated\n';

  test.each<[string, FunctionAnswer, string]>([
    [
      'the function says why',
      { status: 400, body: { code: 'standing-unknown', message: 'bab was promoted last' } },
      'bab was promoted last',
    ],
    [
      'it is forbidden',
      { status: 403, body: '<h1>Error: Forbidden</h1>' },
      `${TITLE} lets nobody in who is not allowed to (HTTP 403): it had no effect; allowed: who has roles/run.invoker on it; grant it to whoever is signed in, or run the same with --local`,
    ],
    [
      'there is none there any more',
      { status: 404, body: '<h1>Error: Page not found</h1>' },
      `there is not ${TITLE}; allowed: one that a deployed runbook of orders has; name it with --function, name another region with --region, or run the same with --local`,
    ],
    [
      'all are busy',
      { status: 429, body: 'Rate exceeded.' },
      `all instances of ${TITLE} are busy: it had no effect; look at the run that is open, or try again`,
    ],
    [
      'it failed',
      { status: 500, body: 'Internal Server Error' },
      `${TITLE} failed (HTTP 500); its logs tell more; repair it, or run the same with --local`,
    ],
    [
      'it answers no result',
      ok('hello'),
      `${TITLE} answered what is no result: the result has 1 error: the result is missing. Allowed: Invalid input: expected object, received undefined. Fix: add it.; use the version of the package that deployed it, or correct --function`,
    ],
  ])('%s', async (_, answer, message) => {
    google.answer = () => answer;
    expect(await understudy('status', ...PLACE)).toStrictEqual({ code: 69, out: '', err: `understudy: ${message}\n` });
  });

  test('Google knows no such function', async () => {
    google.functions.clear();
    expect((await understudy('plan', ...PLACE)).err).toBe(
      `understudy: there is not ${TITLE}; allowed: one that a deployed runbook of orders has; name it with --function, name another region with --region, or run the same with --local\n`,
    );
  });

  test('nobody is signed in', async () => {
    google.isNobody = true;
    expect(await understudy('plan', ...PLACE)).toStrictEqual({
      code: 69,
      out: '',
      err: `understudy: ${TITLE} was not asked: there is no identity for it; allowed: Application Default Credentials of a person or a service account; run gcloud auth application-default login, with --impersonate-service-account where that cannot be, or the same with --local\n`,
    });
    expect(google.asked).toStrictEqual([]);
  });

  test('what may have been done is not called undone', async () => {
    google.answer = () => ({ status: 503, body: 'The request failed because the instance was killed' });
    const { code, err } = await understudy('unfence', ...PLACE, '--target', 'ada', '--reason', 'x');
    expect([code, err]).toStrictEqual([
      5,
      `understudy: ${TITLE} failed (HTTP 503); its logs tell more; repair it, or run the same with --local\n${LOOK}`,
    ]);
  });
});
