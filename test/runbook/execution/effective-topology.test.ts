import { effectiveTopology } from '../../../lib/runbook/execution/effective-topology';
import { ORDERS } from './_world/scenes';

test('what was never promoted is as the program says', () => {
  expect(effectiveTopology(ORDERS, {})).toBe(ORDERS);
});

test('a promotion that the program does not know counts', () => {
  const { primary, members } = effectiveTopology(ORDERS, { primary: 'bab', declared: 'ada' });
  expect({ primary, retired: members.filter(({ retired }) => retired).map(({ id }) => id) }).toStrictEqual({
    ...{ primary: 'bab', retired: ['ada', 'cyd'] },
  });
});

test('once the program says the same, it counts', () => {
  const after = { ...ORDERS, primary: 'bab' };
  expect(effectiveTopology(after, { primary: 'bab', declared: 'ada' })).toBe(after);
});

test('once the program says something else than at the last promotion, it counts', () => {
  const after = { ...ORDERS, primary: 'cyd' };
  expect(effectiveTopology(after, { primary: 'bab', declared: 'ada' })).toBe(after);
});

test.each([
  ['is not declared', ORDERS.members.filter(({ id }) => id !== 'bab')],
  ['is retired', ORDERS.members.map((each) => (each.id === 'bab' ? { ...each, retired: 'kept' as const } : each))],
])('refused: who was promoted last %s', (_, members) => {
  expect(() => effectiveTopology({ ...ORDERS, members }, { primary: 'bab', declared: 'ada' })).toThrow(
    'bab was promoted last, and orders declares ada as the primary and has no active member bab; allowed: a program that knows it; fix: declare bab, and primary: bab, and deploy',
  );
});
