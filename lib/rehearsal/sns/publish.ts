import { ApiRefusal } from '../api-refusal';
import type { QueryParameters } from '../wire/query-parameters';
import type { QueryAction } from '../wire/query-service';
import type { Topics } from './topics';

/** Bytes of a message. */
const LONGEST = 262_144;

const invalid = (what: string): ApiRefusal => new ApiRefusal('InvalidParameter', `Invalid parameter: ${what}`);

/** Publishes a message to a topic. */
export const publish = (topics: Topics): QueryAction => ({
  mutating: true,
  accepts: ['TopicArn', 'Message', 'Subject', 'MessageAttributes'],
  perform({ region, caller, parameters }) {
    const topicArn = parameters.text('TopicArn');
    if (topicArn === undefined) throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
    const message = parameters.text('Message');
    if (message === undefined) throw invalid('Empty message');
    if (Buffer.byteLength(message) > LONGEST) throw invalid('Message too long');
    const subject = parameters.text('Subject');
    if (subject !== undefined && !isSubject(subject)) throw invalid('Subject');
    const attributes = attributesIn(parameters);
    const { id } = topics.publish(region, { topicArn, caller, subject, message, attributes });
    return { MessageId: id };
  },
});

/** Up to 100 characters of ASCII on one line, the first of which is no space. */
const isSubject = (subject: string): boolean => /^[!-~][ -~]{0,99}$/.test(subject);

function attributesIn(parameters: QueryParameters): Readonly<Record<string, string>> {
  const entries = parameters.structures('MessageAttributes', 'entry').map((entry) => {
    const name = entry.required('Name');
    const value = entry.text('Value.StringValue');
    if (value === undefined)
      throw invalid(`The message attribute '${name}' must contain non-empty message attribute value.`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}
