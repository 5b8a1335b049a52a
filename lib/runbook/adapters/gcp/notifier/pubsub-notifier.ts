import type { Notice, Notifier } from '../../../execution/ports';
import { repeatWhileBusy, type Patience } from '../repeat-while-busy';
import type { RestClient } from '../rest/rest-client';

export interface PubsubNotifierOptions extends Patience {
  readonly rest: RestClient;
  /** `projects/acme-prod/topics/orders-runbook`. @default nobody is told */
  readonly topic?: string;
}

/**
 * Tells the subscribers of a Pub/Sub topic: JSON with subject, text and result; `runId` and `outcome` are attributes to filter by.
 * Without a topic nobody is told, and that is no error: who wants none has said so in the settings.
 */
export class PubsubNotifier implements Notifier {
  readonly #options: PubsubNotifierOptions;

  constructor(options: PubsubNotifierOptions) {
    this.#options = options;
  }

  async tell({ subject, text, result }: Notice): Promise<void> {
    const { rest, topic } = this.#options;
    if (topic === undefined) return;
    const data = Buffer.from(JSON.stringify({ subject, text, ...(result && { result }) })).toString('base64');
    const attributes = result === undefined ? {} : { runId: result.runId, outcome: result.outcome };
    await repeatWhileBusy({ ...this.#options, attempts: 5 }, `${topic} is told`, async () => {
      await rest.call({
        ...{ method: 'pubsub.topics.publish', resource: topic, verb: 'POST', path: `/v1/${topic}:publish` },
        body: { messages: [{ data, attributes }] },
      });
      return { told: undefined };
    });
  }
}
