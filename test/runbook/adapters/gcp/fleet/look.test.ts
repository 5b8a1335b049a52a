import { cloudSql, withDr } from '../../../../_helpers/sample-cloud-sql';
import { googleStage, PLAIN, type GoogleStage } from '../_helpers/google-stage';

let stage: GoogleStage;
beforeEach(async () => {
  stage = await googleStage();
  stage.time.advance(1200);
});
afterEach(() => stage.end());

const look = () => stage.fleet.look(stage.topology);

test('everybody as Cloud SQL has them, with the lag of an hour that is visible by now', async () => {
  const { members, obstacles } = await look();
  expect(obstacles).toEqual([]);
  expect(members).toMatchObject([
    { id: 'ada', controlPlane: 'reachable', status: 'RUNNABLE', isReady: true, replication: 'none', samples: [] },
    {
      ...{ id: 'bab', controlPlane: 'reachable', status: 'RUNNABLE', isReady: true, replication: 'running' },
      address: { host: '10.0.0.2', port: 5432 },
    },
  ]);
  const samples = members[1]?.samples ?? [];
  expect(samples.length).toBeGreaterThan(10);
  expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).toSorted((a, b) => a - b));
  // What was measured less than 165 s ago nobody can see yet.
  const age = stage.clock.now() - (samples.at(-1)?.at ?? 0);
  expect(age).toBeGreaterThanOrEqual(165);
  expect(age).toBeLessThan(165 + 60);
});

test('a negative lag says that it does not replicate, and is no lag', async () => {
  stage.google.lag.set('orders-bab', -1);
  stage.time.advance(300);
  const { members } = await look();
  expect(members[1]).toMatchObject({ replication: 'stopped' });
  expect(members[1]?.samples.at(-1)).toMatchObject({ lag: null });
});

test('who was stopped has stopped once Cloud SQL is done with it, and not before', async () => {
  stage.google.sql.get('orders-ada');
  const stop = await stage.fleet.fence(stage.topology).next([]);
  if (stop.kind !== 'do') throw new Error(stop.kind);
  await stop.call();
  const during = await look();
  expect(during.members[0]).toMatchObject({ status: 'STOPPED', isReady: false });
  expect(during.members[0]?.stoppedAt).toBeUndefined();
  stage.time.advance(60);
  expect((await look()).members[0]).toMatchObject({ status: 'STOPPED', stoppedAt: stage.clock.now() });
});

test('a region that is silent is unreachable, and the others are seen', async () => {
  stage.google.cut('europe-west1');
  expect((await look()).members).toMatchObject([
    { id: 'ada', controlPlane: 'unreachable', replication: 'unknown' },
    { id: 'bab', controlPlane: 'reachable' },
  ]);
});

test('who is gone takes no writes; what may not be seen is told', async () => {
  stage.google.inject({ action: 'instances.get', resource: 'orders-bab', mishap: { kind: 'access-denied' } });
  const gone = {
    ...stage.topology,
    members: stage.topology.members.map((member) => ({
      ...member,
      gcp: { ...member.gcp, flags: {}, network: {}, name: member.id === 'ada' ? 'nobody' : 'orders-bab' },
    })),
  };
  const { members, obstacles } = await stage.fleet.look(gone);
  expect(members).toMatchObject([
    { id: 'ada', controlPlane: 'reachable', status: 'not there', stoppedAt: stage.clock.now() },
    { id: 'bab', controlPlane: 'unknown' },
  ]);
  expect(obstacles).toMatchObject([
    { id: 'instance-missing', problem: 'Cloud SQL has no nobody', fix: 'declare the name that ada has, or retire it' },
    { id: 'instance-denied', fix: 'allow cloudsql.instances.get, or nobody knows how it is' },
  ]);
});

test('metrics that may not be read, or tell nothing, are told', async () => {
  stage.google.inject({ service: 'monitoring', mishap: { kind: 'access-denied' } });
  expect((await look()).obstacles).toMatchObject([{ id: 'lag-unreadable', severity: 'warn' }]);
  const young = await googleStage();
  try {
    expect((await young.fleet.look(young.topology)).obstacles).toMatchObject([
      { id: 'lag-silent', problem: 'Cloud Monitoring tells no lag of orders-bab for 285 s' },
    ]);
  } finally {
    await young.end();
  }
});

test('a DR replica that is not designated is told', async () => {
  const plain = await googleStage({ instances: PLAIN.map((seed) => ({ ...seed, edition: 'ENTERPRISE_PLUS' })) });
  plain.time.advance(1200);
  try {
    expect((await plain.fleet.look(plain.topology)).obstacles).toMatchObject([
      {
        ...{ id: 'dr-replica-undesignated', severity: 'warn' },
        problem:
          'orders-bab is declared as the DR replica and is not designated yet: Cloud SQL would promote it, and leave its primary one as well',
      },
    ]);
    expect(plain.topology).toMatchObject({ gcp: { drReplica: 'bab' } });
  } finally {
    await plain.end();
  }
});

test('a replica that is smaller than the primary is told', async () => {
  stage.google.sql.get('orders-bab').settings['tier'] = 'db-perf-optimized-N-2';
  expect((await look()).obstacles).toMatchObject([
    {
      id: 'replica-smaller',
      problem: 'orders-bab is smaller than the primary (db-perf-optimized-N-2, and db-perf-optimized-N-8)',
    },
  ]);
  expect(withDr(cloudSql()).gcp?.drReplica).toBe('bab');
});
