import { FirestoreHistory } from '../../../../../lib/runbook/adapters/gcp';
import { googleStage, PROJECT, type GoogleStage } from '../_helpers/google-stage';

let stage: GoogleStage;
let history: FirestoreHistory;
beforeEach(async () => {
  stage = await googleStage();
  const { rest, clock } = stage;
  history = new FirestoreHistory({ rest, project: PROJECT, database: '(default)', topology: 'orders', clock });
});
afterEach(() => stage.end());

const address = { host: '10.0.0.1', port: 5432 };

test('what is newer is kept, of each of the two', async () => {
  expect(await history.read()).toEqual([]);
  await history.record([{ id: 'ada', lastSeenAlive: 100, address }, { id: 'bab' }]);
  await history.record([{ id: 'ada', lastSeenAlive: 90, lastReached: 95, address: { host: 'old', port: 1 } }]);
  expect(await history.read()).toEqual([{ id: 'ada', lastSeenAlive: 100, lastReached: 95, address }, { id: 'bab' }]);
});

test('what says nothing new is not written', async () => {
  await history.record([{ id: 'ada', lastSeenAlive: 100, address }]);
  const before = stage.google.mutations.length;
  await history.record([{ id: 'ada', lastSeenAlive: 80 }]);
  expect(stage.google.mutations).toHaveLength(before);
});

test('two watches at once lose nothing of each other', async () => {
  await Promise.all([
    history.record([{ id: 'ada', lastSeenAlive: 100 }]),
    history.record([{ id: 'ada', lastReached: 99 }]),
    history.record([{ id: 'ada', address }]),
  ]);
  expect(await history.read()).toEqual([{ id: 'ada', lastSeenAlive: 100, lastReached: 99, address }]);
});
