import { moveOfRun } from '../../../lib/runbook/decision';
import { define, type TopologyInput } from '../../../lib/topology';
import { cloudSql, enterprise, withDr, withMemberGcp } from '../../_helpers/sample-cloud-sql';
import { sample } from '../../_helpers/sample-topology';

test.each<[string, TopologyInput, 'switchover' | 'failover', string]>([
  ['a designated pair, on purpose', withDr(cloudSql()), 'switchover', 'handover'],
  ['a designated pair, of which one is lost', withDr(cloudSql()), 'failover', 'stepwise'],
  ['Enterprise Plus without a pair', cloudSql(), 'switchover', 'stepwise'],
  ['Enterprise', enterprise(), 'switchover', 'stepwise'],
  [
    'SQL Server, to a replica that can have replicas',
    withMemberGcp(cloudSql('sqlserver'), 'bab', { cascadable: true }),
    ...(['switchover', 'handover'] as const),
  ],
  ['SQL Server, to another', cloudSql('sqlserver'), 'switchover', 'stepwise'],
  ['instances on AWS', sample(), 'switchover', 'stepwise'],
])('%s', (_, topology, kind, move) => {
  expect(moveOfRun(define(topology), kind, 'bab')).toBe(move);
});

test('to another than the designated one it is stepwise', () => {
  expect(moveOfRun(define(withDr(cloudSql())), 'switchover', 'cyd')).toBe('stepwise');
});
