import type { Client } from 'pg';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { forgetTemplate } from '../../../lib/rehearsal';
import { ABROAD, HOME, TRIO } from '../_helpers/stage';
import { QUARANTINE, raise, raze, type RealCloud } from './_helpers/real-cloud';
import { isAlive } from './_helpers/rooms';
import { until } from '../_helpers/until';

jest.setTimeout(180_000);
afterEach(raze);
afterAll(forgetTemplate);

const make = (session: Client): Promise<unknown> => session.query('CREATE TABLE written (id text PRIMARY KEY)');
const write = (session: Client, id: string): Promise<unknown> => session.query('INSERT INTO written VALUES ($1)', [id]);

/** What a server has, by its own word. */
async function has({ backend }: RealCloud, id: string, region = HOME): Promise<readonly string[]> {
  const client = backend.member(region, id).server.client(backend.master.database);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM written ORDER BY id');
    return rows.map((row) => row.id);
  } catch {
    // The table has not arrived yet.
    return [];
  } finally {
    await client.end();
  }
}

/** How a promise ends: its SQLSTATE, its system error, or `ok`. */
async function endOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code ?? message;
  }
}

test('seeds are servers, and what is written on the origin arrives at a replica of a replica in another Region', async () => {
  const real = await raise([...TRIO.slice(0, 2), { region: ABROAD, id: 'orders-c', replicaOf: 'orders-b' }]);
  const streaming = 'SELECT status FROM pg_stat_wal_receiver';
  for (const member of [real.member('orders-b'), real.member('orders-c', ABROAD)])
    expect(await member.server.query(streaming)).toEqual([{ status: 'streaming' }]);
  const session = await real.connect('orders-a');
  await make(session);
  await write(session, '1');
  await until(async () => (await has(real, 'orders-c', ABROAD)).length === 1);
  const { address, port } = real.instance('orders-b').endpoint;
  expect(real.backend.network.addressFrom(HOME, real.member('orders-b').doors.host)).toEqual({ host: address, port });
  expect(real.member('orders-c', ABROAD).source).toBe(real.member('orders-b'));
});

test('the master user is no superuser, and may do what a probe needs', async () => {
  const real = await raise(TRIO.slice(0, 2));
  const session = await real.connect('orders-a');
  const { rows } = await session.query(
    "SELECT rolsuper, rolcreatedb, rolcreaterole, pg_has_role('pg_monitor', 'member') AS monitors FROM pg_roles WHERE rolname = current_user",
  );
  expect(rows).toEqual([{ rolsuper: false, rolcreatedb: true, rolcreaterole: true, monitors: true }]);
  const written = await session.query("SELECT pg_logical_emit_message(true, 'understudy', '')::text AS lsn");
  expect(written.rowCount).toBe(1);
  expect(JSON.parse(real.backend.secret)).toEqual({
    ...{ engine: 'postgres', username: 'understudy', dbname: 'postgres' },
    password: real.backend.master.password,
  });
});

test('a replica that is promoted is restarted, takes writes, and hears no more of its source', async () => {
  const real = await raise();
  const [origin, session] = [await real.connect('orders-a'), await real.connect('orders-b')];
  await make(origin);
  await write(origin, '1');
  await until(async () => (await has(real, 'orders-b')).length === 1);
  expect(await endOf(write(session, 'no'))).toBe('25006');

  await real.call('PromoteReadReplica', 'orders-b');

  expect(await endOf(session.query('SELECT 1'))).not.toBe('ok');
  await write(await real.connect('orders-b'), '2');
  await write(origin, '3');
  await until(async () => (await has(real, 'orders-c', ABROAD)).length === 2);
  expect([await has(real, 'orders-a'), await has(real, 'orders-b')]).toEqual([
    ['1', '3'],
    ['1', '2'],
  ]);
});

test('a replica that the API creates follows, the promoted one too', async () => {
  const real = await raise(TRIO.slice(0, 2));
  await make(await real.connect('orders-a'));
  await real.call('PromoteReadReplica', 'orders-b');
  await real.call('CreateDBInstanceReadReplica', 'orders-d', { SourceDBInstanceIdentifier: 'orders-b' });
  await write(await real.connect('orders-b'), '2');
  await until(async () => (await has(real, 'orders-d')).length === 1);
  const { endpoint } = real.instance('orders-d');
  const { host, port } = real.backend.network.addressFrom(HOME, real.member('orders-d').doors.host);
  expect(endpoint).toEqual({ address: host, port });
});

