import { fenceIn, isRepointed } from '../../../../../lib/runbook/adapters/aws/aurora/cluster-events';

const PARIS = { identifier: 'orders-paris', region: 'eu-west-3' };

const told = (verdict: string, cluster = 'orders-paris', region = 'eu-west-3'): { Message: string } => ({
  Message: `Attempt to block writes for DB cluster ${cluster} in Region ${region} ${verdict}.`,
});

const PROVEN = {
  outcome: 'proven',
  reason: 'Aurora has blocked the writes of orders-paris in eu-west-3 in its storage (RDS-EVENT-0390)',
};
const ATTEMPTED = {
  outcome: 'attempted',
  reason: 'Aurora could not block the writes of orders-paris in eu-west-3 in time (RDS-EVENT-0391)',
};

test.each([
  ['0390', [told('succeeded')], PROVEN],
  ['0391', [told('timed out')], ATTEMPTED],
  // What came through after it timed out proves nothing of the time between.
  ['0391 and 0390', [told('timed out'), told('succeeded')], ATTEMPTED],
  ['0390 of another cluster', [told('succeeded', 'billing-paris')], undefined],
  ['0390 of a cluster of that name elsewhere', [told('succeeded', 'orders-paris', 'eu-west-1')], undefined],
  ['another sentence', [{ Message: 'DB instance restarted' }, {}], undefined],
  ['nothing', [], undefined],
])('a fence by %s', (_, events, fence) => {
  expect(fenceIn(events, PARIS)).toStrictEqual(fence);
});

test('the endpoint leads to the new primary when Aurora says so', () => {
  const Message = 'Aurora finished changing the DNS name that the global writer endpoint resolves to.';
  expect(isRepointed([{}, { Message }])).toBe(true);
  expect(isRepointed([told('succeeded')])).toBe(false);
});
