import { PublishCommand, type MessageAttributeValue, type SNSClient } from '@aws-sdk/client-sns';
import type { RunbookResult } from '../../../contract';
import type { Notice, Notifier } from '../../../execution/ports';
import { boundedCall } from '../bounded-call';
import { repeatSafely, type Patience } from '../repeat-safely';

export interface SnsNotifierOptions extends Patience {
  /** One that never repeats by itself: `clientSettings('change')`, in the Region of the topic. */
  readonly client: SNSClient;
  readonly region: string;
  /** ARN of the topic. @default nobody is told */
  readonly topic?: string;
}

/** SNS takes 256 KB, attributes with their names and types included; some is left for those. */
const LONGEST = 255 * 1024;

/**
 * Tells the subscribers of an SNS topic.
 *
 * The text is for people; the result comes with it for programs, as the message attribute `result` (JSON), with `runId` and
 * `outcome` beside it to filter by. A result that would not fit is left out, and a text is cut. Without a topic nobody is told,
 * and that is no error: who wants none has said so in the settings.
 */
export class SnsNotifier implements Notifier {
  readonly #options: SnsNotifierOptions;

  constructor(options: SnsNotifierOptions) {
    this.#options = options;
  }

  async tell(notice: Notice): Promise<void> {
    const { client, region, topic } = this.#options;
    if (topic === undefined) return;
    const Message = cut(notice.text, LONGEST);
    const MessageAttributes = attributesOf(notice.result, LONGEST - Buffer.byteLength(Message));
    await repeatSafely(this.#options, () =>
      boundedCall({ service: 'sns', action: 'Publish', region, resource: topic }, (options) =>
        client.send(
          new PublishCommand({ TopicArn: topic, Subject: subjectOf(notice.subject), Message, MessageAttributes }),
          options,
        ),
      ),
    );
  }
}

function attributesOf(result: RunbookResult | undefined, room: number): Record<string, MessageAttributeValue> {
  if (result === undefined) return {};
  const { runId, outcome } = result;
  const whole = JSON.stringify(result);
  const small = { runId: text(runId), outcome: text(outcome) };
  return Buffer.byteLength(whole) + 300 > room ? small : { ...small, result: text(whole) };
}

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });

/** SNS refuses what is not ASCII, begins with a space or is longer: it is better told with a subject that is changed than not. */
function subjectOf(subject: string): string {
  const ascii = subject.replace(/[^\x20-\x7e]/gu, '?').trim();
  return (ascii.length > 100 ? `${ascii.slice(0, 97)}...` : ascii) || 'db-understudy';
}

/** Its beginning, of so many bytes; a character is never halved. */
function cut(message: string, bytes: number): string {
  if (message === '') return '(no text)';
  if (Buffer.byteLength(message) <= bytes) return message;
  return `${Buffer.from(message)
    .subarray(0, bytes - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/u, '')}...`;
}
