import { PublishCommand, SNSClient, type PublishCommandInput } from '@aws-sdk/client-sns';
import { EmbeddedCloud } from '../../../lib/rehearsal';
import { ABROAD, HOME, refusalOf, setUp, tearDown, thrownBy, type Stage } from '../_helpers/stage';

afterEach(tearDown);

const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const TOPIC = { region: HOME, name: 'alerts' };

const open = (): Promise<Stage> => setUp({ instances: [], topics: [TOPIC] });
const publish = ({ connect }: Stage, input: Partial<PublishCommandInput> = {}, region = HOME) =>
  connect(SNSClient, region).send(new PublishCommand({ TopicArn, Message: 'hello', ...input }));

test('what is published can be read', async () => {
  const stage = await open();
  const { MessageId } = await publish(stage, {
    ...{ Subject: 'Promotion', Message: 'done & <well> \u2713\n' },
    MessageAttributes: { outcome: { DataType: 'String', StringValue: 'promoted' } },
  });
  await publish(stage);
  const common = { at: stage.clock.now(), topicArn: TopicArn, caller: 'operator' };
  expect(stage.cloud.topics.messages(HOME, 'alerts')).toEqual([
    {
      ...common,
      ...{
        id: MessageId,
        subject: 'Promotion',
        message: 'done & <well> \u2713\n',
        attributes: { outcome: 'promoted' },
      },
    },
    { ...common, id: '00000000-0000-4000-a000-000000000002', subject: undefined, message: 'hello', attributes: {} },
  ]);
  expect(stage.cloud.topics.messages(ABROAD, 'alerts')).toEqual([]);
});

test.each<[string, Partial<PublishCommandInput>, string, readonly [string, string, number]]>([
  [
    'a topic that is not there',
    { TopicArn: `${TopicArn}-x` },
    HOME,
    ['NotFoundException', 'Topic does not exist', 404],
  ],
  ['a topic of another Region', {}, ABROAD, ['InvalidParameterException', 'Invalid parameter: TopicArn', 400]],
  ['an empty message', { Message: '' }, HOME, ['InvalidParameterException', 'Invalid parameter: Empty message', 400]],
  [
    'a message that is too long',
    { Message: '\u20ac'.repeat(87_382) },
    HOME,
    ['InvalidParameterException', 'Invalid parameter: Message too long', 400],
  ],
  [
    'a subject of two lines',
    { Subject: 'a\nb' },
    HOME,
    ['InvalidParameterException', 'Invalid parameter: Subject', 400],
  ],
  [
    'no topic',
    { TopicArn: undefined },
    HOME,
    [
      'InvalidParameterException',
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
      400,
    ],
  ],
  [
    'bytes as an attribute',
    { MessageAttributes: { a: { DataType: 'Binary', BinaryValue: new Uint8Array([1]) } } },
    HOME,
    [
      'InvalidParameterException',
      "Invalid parameter: The message attribute 'a' must contain non-empty message attribute value.",
      400,
    ],
  ],
  [
    'a phone',
    { TopicArn: undefined, PhoneNumber: '+1' },
    HOME,
    ['NotImplemented', 'The embedded cloud does not play PhoneNumber of Publish.', 501],
  ],
])('%s: refused', async (_, input, region, expected) => {
  const stage = await open();
  expect(await refusalOf(publish(stage, input, region))).toEqual(expected);
  expect(stage.cloud.topics.messages(HOME, 'alerts')).toEqual([]);
});

test('a topic is seeded once', () => {
  expect(thrownBy(() => new EmbeddedCloud({ topics: [TOPIC, TOPIC] }))).toEqual([
    'seed-refused',
    'the topic alerts is twice in eu-west-1; allowed is once; rename one',
  ]);
});
