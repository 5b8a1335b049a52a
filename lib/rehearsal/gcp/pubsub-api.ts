import { noSuchMethod, type GoogleApi } from './google-service';

/** What was published, as the text that it was. */
export interface PublishedMessage {
  readonly topic: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Publishing {
  readonly messages: readonly { readonly data: string; readonly attributes?: Readonly<Record<string, string>> }[];
}

export function pubsubApi(published: PublishedMessage[]): GoogleApi {
  return {
    name: 'pubsub',
    read: (request) => {
      const [, topic] = /^\/v1\/(projects\/[^/]+\/topics\/[^/:]+):publish$/.exec(request.path) ?? [];
      if (topic === undefined || request.verb !== 'POST') throw noSuchMethod(request);
      const perform = (): unknown => {
        const { messages } = request.body as Publishing;
        for (const { data, attributes = {} } of messages) {
          published.push({ topic, text: Buffer.from(data, 'base64').toString('utf8'), attributes });
        }
        return { messageIds: messages.map((_, index) => String(published.length + index)) };
      };
      return { action: 'topics.publish', resource: topic, isMutating: true, perform };
    },
  };
}
