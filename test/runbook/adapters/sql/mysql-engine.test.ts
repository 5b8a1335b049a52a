import { SqlDatabaseProbe } from '../../../../lib/runbook/adapters/sql';
import type { DataPlaneSighting } from '../../../../lib/runbook/execution/ports';
import { question } from './_helpers/question';
import { ScriptedMysql, type MysqlScript } from './_helpers/scripted-mysql';
import { secretOf, SecretServer } from './_helpers/secret-server';

let secrets: SecretServer;
let server: ScriptedMysql;
beforeAll(async () => {
  secrets = await SecretServer.open(secretOf('admin', 'hunter two'));
});
beforeEach(async () => {
  server = await ScriptedMysql.open({});
});
afterEach(() => server.close());
afterAll(() => secrets.close());

function probe(): SqlDatabaseProbe {
  const bounds = { connect: 0.5, whole: 0.8 };
  return new SqlDatabaseProbe({ isConnected: true, credentials: secrets.options, tls: 'off', bounds });
}

type Whom = 'ada' | 'bab' | 'cyd';

async function ask(
  member: Whom,
  script: MysqlScript,
  engine: 'mysql' | 'mariadb' = 'mysql',
): Promise<DataPlaneSighting> {
  server.script = script;
  return probe().ask(question(member, server.port, engine));
}

const ADA = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const BAB = '4e11fa47-71ca-11e1-9e33-c80aa9429562';
const NOW = '1764000000.500000';

const state = (more: Readonly<Record<string, string | number>>): MysqlScript => ({
  'SELECT @@global.read_only': [
    { read_only: 0, super_read_only: 0, gtid_mode: 'ON', gtids: '', own_source: ADA, now: NOW, ...more },
  ],
});
const FOLLOWS_NOBODY: MysqlScript = { 'SHOW REPLICA STATUS': [] };
const FOLLOWS: MysqlScript = {
  'SHOW REPLICA STATUS': [
    {
      ...{ Replica_IO_Running: 'Yes', Replica_SQL_Running: 'Yes' },
      ...{ Relay_Source_Log_File: 'mysql-bin-changelog.000123', Exec_Source_Log_Pos: 4096 },
    },
  ],
};
const replica = { read_only: 1, own_source: BAB };
const workers = (...times: readonly string[]): MysqlScript => ({
  'SELECT UNIX_TIMESTAMP(LAST_APPLIED': times.map((applied_at) => ({ applied_at })),
});
const heard = (beat_at: string, queued_at: string): MysqlScript => ({
  'SELECT UNIX_TIMESTAMP(LAST_HEARTBEAT': [{ beat_at, queued_at }],
});
const order = (Value: string): MysqlScript => ({
  'SHOW GLOBAL VARIABLES': [{ Variable_name: 'replica_preserve_commit_order', Value }],
});

test('a primary with numbered transactions has all that was committed until now', async () => {
  const seen = await ask('ada', { ...FOLLOWS_NOBODY, ...state({ gtids: `${ADA}:1-100,\n${BAB}:1-3:7` }) });

  expect(seen).toEqual({
    id: 'ada',
    dataPlane: 'reachable',
    acceptsWrites: 'yes',
    position: {
      appliedTo: 1764000000.5,
      error: 1,
      token: `${ADA}:1-100,${BAB}:1-3:7`,
      ordinal: 104,
      unit: 'transactions',
      source: 'sql',
    },
  });
});

test('a replica has the newest commit of all workers, and what was written on itself does not count', async () => {
  const seen = await ask('bab', {
    ...FOLLOWS,
    ...state({ ...replica, gtids: `${ADA}:1-90,${BAB}:1-5` }),
    ...workers('1763999990.000000', '0', '1763999995.250000'),
    ...order('ON'),
    ...heard('1763999999.000000', '1763999996.000000'),
  });

  expect(seen).toEqual({
    id: 'bab',
    dataPlane: 'reachable',
    acceptsWrites: 'no',
    isFollowing: true,
    lastHeard: 1763999999,
    position: {
      appliedTo: 1763999995.25,
      error: 1,
      token: `${ADA}:1-90,${BAB}:1-5`,
      ordinal: 90,
      unit: 'transactions',
      source: 'sql',
    },
  });
});

