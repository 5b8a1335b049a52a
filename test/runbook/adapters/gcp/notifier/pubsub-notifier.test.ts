import { PubsubNotifier } from '../../../../../lib/runbook/adapters/gcp';
import type { RunbookResult } from '../../../../../lib/runbook/contract';
import { googleStage, type GoogleStage } from '../_helpers/google-stage';

const TOPIC = 'projects/acme-prod/topics/orders-runbook';

let stage: GoogleStage;
beforeEach(async () => {
  stage = await googleStage();
});
afterEach(() => stage.end());

const notifier = (topic?: string): PubsubNotifier => {
  const { rest, clock } = stage;
  return new PubsubNotifier({ rest, clock, random: () => 0, ...(topic === undefined ? {} : { topic }) });
};
const result: RunbookResult = {
  ...{ runId: 'run-1', outcome: 'DONE', phase: 'report' },
  ...{ next: [], findings: [], candidates: [], timings: [] },
};

test('people get the text, programs the result, with what to filter by', async () => {
  await notifier(TOPIC).tell({
    subject: 'orders: DONE',
    text: 'bäb is the primary',
    result,
  });
  const [message] = stage.google.published;
  expect(message).toMatchObject({ topic: TOPIC, attributes: { runId: 'run-1', outcome: 'DONE' } });
  expect(JSON.parse(message?.text ?? '')).toMatchObject({
    subject: 'orders: DONE',
    text: 'bäb is the primary',
    result: { runId: 'run-1' },
  });
});

test('a call that fails is made again: telling twice is better than not at all', async () => {
  stage.google.inject({ service: 'pubsub', mishap: { kind: 'reset', effect: 'after' } });
  await notifier(TOPIC).tell({ subject: 's', text: 't' });
  expect(stage.google.published).toHaveLength(2);
});

test('nobody could be told is told', async () => {
  stage.google.inject({ service: 'pubsub', mishap: { kind: 'access-denied' }, times: 9 });
  await expect(notifier(TOPIC).tell({ subject: 's', text: 't' })).rejects.toMatchObject({ code: 'google-denied' });
});

test('without a topic nobody is told', async () => {
  await notifier().tell({ subject: 's', text: 't' });
  expect(stage.google.calls).toEqual([]);
});
