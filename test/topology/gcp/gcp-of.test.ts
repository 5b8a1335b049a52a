import { databaseVersion } from '../../../lib/topology';
import { normalise } from '../../../lib/topology/normalise';
import { isSmallerTier, parseTier } from '../../../lib/topology/gcp/tier';
import { withMember, withNew } from '../../_arbitraries/edits';
import { beside, cloudSql, withGcp, withMemberGcp } from '../../_helpers/sample-cloud-sql';

describe('what a topology for Google means', () => {
  it('has defaults that are safe', () => {
    expect(normalise(withGcp(cloudSql(), { project: undefined })).gcp).toMatchObject({
      edition: 'enterprise-plus',
      pointInTimeRecovery: true,
      connectorEnforcement: false,
      deletionProtection: true,
      alarmAfter: 300,
    });
  });

  it('gives a replica what the topology and its source have', () => {
    const input = withMemberGcp(withGcp(cloudSql(), { flags: { a: '1', b: '1' } }), 'bab', { flags: { b: '2' } });
    expect(normalise(input).members[1]).toMatchObject({
      size: 'db-perf-optimized-N-8',
      storage: { type: 'ssd', gib: undefined },
      retentionDays: 7,
      encrypted: true,
      aws: {},
      gcp: {
        name: 'orders-bab',
        edition: 'enterprise-plus',
        dataCache: true,
        flags: { a: '1', b: '2' },
        network: { privateNetwork: 'projects/acme-prod/global/networks/main' },
        sslMode: 'encrypted-only',
        deletionProtection: true,
      },
    });
  });

  it('writes binary logs where MySQL needs them', () => {
    const input = withNew(withNew(cloudSql('mysql'), 'cyd', beside('ada')), 'dot', beside('cyd'));
    expect(normalise(input).members.map(({ id, gcp }) => `${id} ${String(gcp?.binaryLog)}`)).toStrictEqual([
      'ada true',
      'bab true',
      'cyd true',
      'dot false',
    ]);
  });

  it('has no data cache by default where there is none', () => {
    expect(normalise(cloudSql('sqlserver')).members[0]?.gcp?.dataCache).toBe(false);
    expect(
      normalise(withMember(withGcp(cloudSql(), { edition: 'enterprise' }), 'ada', {})).members[0]?.gcp?.dataCache,
    ).toBe(false);
  });

  it('reads the times of a pool that follows the load', () => {
    const readPool = { autoscale: { min: 2, max: 5, cpu: 0.6, scaleInAfter: '10m', scaleOutAfter: '90s' } };
    const input = withNew(cloudSql(), 'reads', beside('ada', { gcp: { readPool } }));
    expect(normalise(input).members[2]?.gcp?.readPool).toStrictEqual({
      nodes: undefined,
      autoscale: { min: 2, max: 5, cpu: 0.6, scaleInAfter: 600, scaleOutAfter: 90 },
    });
  });
});

describe('databaseVersion', () => {
  it.each([
    [{ name: 'postgres', version: '17' }, 'POSTGRES_17'],
    [{ name: 'postgres', version: '9.6' }, 'POSTGRES_9_6'],
    [{ name: 'mysql', version: '8.0.42' }, 'MYSQL_8_0_42'],
    [{ name: 'sqlserver', version: '2022', edition: 'enterprise' }, 'SQLSERVER_2022_ENTERPRISE'],
  ] as const)('%j is %s', (engine, written) => {
    expect(databaseVersion(engine)).toBe(written);
  });
});

describe('parseTier', () => {
  it.each([
    ['db-f1-micro', { family: 'shared', edition: 'enterprise' }],
    ['db-custom-4-15360', { family: 'custom', vcpus: 4, memory: 15_360, edition: 'enterprise' }],
    ['db-custom-N4-4-15360', { family: 'custom', vcpus: 4, memory: 15_360, edition: 'enterprise' }],
    ['db-n1-highmem-8', { family: 'n1-highmem', vcpus: 8, edition: 'enterprise' }],
    ['db-perf-optimized-N-8', { family: 'perf-optimized-N', vcpus: 8, edition: 'enterprise-plus' }],
    ['db-c4a-highmem-4', { family: 'c4a-highmem', vcpus: 4, edition: 'enterprise-plus' }],
    ['db.r7g.large', undefined],
  ])('%s', (size, tier) => {
    expect(parseTier(size)).toStrictEqual(tier);
  });

  it.each([
    ['db-f1-micro', 'db-g1-small', true],
    ['db-g1-small', 'db-custom-1-3840', true],
    ['db-custom-4-7680', 'db-custom-4-15360', true],
    ['db-perf-optimized-N-8', 'db-custom-4-15360', false],
    ['db-perf-optimized-N-8', 'what', false],
  ])('%s is smaller than %s: %s', (size, than, expected) => {
    expect(isSmallerTier(size, than)).toBe(expected);
  });
});