test.each([
  ['the oldest, when the others may be ahead of it', ['1763999990', '1763999995'], 'OFF', 1763999990],
  ['none, when one of them may be busy with its first', ['1763999990', '0'], 'OFF', undefined],
  ['its own, when it is the only one', ['1763999990'], 'OFF', 1763999990],
  ['none, when nothing was applied since the start', ['0', '0'], 'ON', undefined],
  ['none, when the server keeps no such table', [], 'ON', undefined],
])('of the workers, the time that counts is %s', async (_, times, isOrdered, expected) => {
  const script = {
    ...FOLLOWS,
    ...state({ ...replica, gtids: `${ADA}:1-90` }),
    ...workers(...times),
    ...order(isOrdered),
  };
  const { position, log } = await ask('bab', script);
  const mark = { token: `${ADA}:1-90`, ordinal: 90, unit: 'transactions' };

  expect(position?.appliedTo).toBe(expected);
  expect(log).toEqual(expected === undefined ? mark : undefined);
});

test('without numbered transactions, a primary and its direct replica are compared by the place in the log', async () => {
  const ada = await ask('ada', {
    ...FOLLOWS_NOBODY,
    ...state({ gtid_mode: 'OFF' }),
    'SHOW BINARY LOG STATUS': [{ File: 'mysql-bin-changelog.000124', Position: 4 }],
  });
  const bab = await ask('bab', { ...FOLLOWS, ...state({ ...replica, gtid_mode: 'OFF' }), ...workers('1763999990') });
  const cyd = await ask('cyd', { ...FOLLOWS, ...state({ ...replica, gtid_mode: 'OFF' }), ...workers('1763999990') });

  expect(ada.position).toMatchObject({ token: 'mysql-bin-changelog.000124:4', ordinal: 124 * 2 ** 32 + 4 });
  expect(bab.position).toMatchObject({ token: 'mysql-bin-changelog.000123:4096', ordinal: 123 * 2 ** 32 + 4096 });
  expect([ada.position, bab.position].map((position) => position?.unit)).toEqual([undefined, undefined]);
  // What cyd has applied is a place in bab's log.
  expect([cyd.position, cyd.log]).toEqual([undefined, undefined]);
});

test('servers before 8.0.22 have older words for the same', async () => {
  const status = [{ Relay_Master_Log_File: 'bin.000001', Exec_Master_Log_Pos: 7 }];
  const bab = await ask('bab', {
    ...state({ ...replica, gtid_mode: 'OFF' }),
    ...workers('1763999990'),
    'SHOW SLAVE STATUS': status,
  });
  const ada = await ask('ada', {
    ...state({ gtid_mode: 'OFF' }),
    'SHOW MASTER STATUS': [{ File: 'bin.000001', Position: 9 }],
  });

  expect([bab.position?.token, ada.position?.token]).toEqual(['bin.000001:7', 'bin.000001:9']);
});

test.each<[string, MysqlScript, object]>([
  ['nobody', FOLLOWS_NOBODY, { isFollowing: false }],
  ['two', { 'SHOW REPLICA STATUS': [{ Channel_Name: 'a' }, { Channel_Name: 'b' }] }, {}],
])('who is not the primary and follows %s tells no position', async (_, status, following) => {
  const script = { ...status, ...state({ gtids: `${ADA}:1-90`, own_source: BAB }), ...workers('1763999990') };

  expect(await ask('bab', script)).toEqual({ id: 'bab', dataPlane: 'reachable', acceptsWrites: 'yes', ...following });
});

test.each([
  ['Yes', 'Yes', true],
  ['Connecting', 'Yes', false],
  ['No', 'Yes', false],
  ['Yes', 'No', false],
])('whose receiver says %s and whose applier says %s gets writes: %s', async (io, sql, expected) => {
  const rows = (word: string) => [{ [`${word}_IO_Running`]: io, [`${word}_SQL_Running`]: sql }];
  const now = await ask('bab', { 'SHOW REPLICA STATUS': rows('Replica'), ...state(replica) });
  const before = await ask('bab', { 'SHOW SLAVE STATUS': rows('Slave'), ...state(replica) });

  expect([now.isFollowing, before.isFollowing]).toEqual([expected, expected]);
});

test.each([
  [0, 0, 'yes'],
  [1, 0, 'no'],
  [0, 1, 'no'],
])('with read_only %d and super_read_only %d it takes writes: %s', async (read_only, super_read_only, expected) => {
  const { acceptsWrites } = await ask('ada', { ...FOLLOWS_NOBODY, ...state({ read_only, super_read_only }) });

  expect(acceptsWrites).toBe(expected);
});

