import { rebuilding } from '../../../../../lib/runbook/adapters/gcp/fleet/rebuild';
import { SqlAdmin } from '../../../../../lib/runbook/adapters/gcp/fleet/sql-admin';
import { enterprise } from '../../../../_helpers/sample-cloud-sql';
import { carried, googleStage, PAIR, PLAIN, PROJECT, type GoogleStage } from '../_helpers/google-stage';

let stage: GoogleStage;
afterEach(() => stage.end());

const sql = () => stage.google.sql;
const promote = () =>
  carried(stage, stage.fleet.promote(stage.topology, 'bab', { kind: 'failover', accepted: [], isFenced: true }));
const restore = () => carried(stage, stage.fleet.restore(stage.topology, 'bab'));
const rebuild = () => carried(stage, stage.fleet.rebuild(stage.topology, 'bab'));

describe('the edition Enterprise', () => {
  beforeEach(async () => {
    stage = await googleStage({ instances: PLAIN, topology: enterprise() });
    await promote();
  });

  test('backups, logs, a standby and protection come back', async () => {
    sql().get('orders-bab').settings['availabilityType'] = 'ZONAL';
    expect(await restore()).toEqual({
      calls: ['restore-backups', 'restore'],
      end: {
        kind: 'done',
        proof: 'orders-bab keeps backups and logs, is protected from deletion, has a standby',
      },
    });
    expect(sql().get('orders-bab').settings).toMatchObject({
      ...{ availabilityType: 'REGIONAL', deletionProtectionEnabled: true },
      backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true },
    });
    expect((await restore()).calls).toEqual([]);
  });

  test('a replica is made where the old primary is, and the old one is kept, stopped', async () => {
    expect(await rebuild()).toEqual({
      calls: ['create-replica', 'hold', 'stop'],
      end: { kind: 'done', proof: 'orders-bab-2 replicates from orders-bab' },
    });
    expect(sql().get('orders-bab-2')).toMatchObject({
      ...{ region: 'europe-west1', masterInstanceName: 'acme-prod:orders-bab' },
      settings: { edition: 'ENTERPRISE', tier: 'db-perf-optimized-N-8', deletionProtectionEnabled: true },
    });
    expect(sql().get('orders-ada').settings).toMatchObject({
      ...{
        activationPolicy: 'NEVER',
        userLabels: { 'understudy-hold': expect.stringMatching(/^2030-01-01t\d/) as string },
      },
    });
    expect((await rebuild()).calls).toEqual([]);
  });

  test('where the old primary does not answer, the replica is beside the new one, and the rest is told', async () => {
    stage.google.cut('europe-west1');
    const { end, calls } = await rebuild();
    expect(calls).toEqual(['create-replica']);
    expect(sql().get('orders-bab-2').region).toBe('europe-north1');
    expect(end.kind === 'stuck' ? end.problem : end).toMatch(
      /^orders-bab-2 replicates; but orders-ada could not be marked as to be kept \(sqladmin\.instances\.get of orders-ada was not answered/,
    );
  });

  test('a replica whose making fails is made once more, then told', async () => {
    stage.google.inject({ action: 'instances.insert', mishap: { kind: 'throttle' } });
    expect((await rebuild()).calls).toEqual(['create-replica not-taken', 'create-replica', 'hold', 'stop']);
  });

  test('who follows the new primary already is enough', async () => {
    sql().add({ name: 'orders-cyd', region: 'europe-west4', follows: 'orders-bab' });
    expect(await rebuild()).toMatchObject({
      calls: ['hold', 'stop'],
      end: { proof: 'orders-cyd replicates from orders-bab' },
    });
  });
});

describe('a designated pair of Enterprise Plus', () => {
  beforeEach(async () => {
    stage = await googleStage({ instances: PAIR });
  });

  test('the old primary comes back as a replica, and is neither marked nor stopped', async () => {
    await promote();
    expect(await rebuild()).toEqual({
      calls: [],
      end: { kind: 'done', proof: 'orders-ada replicates from orders-bab' },
    });
  });

  test('one that was stopped, and that Cloud SQL is at work on, is waited for', async () => {
    sql().get('orders-ada').settings.activationPolicy = 'NEVER';
    await promote();
    expect(sql().get('orders-ada').settings.activationPolicy).toBe('NEVER');
    expect(await rebuild()).toEqual({
      calls: [],
      end: { kind: 'done', proof: 'orders-ada replicates from orders-bab' },
    });
  });

  test('what is told of it before its work was over, and of its work after, is no end', async () => {
    sql().get('orders-ada').settings.activationPolicy = 'NEVER';
    await promote();
    const torn = new SqlAdmin(stage.rest, PROJECT);
    const whole = new SqlAdmin(stage.rest, PROJECT);
    let isTorn = false;
    torn.get = async (name) => {
      const told = await whole.get(name);
      if (name === 'orders-ada' && !isTorn) {
        isTorn = true;
        stage.time.advance(300);
      }
      return told;
    };
    const { topology, clock } = stage;
    expect(await carried(stage, rebuilding({ topology, clock, sql: torn }, 'bab'))).toEqual({
      calls: [],
      end: { kind: 'done', proof: 'orders-ada replicates from orders-bab' },
    });
    expect(isTorn).toBe(true);
  });

  test('one that was stopped, and that Cloud SQL begins with late, is waited for two minutes', async () => {
    await promote();
    sql().operations.length = 1;
    sql().get('orders-ada').settings.activationPolicy = 'NEVER';
    const began = stage.clock.now();
    const { end } = await rebuild();
    expect(end).toMatchObject({ kind: 'stuck', problem: expect.stringContaining('(it is STOPPED)') as string });
    expect(stage.clock.now() - began).toBeGreaterThan(100);
    expect(stage.clock.now() - began).toBeLessThan(150);
  });

  test('work on it that failed is told in its words', async () => {
    sql().get('orders-ada').settings.activationPolicy = 'NEVER';
    await promote();
    const work = sql().operations.at(-1);
    Object.assign(work ?? {}, { status: 'DONE', error: { errors: [{ code: 'INTERNAL_ERROR', message: 'no disk' }] } });
    expect((await rebuild()).end).toEqual({
      kind: 'stuck',
      problem:
        'nobody replicates from orders-bab: Cloud SQL failed to make orders-ada its replica (INTERNAL_ERROR: no disk)',
    });
  });

  test('while its region is gone that is told, and nobody waits an hour for it', async () => {
    sql().dead.add('orders-ada');
    stage.google.cut('europe-west1');
    await promote();
    const began = stage.clock.now();
    const { end } = await rebuild();
    expect(end.kind === 'stuck' ? end.problem : end).toMatch(
      /^nobody replicates from orders-bab: Cloud SQL makes orders-ada its replica by itself when that one runs again \(.*\); until then make another replica by hand$/,
    );
    expect(stage.clock.now() - began).toBeLessThan(60);
  });
});
