import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { forgetTemplate } from '../../../lib/rehearsal';
import { QUARANTINE } from '../_helpers/cloud-on';
import { ABROAD, HOME } from '../_helpers/stage';
import { until } from '../_helpers/until';
import { isAlive } from '../postgres/_helpers/rooms';
import { endOf, has, make, PAIR, raise, raze, write } from './_helpers/real-mariadb';

jest.setTimeout(180_000);
afterEach(raze);
afterAll(forgetTemplate);

const READ_ONLY = 'ER_OPTION_PREVENTS_STATEMENT';

test('seeds are servers, and what is written on the origin arrives at a replica of a replica in another Region', async () => {
  const real = await raise([...PAIR, { region: ABROAD, id: 'orders-c', engine: 'mariadb', replicaOf: 'orders-b' }]);
  const session = await real.connect('orders-a');
  await make(session);
  await write(session, '1');
  await until(async () => (await has(real, 'orders-c', ABROAD)).length === 1, 30);
  const { address, port } = real.instance('orders-b').endpoint;
  expect(real.backend.network.addressFrom(HOME, real.member('orders-b').doors.host)).toEqual({ host: address, port });
  expect(JSON.parse(real.backend.secret)).toMatchObject({ engine: 'mariadb', dbname: 'understudy' });
});

test('replicas of the beginning replicate when the servers are there, whichever of them was up first', async () => {
  const { backend } = await raise([
    ...PAIR,
    { region: ABROAD, id: 'orders-c', engine: 'mariadb', replicaOf: 'orders-b' },
  ]);
  const lags = await Promise.all(
    backend.members.map(async (member) => {
      const session = await member.administer();
      const lag = await backend.lagOf(session);
      session.destroy();
      return [member.id, lag];
    }),
  );
  expect(lags).toEqual([
    ['orders-a', undefined],
    ['orders-b', 0],
    ['orders-c', 0],
  ]);
});

test('the master user is as RDS documents it: nothing passes read_only by, and the status of a replica is not shown', async () => {
  const real = await raise();
  const session = await real.connect('orders-b');
  expect(await endOf(make(session))).toBe(READ_ONLY);
  expect(await endOf(session.query('SET GLOBAL read_only = 0'))).toBe('ER_SPECIFIC_ACCESS_DENIED_ERROR');
  expect(await endOf(session.query('SHOW SLAVE STATUS'))).toBe('ER_SPECIFIC_ACCESS_DENIED_ERROR');
});

test('a replica that is promoted is restarted, takes writes, and hears no more of its source; a new one follows it', async () => {
  const real = await raise();
  const [origin, session] = [await real.connect('orders-a'), await real.connect('orders-b')];
  await make(origin);
  await write(origin, '1');
  await until(async () => (await has(real, 'orders-b')).length === 1, 30);

  await real.call('PromoteReadReplica', 'orders-b');

  expect(await endOf(session.query('SELECT 1'))).not.toBe('ok');
  await write(await real.connect('orders-b'), '2');
  await write(origin, '3');
  await real.call('CreateDBInstanceReadReplica', 'orders-d', { SourceDBInstanceIdentifier: 'orders-b' });
  await write(await real.connect('orders-b'), '4');
  await until(async () => (await has(real, 'orders-d')).length === 3, 30);
  expect([await has(real, 'orders-a'), await has(real, 'orders-b'), await has(real, 'orders-d')]).toEqual([
    ['1', '3'],
    ['1', '2', '4'],
    ['1', '2', '4'],
  ]);
  expect(await endOf(write(await real.connect('orders-d'), 'no'))).toBe(READ_ONLY);
});

test('a replica that is created while its source is written to misses nothing', async () => {
  const real = await raise(PAIR.slice(0, 1));
  const session = await real.connect('orders-a');
  await make(session);
  const created = real.call('CreateDBInstanceReadReplica', 'orders-d', { SourceDBInstanceIdentifier: 'orders-a' });
  const race = { isOver: false };
  void created.finally(() => (race.isOver = true));
  let written = 0;
  for (; !race.isOver; written += 1) await write(session, String(written));
  await created;
  await until(async () => (await has(real, 'orders-d')).length === written, 30);
  expect(written).toBeGreaterThan(10);
});

test('in quarantine nobody new comes in, who is in writes on until a reboot, and replication goes on', async () => {
  const real = await raise();
  const session = await real.connect('orders-a');
  await make(session);
  await real.call('ModifyDBInstance', 'orders-a', { 'VpcSecurityGroupIds.VpcSecurityGroupId.1': QUARANTINE });
  const refused = await endOf(real.connect('orders-a'));
  await write(session, '1');
  await until(async () => (await has(real, 'orders-b')).length === 1, 30);
  await real.call('RebootDBInstance', 'orders-a');
  expect([refused, (await endOf(write(session, '2'))) === 'ok', await endOf(real.connect('orders-a'))]).toEqual([
    'ECONNRESET',
    false,
    'ECONNRESET',
  ]);
});

