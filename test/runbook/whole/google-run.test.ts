import type { EmbeddedGoogleOptions } from '../../../lib/rehearsal';
import { cloudSql, enterprise, withDr } from '../../_helpers/sample-cloud-sql';
import { PAIR, PLAIN } from '../adapters/gcp/_helpers/google-stage';
import { googleRun, type GoogleRun } from './_google/google-run';

jest.setTimeout(120_000);

let run: GoogleRun;
afterEach(() => run.close());

async function stage(kind: 'plain' | 'pair', options: EmbeddedGoogleOptions = {}): Promise<void> {
  const topology = kind === 'plain' ? enterprise() : withDr(cloudSql());
  run = await googleRun(
    { ...topology, objectives: { lag: '5m', dataLoss: '10m' } },
    { instances: kind === 'plain' ? PLAIN : PAIR, ...options },
  );
  await run.watched(10);
}

const changes = (): readonly string[] =>
  run.google.mutations
    .filter(({ method }) => !method.startsWith('firestore'))
    .map(({ method, resource, outcome }) => `${method} ${resource}${outcome === 'ok' ? '' : ` ${outcome}`}`);
const promotions = (): readonly string[] => changes().filter((change) => /promoteReplica|switchover/.test(change));
const address = (): unknown => JSON.parse(run.google.secrets.value('app'));
const record = (): readonly string[] => run.google.zones.records('shop-internal')[0]?.rrdatas ?? [];

function expectMoved(): void {
  expect(run.google.sql.get('orders-bab')).toMatchObject({
    ...{ instanceType: 'CLOUD_SQL_INSTANCE', state: 'RUNNABLE' },
    settings: { availabilityType: 'REGIONAL', deletionProtectionEnabled: true, backupConfiguration: { enabled: true } },
  });
  expect(record()).toEqual(['10.0.0.2']);
  expect(address()).toEqual({ username: 'shop', password: 'hunter2', host: '10.0.0.2', port: 5432 });
}

/** Never do two take writes at one look. */
function expectOneWriter(): void {
  run.databases.look();
  expect(run.databases.writers.filter((writers) => writers.length > 1)).toEqual([]);
}

test('a plan looks, and changes nothing', async () => {
  await stage('plain');
  const before = run.google.mutations.length;
  const plan = await run.ask({ mode: 'plan' });
  expect(plan).toMatchObject({ outcome: 'DONE', plan: { mode: 'switchover', primary: 'ada', target: 'bab' } });
  expect(run.google.mutations).toHaveLength(before);
});

test('planned, Enterprise: frozen, caught up, promoted; the old primary is kept, stopped', async () => {
  await stage('plain');
  expect(await run.carry('switchover')).toMatchObject({ outcome: 'DONE', fence: { outcome: 'proven' } });
  expectMoved();
  expectOneWriter();
  expect(promotions()).toEqual(['sqladmin.instances.promoteReplica orders-bab']);
  expect(run.google.sql.get('orders-ada').settings).toMatchObject({
    ...{ activationPolicy: 'NEVER', userLabels: { 'understudy-hold': expect.any(String) as string } },
  });
  expect(run.google.sql.get('orders-bab-2')).toMatchObject({ masterInstanceName: 'acme-prod:orders-bab' });
  expect(run.google.published.map(({ attributes }) => attributes)).toEqual([{ runId: 'R', outcome: 'DONE' }]);
});

test('what the program has to say of a primary that is left behind', async () => {
  await stage('plain');
  const { next } = await run.carry('switchover');
  expect(next.slice(0, 2)).toStrictEqual([
    'bab is the primary. Say so in the program before it is deployed again: primary: bab; retired: kept for ada; no gcp.transition.',
    'ada is kept, stopped. What only it has, if anything, is copied from there by hand; then it can be removed.',
  ]);
});

test('unplanned, Enterprise: a primary that died is stopped, which proves that nobody writes there', async () => {
  await stage('plain');
  run.databases.kill('orders-ada');
  run.time.advance(60);
  const result = await run.carry('failover', { acceptDataLoss: 2000 });
  expect(result).toMatchObject({ outcome: 'DONE', fence: { outcome: 'proven' } });
  expectMoved();
  expectOneWriter();
  expect(changes()[0]).toBe('sqladmin.instances.patch orders-ada');
});

test('unplanned, Enterprise Plus, with the region of the primary dead: the old one comes back as a replica later', async () => {
  await stage('pair');
  run.databases.kill('orders-ada');
  run.google.cut('europe-west1');
  run.time.advance(120);
  const consent = { acceptDataLoss: 3000, acceptSplitBrainRisk: { by: 'Ada', reason: 'the region is gone' } };
  const result = await run.carry('failover', { ...consent, override: ['primary-unknown'] });
  expect(result).toMatchObject({ outcome: 'DEGRADED', fence: { outcome: 'impossible', accepted: { by: 'Ada' } } });
  expect(promotions()).toEqual(['sqladmin.instances.promoteReplica orders-bab']);
  expect(run.google.sql.get('orders-bab')).toMatchObject({ drReplica: 'orders-ada' });
  expectMoved();
  expect(result.next.join(' ')).toContain('Cloud SQL makes orders-ada its replica by itself when that one runs again');
  expect(result.next.join(' ')).toContain('set primary: bab and gcp.drReplica: ada');
});

