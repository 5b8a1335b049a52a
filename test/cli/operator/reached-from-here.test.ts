import { reachedFromHere } from '../../../lib/cli/operator/reached-from-here';
import type { MemberHistory } from '../../../lib/runbook/execution/ports';

test('that a database answered another network counts for nothing here, and what answered here for nobody else', async () => {
  const kept: MemberHistory[] = [
    { id: 'ada', lastSeenAlive: 5, lastReached: 4 },
    { id: 'bab', lastReached: 3 },
  ];
  const written: (readonly MemberHistory[])[] = [];
  const history = reachedFromHere({
    read: () => Promise.resolve(kept),
    record: (members) => Promise.resolve(void written.push(members)),
  });
  expect(await history.read()).toStrictEqual([{ id: 'ada', lastSeenAlive: 5 }, { id: 'bab' }]);
  await history.record([{ id: 'ada', lastSeenAlive: 9, lastReached: 9 }, { id: 'bab' }]);
  expect(written).toStrictEqual([[{ id: 'ada', lastSeenAlive: 9 }, { id: 'bab' }]]);
  expect(await history.read()).toStrictEqual([{ id: 'ada', lastSeenAlive: 5, lastReached: 9 }, { id: 'bab' }]);
});
