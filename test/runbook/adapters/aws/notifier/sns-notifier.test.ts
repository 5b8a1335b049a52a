import { SNSClient } from '@aws-sdk/client-sns';
import { clientSettings } from '../../../../../lib/runbook/adapters/aws';
import { SnsNotifier } from '../../../../../lib/runbook/adapters/aws/notifier/sns-notifier';
import type { RunbookResult } from '../../../../../lib/runbook/contract';
import { EmbeddedCloud, serve, VirtualClock, type CloudServer, type Mishap } from '../../../../../lib/rehearsal';
import { endOf } from '../ledger/_helpers/table-stage';

const REGION = 'eu-west-1';
const TOPIC = `arn:aws:sns:${REGION}:123456789012:alarms`;

let cloud: EmbeddedCloud;
let server: CloudServer;
let client: SNSClient;
let time: VirtualClock;
beforeEach(async () => {
  time = new VirtualClock();
  cloud = new EmbeddedCloud({ clock: time, topics: [{ region: REGION, name: 'alarms' }] });
  server = await serve(cloud);
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'any' };
  client = new SNSClient({ ...clientSettings('change'), region: REGION, endpoint: server.url, credentials });
});
afterEach(async () => {
  client.destroy();
  await server.close();
});

function notifier(topic: string | undefined = TOPIC): SnsNotifier {
  const clock = { now: () => time.now() / 1000, wait: (seconds: number) => time.wait(seconds) };
  return new SnsNotifier({ client, region: REGION, clock, topic, random: () => 0.5 });
}

const sent = () =>
  cloud.topics.messages(REGION, 'alarms').map(({ subject, message, attributes }) => [subject, message, attributes]);

const RESULT: RunbookResult = {
  ...{ runId: 'run-1', outcome: 'DONE', phase: 'report', findings: [], candidates: [], timings: [] },
  next: ['Nothing is left to do: “all” is well.'],
};

test('people get the text, programs the result', async () => {
  await notifier().tell({ subject: 'orders: DONE', text: 'It is done.\nAll is well.', result: RESULT });
  expect(sent()).toEqual([
    ['orders: DONE', 'It is done.\nAll is well.', { runId: 'run-1', outcome: 'DONE', result: JSON.stringify(RESULT) }],
  ]);
});

test('there is not always a result', async () => {
  await notifier().tell({ subject: 'orders: run-1 stands still', text: 'Go on with it.' });
  expect(sent()).toEqual([['orders: run-1 stands still', 'Go on with it.', {}]]);
});

test('without a topic nobody is told, and nothing is called', async () => {
  const silent = new SnsNotifier({ client, region: REGION, clock: { now: () => 0, wait: () => Promise.resolve() } });
  await silent.tell({ subject: 'orders', text: 'It is done.' });
  expect(cloud.calls).toEqual([]);
});

test.each([
  [' orders – 東京\nDONE', 'orders ? ???DONE'],
  ['x'.repeat(101), `${'x'.repeat(97)}...`],
  ['x'.repeat(100), 'x'.repeat(100)],
  ['\u{1F600}', '?'],
  [' ', 'db-understudy'],
])('a subject that SNS refuses is changed: %j', async (subject, expected) => {
  await notifier().tell({ subject, text: 'so' });
  expect(sent()).toEqual([[expected, 'so', {}]]);
});

test('a result that does not fit is left out, a text is cut, and an empty one is none', async () => {
  const large = { ...RESULT, next: ['x'.repeat(255 * 1024 - 800)] };
  await notifier().tell({ subject: 'a', text: 'so', result: large });
  await notifier().tell({ subject: 'a', text: 'x'.repeat(1000), result: large });
  await notifier().tell({ subject: 'a', text: `${'x'.repeat(255 * 1024 - 4)}東東` });
  await notifier().tell({ subject: 'a', text: '' });
  const [first, second, third, fourth] = sent();
  expect(first?.[2]).toEqual({ runId: 'run-1', outcome: 'DONE', result: JSON.stringify(large) });
  expect(second?.[2]).toEqual({ runId: 'run-1', outcome: 'DONE' });
  expect(third?.[1]).toBe(`${'x'.repeat(255 * 1024 - 4)}...`);
  expect(fourth?.[1]).toBe('(no text)');
});

const LOST: Mishap = { kind: 'timeout', effect: 'after', seconds: 1 };

test('telling twice is better than not at all', async () => {
  cloud.inject({ mishap: LOST });
  await notifier().tell({ subject: 'a', text: 'b' });
  expect(sent()).toHaveLength(2);
});

const REQUEST = 'request 00000000-0000-4000-8000-00000000000';

test.each<readonly [string, Mishap, readonly [string, string, string]]>([
  [
    'throttled',
    { kind: 'throttle' },
    [
      ...(['aws-throttled', 'retryable'] as const),
      `was throttled: it had no effect, and may be made again (Throttling: Rate exceeded; HTTP 400, ${REQUEST}5)`,
    ],
  ],
  [
    'lost',
    LOST,
    [
      ...(['aws-unclear', 'unknown'] as const),
      'was not answered as it should be: it may have had its effect (ECONNRESET: read ECONNRESET)',
    ],
  ],
  [
    'denied',
    { kind: 'access-denied' },
    [
      ...(['aws-denied', 'refused'] as const),
      'was denied: it had no effect; allow sns:Publish to the credentials that were used, or use others ' +
        '(AuthorizationErrorException: User: arn:aws:iam::123456789012:user/operator is not authorized to perform: ' +
        `SNS:Publish on resource: ${TOPIC} because no identity-based policy allows the SNS:Publish action; ` +
        `HTTP 403, ${REQUEST}1)`,
    ],
  ],
])('that nobody could be told is told: %s', async (_, mishap, [code, family, words]) => {
  cloud.inject({ mishap, times: 5 });
  const end = await endOf(notifier().tell({ subject: 'a', text: 'b' }));
  expect(end).toEqual({ code, family, message: `sns:Publish of ${TOPIC} in ${REGION} ${words}` });
});

test('a topic that is not there is refused', async () => {
  const end = await endOf(notifier(`${TOPIC}-x`).tell({ subject: 'a', text: 'b' }));
  expect(end).toEqual({
    ...{ code: 'aws-refused', family: 'refused' },
    message:
      `sns:Publish of ${TOPIC}-x in ${REGION} was refused: it had no effect, and would be refused again ` +
      '(NotFoundException: Topic does not exist; HTTP 404, request 00000000-0000-4000-8000-000000000001)',
  });
});