test('read_only of a parameter group is in effect after the reboot, and of the same group at once', async () => {
  const real = await raise(PAIR.slice(0, 1));
  await make(await real.connect('orders-a'));
  real.cloud.fleet.parameterGroups.put({
    ...{ region: HOME, name: 'frozen', family: 'mariadb10.11', description: 'none' },
    changed: new Map(
      [
        { name: 'read_only', value: '1', method: 'immediate' as const },
        { name: 'wait_timeout', value: '1000', method: 'immediate' as const },
        { name: 'innodb_buffer_pool_size', value: '{DBInstanceClassMemory*3/4}', method: 'pending-reboot' as const },
      ].map((each) => [each.name, each]),
    ),
  });
  await real.call('ModifyDBInstance', 'orders-a', { DBParameterGroupName: 'frozen' });
  const before = await endOf(write(await real.connect('orders-a'), '1'));
  await real.call('RebootDBInstance', 'orders-a');
  const session = await real.connect('orders-a');
  const during = await endOf(write(session, '2'));
  const rows = await session.query('SELECT @@global.wait_timeout AS seconds');
  real.cloud.fleet.parameterGroups.change(HOME, 'frozen', [{ name: 'read_only', value: '0', method: 'immediate' }]);
  real.cloud.fleet.work(real.instance('orders-a'), 'configure');
  await until(async () => (await endOf(write(session, String(Math.random())))) === 'ok');
  expect([before, during, rows]).toEqual(['ok', READ_ONLY, [{ seconds: 1000 }]]);
});

test('a server that was killed is there again after a reboot, with all that was committed, and is followed again', async () => {
  const real = await raise();
  const session = await real.connect('orders-a');
  await make(session);
  for (let each = 10; each < 60; each += 1) await write(session, String(each));
  await real.member('orders-a').kill();
  const dead = await endOf(real.connect('orders-a'));
  await real.call('RebootDBInstance', 'orders-a');
  await write(await real.connect('orders-a'), '9');
  await until(async () => (await has(real, 'orders-b')).length === 51, 30);
  expect([dead, (await has(real, 'orders-a')).length]).toEqual(['ECONNRESET', 51]);
});

test('a replica that was killed and is started again goes on where it was', async () => {
  const real = await raise();
  const session = await real.connect('orders-a');
  await make(session);
  await write(session, '1');
  await until(async () => (await has(real, 'orders-b')).length === 1, 30);
  await real.member('orders-b').kill();
  await write(session, '2');
  await real.member('orders-b').server.start();
  await until(async () => (await has(real, 'orders-b')).length === 2, 30);
  expect(await has(real, 'orders-b')).toEqual(['1', '2']);
});

test('replication can be slow, late, broken and mended, and its lag is as MariaDB tells it', async () => {
  const real = await raise();
  const replica = real.member('orders-b');
  const session = await real.connect('orders-a');
  await make(session);
  const lag = async (): Promise<number | undefined> => {
    const asked = await replica.administer();
    try {
      return await real.backend.lagOf(asked);
    } finally {
      asked.destroy();
    }
  };
  const arrival = async (id: string): Promise<number> => {
    const began = performance.now();
    await write(session, id);
    await until(async () => (await has(real, 'orders-b')).includes(id), 30);
    return performance.now() - began;
  };
  await arrival('0');
  replica.slowLink(500);
  const slow = await arrival('1');
  replica.slowLink(0);
  await replica.delayReplay(2000);
  const late = await arrival('2');
  await replica.delayReplay(0);
  await until(async () => (await lag()) === 0);
  replica.breakReplication();
  await until(async () => (await lag()) === -1);
  await write(session, '3');
  const broken = await has(real, 'orders-b');
  replica.mendReplication();
  await until(async () => (await has(real, 'orders-b')).includes('3'), 30);
  await until(async () => (await lag()) === 0);
  expect([slow >= 490, late >= 1000, broken]).toEqual([true, true, ['0', '1', '2']]);
});

test('a Region that is cut off: its own clients reach it, and nothing is replicated until it is back', async () => {
  const real = await raise([
    ...PAIR.slice(0, 1),
    { region: ABROAD, id: 'orders-c', engine: 'mariadb', replicaOf: 'orders-a' },
  ]);
  const near = await real.connect('orders-a');
  await make(near);
  await until(async () => (await endOf(real.connect('orders-c', ABROAD, ABROAD))) === 'ok');
  real.backend.cut(HOME);
  await write(near, '1');
  const during = await has(real, 'orders-c', ABROAD);
  real.backend.reconnect(HOME);
  await until(async () => (await has(real, 'orders-c', ABROAD)).includes('1'), 30);
  expect(during).toEqual([]);
});

test('a member whose disk is full takes no writes, until it has room again', async () => {
  const real = await raise(PAIR.slice(0, 1));
  const session = await real.connect('orders-a');
  await make(session);
  await real.member('orders-a').fillDisk();
  const full = await endOf(write(session, '1'));
  await real.member('orders-a').fillDisk(false);
  expect([full, await endOf(write(session, '2'))]).toEqual([READ_ONLY, 'ok']);
});

test('work that a server refuses puts its instance into failed; of all that was, nothing is left', async () => {
  const real = await raise();
  const { members } = real.backend;
  const pids = members.map(({ server }) => server.pid ?? 0);
  const folder = dirname(members[0]?.server.folder ?? '');
  await real.member('orders-b').kill();
  await real.call('PromoteReadReplica', 'orders-b');
  const before = [real.instance('orders-b').status, pids.filter(isAlive).length, existsSync(folder)];
  await raze();
  expect([before, pids.filter(isAlive), existsSync(folder)]).toEqual([['failed', 1, true], [], false]);
});