test('planned, Enterprise Plus: Cloud SQL hands over, and the old primary follows the new one', async () => {
  await stage('pair');
  const plan = await run.ask({ mode: 'plan' });
  expect(plan.plan).toMatchObject({
    ...{ mode: 'switchover', loss: 'nothing', irreversible: 'switch over to bab: ada follows it from then on' },
    fence: 'Cloud SQL stops the writes of ada, and waits until bab has them all',
  });
  const result = await run.carry('switchover');
  expect(result).toMatchObject({
    ...{ outcome: 'DONE' },
    fence: { outcome: 'proven', reason: "orders-ada follows orders-bab now, by Cloud SQL's own word" },
  });
  expect(changes()[0]).toBe('sqladmin.instances.switchover orders-bab');
  expect(run.google.sql.get('orders-ada')).toMatchObject({ masterInstanceName: 'acme-prod:orders-bab' });
  expect(run.google.sql.get('orders-ada').settings.userLabels).toBeUndefined();
  expectMoved();
  expectOneWriter();
  expect(result.next).toStrictEqual([
    'bab is the primary. In the program, set primary: bab and gcp.drReplica: ada, and take gcp.transition away; nobody is retired.',
    'Deploy it when Cloud SQL has made ada a replica of bab (gcloud sql instances describe says READ_REPLICA_INSTANCE), not before.',
    expect.stringMatching(
      /^Then `pulumi preview --refresh`: .* Without the refresh Pulumi plans from what it saw before the promotion/,
    ),
  ]);
});

test('a switchover that Cloud SQL gives up is told in its words; nobody was frozen, nobody is promoted', async () => {
  await stage('pair');
  run.google.inject({ action: 'instances.switchover', mishap: { kind: 'fails', status: 'TIMEOUT' } });
  const result = await run.carry('switchover');
  expect(result).toMatchObject({ outcome: 'NEEDS_OPERATOR', phase: 'confirm' });
  expect(result.next[0]).toContain('The switchover of orders-bab was begun, and Cloud SQL failed: TIMEOUT');
  expect(run.google.sql.get('orders-ada').instanceType).toBe('CLOUD_SQL_INSTANCE');
  expect(record()).toEqual(['10.0.0.1']);
});

test('a pair that is declared and not designated is not switched over, nor promoted instead', async () => {
  await stage('pair', { instances: PLAIN.map((seed) => ({ ...seed, edition: 'ENTERPRISE_PLUS' })) });
  const result = await run.carry('switchover');
  expect(result.outcome).toBe('ABORTED');
  expect(result.next[0]).toContain('orders-bab is to be switched over to, and Cloud SQL has not designated it');
  expect(promotions()).toEqual([]);
});

test('the answer of the promotion is lost: it is looked for, and called once', async () => {
  await stage('plain', {});
  run.google.inject({ action: 'instances.promoteReplica', mishap: { kind: 'reset', effect: 'after' } });
  expect((await run.carry('switchover')).outcome).toBe('DONE');
  expect(promotions()).toEqual(['sqladmin.instances.promoteReplica orders-bab reset']);
  expectMoved();
});

test('the promotion begins and fails: nobody is promoted, and a person is told what Cloud SQL said', async () => {
  await stage('plain');
  run.google.inject({ action: 'instances.promoteReplica', mishap: { kind: 'fails', status: 'INTERNAL_ERROR' } });
  const result = await run.carry('switchover');
  expect(result).toMatchObject({ outcome: 'NEEDS_OPERATOR', phase: 'confirm' });
  expect(result.next[0]).toContain('Cloud SQL failed: INTERNAL_ERROR: An unknown error occurred.');
  expect(promotions()).toHaveLength(1);
  expect(record()).toEqual(['10.0.0.1']);
  expectOneWriter();
});

test('the freeze fails: it is taken back, and the primary takes writes again', async () => {
  await stage('plain');
  run.google.inject({ action: 'instances.restart', mishap: { kind: 'fails', status: 'INTERNAL_ERROR' }, times: 2 });
  expect(await run.carry('switchover')).toMatchObject({ outcome: 'ABORTED', phase: 'undo' });
  expect(run.google.sql.get('orders-ada').settings.databaseFlags).toEqual([]);
  expect(promotions()).toEqual([]);
});

test('throttled again and again, it comes to the same end', async () => {
  await stage('plain');
  for (const call of [1, 3, 6, 9, 14]) run.google.inject({ service: 'sqladmin', mishap: { kind: 'throttle' }, call });
  expect((await run.carry('switchover')).outcome).toBe('DONE');
  expectMoved();
  expect(promotions().filter((change) => !change.endsWith('EXHAUSTED'))).toHaveLength(1);
});

test('a host that ends again and again brings the run to the same end', async () => {
  await stage('plain');
  const plan = await run.ask({ mode: 'plan' });
  const event = { mode: 'switchover', reason: 'a drill', approve: plan.planHash, runId: 'one' } as const;
  let invocations = 0;
  let result = plan;
  do {
    invocations += 1;
    const until = run.time.now() / 1000 + 100;
    result = await run.ask(event, { holder: `host ${invocations}`, until });
  } while (result.outcome === 'IN_PROGRESS' && invocations < 50);
  expect(result.outcome).toBe('DONE');
  expect(invocations).toBeGreaterThan(3);
  expectMoved();
  expectOneWriter();
});

test('what is wrong with a name stops a plan, and can be accepted by its id', async () => {
  await stage('plain', { zones: { 'shop-internal': [] } });
  expect(await run.ask({ mode: 'plan' })).toMatchObject({
    outcome: 'REFUSED',
    findings: expect.arrayContaining([
      expect.objectContaining({
        id: 'endpoint-unreadable',
        problem: 'record:shop-internal/db.shop is not there; allowed is one A record or CNAME with one value',
      }),
    ]) as unknown,
  });
});
