import { runbookNames } from '../../../lib/aws/runbook-names';
import { functionName } from '../../../lib/cli/operator/function-name';

describe('the functions have the names that the construct gives them', () => {
  test.each(['orders', 'a', 'x'.repeat(44), 'x'.repeat(45), 'x'.repeat(47), 'x'.repeat(48), 'y'.repeat(50)])(
    '%s',
    (topology) => {
      const { plan, promote } = runbookNames(topology);
      expect([functionName(topology, 'plan'), functionName(topology, 'status')]).toStrictEqual([plan, plan]);
      const changing = (['switchover', 'failover', 'abort', 'unfence'] as const).map((mode) =>
        functionName(topology, mode),
      );
      expect(changing).toStrictEqual([promote, promote, promote, promote]);
    },
  );
});

test('the usual one', () => {
  expect(functionName('orders', 'failover')).toBe('understudy-orders-promote');
});
