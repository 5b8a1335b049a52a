import { lateBy } from '../../../lib/rehearsal/judge/last-words';

test('nothing makes followers late that no act delays', () => {
  expect(lateBy([], 30)).toBe(0);
  expect(lateBy([{ at: '0s', do: 'kill', member: 'the primary' }], 30)).toBe(0);
});

test('a replay that is delayed comes so much later, on the clock of the machine', () => {
  expect(lateBy([{ at: '0s', do: 'delay-replay', member: 'every replica', by: '90s' }], 15)).toBe(6000);
});

test('over a slow link each answer comes late that a follower waits for before it streams', () => {
  expect(lateBy([{ at: '0s', do: 'slow-link', member: 'every replica', by: '15s' }], 25)).toBe(7200);
});

test('of several acts the worst counts', () => {
  const acts = [
    { at: '0s', do: 'delay-replay', member: 'a', by: '2m' },
    { at: '5s', do: 'slow-link', member: 'b', by: '1s' },
    { at: '9s', do: 'delay-replay', member: 'a', by: '0s' },
  ] as const;
  expect(lateBy(acts, 1)).toBe(120_000);
});
