import { unplayable } from '../../../lib/rehearsal/stage/unplayable';
import { define, type TopologyInput } from '../../../lib/topology';
import { alone, cloudSql } from '../../_helpers/sample-cloud-sql';
import { sampleCluster, sampleGlobal, sampleMultiAz, sampleReplicaCluster } from '../../_helpers/sample-cluster';
import { TOPOLOGY } from '../report/_helpers/rehearsed';

const input = (more: Partial<TopologyInput>): TopologyInput => ({
  ...{ name: 'shop', engine: { name: 'postgres', version: '17.6' }, primary: 'ada', objectives: { lag: '30s' } },
  ...{ heartbeat: '10s', members: { ada: { region: 'us-east-1', size: 'db.m7g.large', storage: { gib: 100 } } } },
  ...more,
});

const sentenceOf = (...given: Parameters<typeof unplayable>): string | undefined => {
  const why = unplayable(...given);
  return why && `${why.problem}; allowed: ${why.allowed}; ${why.fix}`;
};

test('PostgreSQL, MySQL and MariaDB with a replica are played', () => {
  const engines = ['postgres', 'mysql', 'mariadb'] as const;
  expect(engines.map((name) => sentenceOf({ ...TOPOLOGY, engine: { name } }))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('nobody to promote', () => {
  expect(sentenceOf(define(input({})))).toBe(
    'no replica may be promoted; allowed: at least one replica with a promotion priority; give one to a replica',
  );
});

test('an engine of which there are no servers is played on PostgreSQL, when that is wished for', () => {
  const topology = { ...TOPOLOGY, engine: { name: 'oracle' } } as const;
  expect(sentenceOf(topology)).toBe(
    'there are no servers of Oracle Database to play on; allowed: PostgreSQL, MySQL and MariaDB; of other engines who follows whom, on PostgreSQL; add --engine postgres',
  );
  expect(sentenceOf(topology, 'postgres')).toBeUndefined();
});

test('PostgreSQL and MySQL on Google Cloud are played', () => {
  expect([cloudSql(), cloudSql('mysql')].map((each) => sentenceOf(define(each)))).toEqual([undefined, undefined]);
  expect(sentenceOf(define(alone(cloudSql())))).toBe(
    'no replica may be promoted; allowed: at least one replica with a promotion priority; give one to a replica',
  );
});

test.each([undefined, 'postgres'] as const)('SQL Server on Google Cloud, with the engine %s', (engine) => {
  expect(sentenceOf(define(cloudSql('sqlserver')), engine)).toBe(
    'orders is for SQL Server on Cloud SQL, of which there are no servers to play on; allowed: on Google Cloud, PostgreSQL and MySQL; rehearse a topology of one of those',
  );
});

test('clusters of Aurora that are alone or in a global database are played, on PostgreSQL', () => {
  const played = [sampleCluster(), sampleGlobal(), sampleGlobal('aurora-mysql')].map((each) => define(each));
  expect(played.map((each) => sentenceOf(each))).toEqual([undefined, undefined, undefined]);
  expect(played.slice(0, 1).map((each) => sentenceOf(each, 'mariadb'))).toEqual([
    'clusters of Aurora are not played on MariaDB; allowed: PostgreSQL, for Aurora MySQL too; take --engine away',
  ]);
});

test('a Multi-AZ DB cluster, and clusters that follow by binary log', () => {
  expect([sampleMultiAz(), sampleReplicaCluster()].map((each) => sentenceOf(define(each)))).toEqual([
    'orders is a Multi-AZ DB cluster, which is not played; allowed: DB instances, and clusters of Aurora; rehearse one of those',
    'the clusters of orders follow each other by binary log, which is not played; allowed: one cluster, or a global database; rehearse one of those',
  ]);
});

test('a cluster of one server', () => {
  const rest = sampleCluster();
  const alone = define({
    ...rest,
    members: { ada: { region: 'eu-west-1', size: 'db.r6g.large', instances: { a: {} } } },
  });
  expect(sentenceOf(alone)).toBe(
    'no replica may be promoted; allowed: at least one replica with a promotion priority; give one to a replica',
  );
});

test('a Region that is only known at deployment', () => {
  const members = TOPOLOGY.members.map((member) => (member.id === 'cyd' ? { ...member, region: undefined } : member));
  expect(sentenceOf({ ...TOPOLOGY, members })).toBe(
    'the Region of cyd is not known; allowed: members with a Region; declare the region of cyd',
  );
});
