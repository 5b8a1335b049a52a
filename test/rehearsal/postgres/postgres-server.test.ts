import { readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cloneServer } from '../../../lib/rehearsal/postgres/clone-server';
import { Gate } from '../../../lib/rehearsal/servers/gate';

import type { PostgresServer } from '../../../lib/rehearsal/postgres/postgres-server';
import { SERVER_SETTINGS } from '../../../lib/rehearsal/postgres/server-settings';
import { ADMIN } from '../../../lib/rehearsal/servers/server-folder';
import type { ServerRoom } from '../../../lib/rehearsal/servers/server-room';
import { closeRooms, forgetTemplate, isAlive, openRoom } from './_helpers/rooms';
import { segmentsOf } from '../_helpers/segments';
import { until } from '../_helpers/until';

jest.setTimeout(60_000);

const gates: Gate[] = [];

afterEach(async () => {
  await closeRooms();
  await Promise.all(gates.splice(0).map((gate) => gate.close()));
});
afterAll(forgetTemplate);

async function running(room: ServerRoom<PostgresServer>): Promise<PostgresServer> {
  const server = await room.add();
  await server.start();
  return server;
}

async function standbyOf(room: ServerRoom<PostgresServer>, source: PostgresServer): Promise<PostgresServer> {
  const gate = await Gate.open({ target: () => source.socket });
  gates.push(gate);
  const standby = await room.add((folder) => cloneServer(source, folder));
  const { password } = source.options;
  await standby.configure({
    primary_conninfo: `host=127.0.0.1 port=${gate.port} user=${ADMIN} password=${password}`,
  });
  await standby.start();
  return standby;
}

const ids = async (server: PostgresServer): Promise<readonly number[]> =>
  (await server.query<{ id: number }>('SELECT id FROM written ORDER BY id')).map(({ id }) => id);

test('what was committed is there after the server is killed, with all of its processes', async () => {
  const server = await running(await openRoom());
  const { pid = 0 } = server;
  await server.query('CREATE TABLE written (id int)');
  await server.query('INSERT INTO written VALUES (1)');
  const session = server.client();
  await session.connect();
  const [{ pid: backend } = { pid: 0 }] = (await session.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;

  await server.stop('kill');

  await until(() => !isAlive(backend));
  expect([isAlive(pid), server.isRunning]).toEqual([false, false]);
  await server.start();
  expect(await ids(server)).toEqual([1]);
});

test('a server that is frozen answers nobody, and goes on where it was', async () => {
  const server = await running(await openRoom());
  server.freeze();
  const answer = server.query<{ one: number }>('SELECT 1 AS one');
  const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 300, 'nothing'))]);
  server.thaw();
  expect([first, await answer]).toEqual(['nothing', [{ one: 1 }]]);
});

test('a frozen server can be stopped', async () => {
  const server = await running(await openRoom());
  server.freeze();
  await server.stop();
  expect(server.isRunning).toBe(false);
});

test('a base copy of a running server follows it, and a copy of that one follows in turn', async () => {
  const room = await openRoom();
  const origin = await running(room);
  await origin.query('CREATE TABLE written (id int)');
  const first = await standbyOf(room, origin);
  const second = await standbyOf(room, first);
  await origin.query('INSERT INTO written VALUES (7)');
  await until(async () => (await ids(second)).length === 1);
  expect([await ids(first), await ids(second)]).toEqual([[7], [7]]);
});

test('who is promoted takes writes, and who follows it goes along', async () => {
  const room = await openRoom();
  const origin = await running(room);
  await origin.query('CREATE TABLE written (id int)');
  const first = await standbyOf(room, origin);
  const second = await standbyOf(room, first);
  await origin.stop('kill');
  await first.query('SELECT pg_promote()');
  await first.query('INSERT INTO written VALUES (8)');
  await until(async () => (await ids(second)).length === 1);
  expect(await ids(second)).toEqual([8]);
});

test('settings are in effect at once, or from the next start on', async () => {
  const server = await running(await openRoom());
  const shown = async (name: string): Promise<string> =>
    (await server.query<{ value: string }>('SELECT current_setting($1) AS value', [name]))[0]?.value ?? '';
  await server.configure({ default_transaction_read_only: 'on', max_worker_processes: '9' });
  await until(async () => (await shown('default_transaction_read_only')) === 'on');
  const before = await shown('max_worker_processes');
  await server.stop();
  await server.start();
  expect([before, await shown('max_worker_processes')]).toEqual(['8', '9']);
});

test('a server that is configured again and again never finds half of its settings', async () => {
  const server = await running(await openRoom());
  const settings = { ...SERVER_SETTINGS, default_transaction_read_only: 'on' };
  const path = join(server.folder, 'postgresql.auto.conf');
  await server.configure(settings);
  const whole = (await readFile(path)).length;
  const sizes = new Set<number>();
  const rounds = { left: 200 };
  const looking = (async () => {
    while (rounds.left > 0) sizes.add((await readFile(path)).length);
  })();
  for (; rounds.left > 0; rounds.left -= 1) await server.configure(settings);
  await looking;
  expect([...sizes]).toEqual([whole]);
});

test('why a server does not start is told, and no process is left', async () => {
  const room = await openRoom();
  const server = await room.add();
  await rm(join(server.folder, 'global/pg_control'));
  await expect(server.start()).rejects.toMatchObject({
    code: 'postgres-failed',
    message: expect.stringMatching(
      /^the PostgreSQL server in \S+ does not start: it ended: postgres: could not find the database system/,
    ) as string,
  });
  expect(server.isRunning).toBe(false);
});

test('rooms that are open at the same time have nothing in common, and leave nothing', async () => {
  const rooms = await Promise.all([openRoom(), openRoom()]);
  const servers = await Promise.all(rooms.map(running));
  const pids = servers.map(({ pid = 0 }) => pid);
  await Promise.all(servers.map((server, index) => server.query(`CREATE TABLE only_${index} ()`)));
  const tables = await Promise.all(
    servers.map((server) => server.query("SELECT relname AS name FROM pg_class WHERE relname LIKE 'only%'")),
  );
  await closeRooms();
  expect(tables).toEqual([[{ name: 'only_0' }], [{ name: 'only_1' }]]);
  expect([pids.map(isAlive), rooms.map(({ folder }) => existsSync(folder))]).toEqual([
    [false, false],
    [false, false],
  ]);
});

test('a killed server leaves no shared memory', async () => {
  const server = await running(await openRoom());
  const { pid = 0 } = server;
  const before = segmentsOf(pid).length;
  await server.stop('kill');
  expect([before, segmentsOf(pid)]).toEqual([1, []]);
});
