import { playedOnCloudSql, sqlSeedsOf } from '../../../../lib/rehearsal/stage/cloud-sql/cloud-sql-seeds';
import { define } from '../../../../lib/topology';
import { cloudSql, enterprise, pool, switchedOver, withDr } from '../../../_helpers/sample-cloud-sql';

test('a designated pair, as Cloud SQL has it', () => {
  expect(sqlSeedsOf(define(withDr(cloudSql())))).toEqual([
    {
      ...{ name: 'orders-ada', region: 'europe-west1', databaseVersion: 'POSTGRES_17' },
      ...{ edition: 'ENTERPRISE_PLUS', availabilityType: 'REGIONAL', tier: 'db-perf-optimized-N-8' },
      ...{ drReplica: 'orders-bab', isPool: false },
      ipConfiguration: {
        ...{ ipv4Enabled: false, authorizedNetworks: [] },
        privateNetwork: 'projects/acme-prod/global/networks/main',
      },
    },
    expect.objectContaining({ name: 'orders-bab', follows: 'orders-ada' }),
  ]);
});

test('after a switchover the old primary follows, and comes after whom it follows', () => {
  const seeds = sqlSeedsOf(define(switchedOver(cloudSql())));
  expect(seeds.map(({ name, follows, drReplica }) => [name, follows, drReplica])).toEqual([
    ['orders-bab', undefined, 'orders-ada'],
    ['orders-ada', 'orders-bab', undefined],
  ]);
});

test('Enterprise, a pool, a public address', () => {
  const plain = enterprise();
  const input = cloudSql('postgres', { network: { publicIp: true, pscProjects: ['shop'] } });
  const seeds = sqlSeedsOf(define({ ...input, members: { ...input.members, cyd: pool() } }));
  expect(sqlSeedsOf(define(plain)).map(({ edition }) => edition)).toEqual(['ENTERPRISE', 'ENTERPRISE']);
  expect(seeds.map(({ isPool }) => isPool)).toEqual([false, false, true]);
  expect(seeds[0]?.ipConfiguration).toEqual({
    ...{ ipv4Enabled: true, authorizedNetworks: [{ value: '0.0.0.0/0' }] },
    pscConfig: { pscEnabled: true, allowedConsumerProjects: ['shop'] },
  });
});

test('to the API MySQL stays MySQL; on another engine it is that one', () => {
  const [mysql, postgres] = [define(cloudSql('mysql')), define(cloudSql())];
  expect(playedOnCloudSql(mysql, 'mariadb')).toBe(mysql);
  expect(playedOnCloudSql(postgres, 'postgres')).toBe(postgres);
  expect(playedOnCloudSql(mysql, 'postgres').engine).toEqual({ name: 'postgres', version: '17' });
  expect(playedOnCloudSql(postgres, 'mariadb').engine).toEqual({ name: 'mysql', version: '8.4' });
});