test('a replica of MariaDB has a log, and no time: it tells no commit time of what it applied', async () => {
  const told = { read_only: 0, written: '0-1-100,1-2-50', current: '', applied: '', now: NOW };
  const ada = await ask('ada', { ...FOLLOWS_NOBODY, 'SELECT @@global.read_only': [told] }, 'mariadb');
  const following = { ...told, read_only: 1, written: '', applied: '1-2-50,0-1-99' };
  const bab = await ask('bab', { ...FOLLOWS, 'SELECT @@global.read_only': [following] }, 'mariadb');

  expect(ada.position).toMatchObject({ appliedTo: 1764000000.5, token: '0-1-100,1-2-50', ordinal: 150 });
  expect(bab).toEqual({
    id: 'bab',
    dataPlane: 'reachable',
    acceptsWrites: 'no',
    isFollowing: true,
    log: { token: '0-1-99,1-2-50', ordinal: 149, unit: 'transactions' },
  });
});

describe('a write that is tried', () => {
  const schema: MysqlScript = { 'SELECT SCHEMA_NAME': [{ name: 'or`ders' }] };
  const DROP = 'DROP VIEW IF EXISTS';

  test.each<[string, MysqlScript, string]>([
    ['is committed', { ...state({}), ...schema, [DROP]: 'done' }, 'yes'],
    ['is refused by read_only meanwhile', { ...state({}), ...schema, [DROP]: { refusal: 1290 } }, 'no'],
    ['is refused to a session that may only read', { ...state({}), ...schema, [DROP]: { refusal: 1792 } }, 'no'],
    [
      'is not allowed to this user',
      { ...state({}), ...schema, [DROP]: { refusal: 1142, sqlState: '42000' } },
      'unknown',
    ],
    ['waits for a lock', { ...state({}), ...schema, [DROP]: 'silence' }, 'unknown'],
    ['has no schema to be tried in', { ...state({}), 'SELECT SCHEMA_NAME': [] }, 'unknown'],
  ])('that %s', async (_, script, expected) => {
    server.script = script;

    expect(await probe().tryWrite(question('ada', server.port, 'mysql'))).toBe(expected);
  });

  it('is not made while read_only is on: the master user may be let through where applications are not', async () => {
    server.script = { ...state({ read_only: 1 }), ...schema, [DROP]: 'done' };

    expect(await probe().tryWrite(question('ada', server.port, 'mysql'))).toBe('no');
    expect(server.statements).toEqual(['SELECT @@global.read_only AS read_only']);
  });

  it('names its schema as a name, whatever is in it', async () => {
    server.script = { ...state({}), ...schema, [DROP]: 'done' };
    await probe().tryWrite(question('ada', server.port, 'mysql'));

    expect(server.statements.at(-1)).toBe('DROP VIEW IF EXISTS `or``ders`.understudy_probe');
  });
});

test('a server that answers nothing in time is unreachable, and no connection stays', async () => {
  const seen = await ask('ada', { 'SHOW REPLICA STATUS': 'silence' });
  for (let tries = 0; server.sessions > 0 && tries < 50; tries += 1) await new Promise((done) => setTimeout(done, 10));

  expect(seen).toEqual({ id: 'ada', dataPlane: 'unreachable', acceptsWrites: 'unknown' });
  expect(server.sessions).toBe(0);
});

test('a server that refuses the login is alive; the secret is read once more, and what is found is told', async () => {
  server.refusesLogin = true;
  const asked = probe();
  const reads = secrets.reads;
  const seen = await asked.ask(question('ada', server.port, 'mysql'));

  expect(seen).toEqual({ id: 'ada', dataPlane: 'reachable', acceptsWrites: 'unknown' });
  expect(secrets.reads - reads).toBe(2);
  expect(await asked.obstacles(question('ada', server.port, 'mysql').topology)).toMatchObject([
    { id: 'login-refused' },
  ]);
});

test('by default, a server without TLS is asked nothing', async () => {
  const asked = new SqlDatabaseProbe({ isConnected: true, credentials: secrets.options });
  const seen = await asked.ask(question('ada', server.port, 'mysql'));

  expect(seen).toEqual({ id: 'ada', dataPlane: 'unknown', acceptsWrites: 'unknown' });
  expect(server.statements).toEqual([]);
});