test('an instance on its own can be created, stopped, started and deleted', async () => {
  const real = await raise(TRIO.slice(0, 1));
  await real.call('CreateDBInstance', 'orders-e', { Engine: 'postgres', DBInstanceClass: 'db.m7g.large' });
  const { server } = real.member('orders-e');
  await make(await real.connect('orders-e'));
  await real.call('StopDBInstance', 'orders-e');
  const stopped = [server.isRunning, await endOf(real.connect('orders-e'))];
  await real.call('StartDBInstance', 'orders-e');
  await write(await real.connect('orders-e'), '1');
  await real.call('DeleteDBInstance', 'orders-e', { SkipFinalSnapshot: 'true' });
  expect([stopped, existsSync(server.folder)]).toEqual([[false, 'ECONNRESET'], false]);
  expect(() => real.member('orders-e')).toThrow(
    'no server stands behind eu-west-1/orders-e; there are: eu-west-1/orders-a; correct the name',
  );
});

test('in quarantine nobody new comes in, who is in writes on until a reboot, and replication goes on', async () => {
  const real = await raise();
  const session = await real.connect('orders-a');
  await make(session);
  await real.call('ModifyDBInstance', 'orders-a', { 'VpcSecurityGroupIds.VpcSecurityGroupId.1': QUARANTINE });
  const refused = [await endOf(real.connect('orders-a')), await endOf(real.connect('orders-a', ABROAD))];
  await write(session, '1');
  await until(async () => (await has(real, 'orders-c', ABROAD)).length === 1);

  await real.call('RebootDBInstance', 'orders-a');
  const after = [await endOf(write(session, '2')), await endOf(real.connect('orders-a'))];
  await until(
    async () => (await real.member('orders-b').server.query('SELECT 1 FROM pg_stat_wal_receiver')).length === 1,
  );

  await real.call('ModifyDBInstance', 'orders-a', { 'VpcSecurityGroupIds.VpcSecurityGroupId.1': 'sg-open' });
  expect([refused, after[0] === 'ok', after[1], await endOf(real.connect('orders-a'))]).toEqual([
    ['ECONNRESET', 'ECONNRESET'],
    false,
    'ECONNRESET',
    'ok',
  ]);
});

test('a parameter group is in effect after the reboot, and not before; then a dynamic parameter at once', async () => {
  const real = await raise(TRIO.slice(0, 1));
  await make(await real.connect('orders-a'));
  real.cloud.fleet.parameterGroups.put({
    ...{ region: HOME, name: 'frozen', family: 'postgres16', description: 'none' },
    changed: new Map(
      [
        { name: 'default_transaction_read_only', value: '1', method: 'immediate' as const },
        { name: 'max_worker_processes', value: '11', method: 'pending-reboot' as const },
        { name: 'rds.force_ssl', value: '1', method: 'immediate' as const },
        { name: 'shared_buffers', value: '{DBInstanceClassMemory/32768}', method: 'pending-reboot' as const },
      ].map((each) => [each.name, each]),
    ),
  });
  await real.call('ModifyDBInstance', 'orders-a', { DBParameterGroupName: 'frozen' });
  const before = await endOf(write(await real.connect('orders-a'), '1'));
  await real.call('RebootDBInstance', 'orders-a');
  const session = await real.connect('orders-a');
  const during = await endOf(write(session, '2'));
  const { rows } = await session.query("SELECT current_setting('max_worker_processes') AS workers");
  real.cloud.fleet.parameterGroups.change(HOME, 'frozen', [
    { name: 'default_transaction_read_only', value: '0', method: 'immediate' },
    { name: 'max_worker_processes', value: '12', method: 'pending-reboot' },
  ]);
  real.cloud.fleet.work(real.instance('orders-a'), 'configure');
  await until(async () => (await endOf(write(await real.connect('orders-a'), '3'))) !== '25006');
  const later = await session.query("SELECT current_setting('max_worker_processes') AS workers");
  expect([before, during, rows, later.rows]).toEqual(['ok', '25006', [{ workers: '11' }], [{ workers: '11' }]]);
});

