import { UnderstudyError } from '../../topology';
import { ApiRefusal } from '../api-refusal';
import type { Clock } from '../clock';

/** A topic that is there from the start. */
export interface TopicSeed {
  readonly region: string;
  readonly name: string;
}

/** A message that a topic took. */
export interface PublishedMessage {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly topicArn: string;
  /** The access key that published it. */
  readonly caller: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** Those that are texts or numbers. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface TopicsOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly topics?: readonly TopicSeed[];
}

const ARN = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[A-Za-z0-9_-]+$/;

/** The topics of all Regions, and what was published to them. Nobody is subscribed. */
export class Topics {
  readonly #clock: Clock;
  readonly #account: string;
  readonly #messages = new Map<string, readonly PublishedMessage[]>();
  #published = 0;

  constructor({ clock, account, topics = [] }: TopicsOptions) {
    this.#clock = clock;
    this.#account = account;
    for (const { region, name } of topics) {
      if (this.#messages.has(this.arnOf(region, name))) {
        throw new UnderstudyError(
          'seed-refused',
          `the topic ${name} is twice in ${region}; allowed is once; rename one`,
        );
      }
      this.#messages.set(this.arnOf(region, name), []);
    }
  }

  arnOf(region: string, name: string): string {
    return `arn:aws:sns:${region}:${this.#account}:${name}`;
  }

  /** What was published to a topic, in order; nothing, if it is not there. */
  messages(region: string, name: string): readonly PublishedMessage[] {
    return this.#messages.get(this.arnOf(region, name)) ?? [];
  }

  /** @throws ApiRefusal where there is no such topic in the Region that is called */
  publish(region: string, published: Omit<PublishedMessage, 'id' | 'at'>): PublishedMessage {
    const { topicArn } = published;
    const [, home] = ARN.exec(topicArn) ?? [];
    if (home !== region) throw new ApiRefusal('InvalidParameter', 'Invalid parameter: TopicArn');
    const before = this.#messages.get(topicArn);
    if (!before) throw new ApiRefusal('NotFound', 'Topic does not exist', 404);
    this.#published += 1;
    const id = `00000000-0000-4000-a000-${String(this.#published).padStart(12, '0')}`;
    const message = { ...published, id, at: this.#clock.now() };
    this.#messages.set(topicArn, [...before, message]);
    return message;
  }
}