test('a Region that is cut off: its own clients reach it, nobody else does, and nothing is replicated', async () => {
  const real = await raise();
  const near = await real.connect('orders-a', HOME);
  const far = await real.connect('orders-a', ABROAD);
  await make(near);
  real.backend.cut(HOME);
  const late = real.connect('orders-a', ABROAD);
  const lost = Promise.race([write(far, '9'), new Promise((resolve) => setTimeout(resolve, 300, 'nothing'))]);
  await write(near, '1');
  await write(await real.connect('orders-a', HOME), '2');
  await until(async () => (await has(real, 'orders-b')).length === 2);
  expect([await lost, await endOf(late), await has(real, 'orders-c', ABROAD)]).toEqual(['nothing', 'ECONNRESET', []]);
  real.backend.reconnect(HOME);
  await until(async () => (await has(real, 'orders-c', ABROAD)).includes('2'));
});

test('a server that was killed is there again after a reboot, with all that was committed', async () => {
  const real = await raise(TRIO.slice(0, 2));
  const session = await real.connect('orders-a');
  await make(session);
  await write(session, '1');
  await real.member('orders-a').kill();
  const dead = await endOf(real.connect('orders-a'));
  await real.call('RebootDBInstance', 'orders-a');
  await write(await real.connect('orders-a'), '2');
  await until(async () => (await has(real, 'orders-b')).length === 2);
  expect([dead, await has(real, 'orders-a')]).toEqual(['ECONNRESET', ['1', '2']]);
});

test('replication can be slow, late, broken and mended', async () => {
  const real = await raise(TRIO.slice(0, 2));
  const replica = real.member('orders-b');
  const session = await real.connect('orders-a');
  await make(session);
  const arrival = async (id: string): Promise<number> => {
    const began = performance.now();
    await write(session, id);
    await until(async () => (await has(real, 'orders-b')).includes(id));
    return performance.now() - began;
  };
  await arrival('0');
  replica.slowLink(500);
  const slow = await arrival('1');
  replica.slowLink(0);
  await replica.delayReplay(600);
  await until(async () => {
    const [row] = await replica.server.query<{ delay: string }>(
      "SELECT current_setting('recovery_min_apply_delay') AS delay",
    );
    return row?.delay === '600ms';
  });
  const late = await arrival('2');
  await replica.delayReplay(0);
  replica.breakReplication();
  await write(session, '3');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const broken = await has(real, 'orders-b');
  replica.mendReplication();
  await until(async () => (await has(real, 'orders-b')).includes('3'));
  expect([slow >= 490, late >= 550, broken]).toEqual([true, true, ['0', '1', '2']]);
});

test('a member whose disk is full takes no writes, until it has room again', async () => {
  const real = await raise(TRIO.slice(0, 1));
  await make(await real.connect('orders-a'));
  const written = async (id: string): Promise<string> => endOf(write(await real.connect('orders-a'), id));
  await real.member('orders-a').fillDisk();
  await until(async () => (await written(String(Math.random()))) === '25006');
  await real.member('orders-a').fillDisk(false);
  await until(async () => (await written(String(Math.random()))) === 'ok');
  expect(real.instance('orders-a').status).toBe('available');
});

test('work that a server refuses puts its instance into failed', async () => {
  const real = await raise(TRIO.slice(0, 2));
  await real.member('orders-b').kill();
  await real.call('PromoteReadReplica', 'orders-b');
  expect(real.instance('orders-b').status).toBe('failed');
});

test('clouds beside each other do not meet, and nothing of them is left', async () => {
  const clouds = await Promise.all([raise(), raise()]);
  const hosts = clouds.flatMap(({ backend }) => backend.members.map(({ doors }) => doors.host));
  const pids = clouds.flatMap(({ backend }) => backend.members.map(({ server }) => server.pid ?? 0));
  const folders = clouds.map(({ backend }) => dirname(backend.members[0]?.server.folder ?? ''));
  const before = [new Set(hosts).size, pids.filter(isAlive).length, folders.filter(existsSync).length];
  await raze();
  expect([before, pids.filter(isAlive), folders.filter(existsSync)]).toEqual([[6, 6, 2], [], []]);
});
