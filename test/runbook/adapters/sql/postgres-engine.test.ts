import { setTimeout as sleep } from 'node:timers/promises';
import { SqlDatabaseProbe } from '../../../../lib/runbook/adapters/sql';
import type { DataPlaneSighting } from '../../../../lib/runbook/execution/ports';
import { ADMIN, ADMIN_PASSWORD, PostgresFarm, type PostgresServer } from '../../../_helpers/postgres-farm';
import { question } from './_helpers/question';
import { secretOf, SecretServer } from './_helpers/secret-server';

// Real PostgreSQL servers, and real time: each test has its own, because most of them break one.
jest.setTimeout(20_000);

let farm: PostgresFarm;
let secrets: SecretServer;
beforeAll(async () => {
  farm = await PostgresFarm.open();
  secrets = await SecretServer.open(secretOf(ADMIN, ADMIN_PASSWORD));
});
afterAll(async () => {
  await farm.close();
  await secrets.close();
});

const BOUNDS = { connect: 0.5, whole: 1.5 };

function probe(): SqlDatabaseProbe {
  return new SqlDatabaseProbe({ isConnected: true, credentials: secrets.options, tls: 'off', bounds: BOUNDS });
}

const askAda = (ada: PostgresServer): Promise<DataPlaneSighting> => probe().ask(question('ada', ada.port));
const askBab = (bab: PostgresServer): Promise<DataPlaneSighting> => probe().ask(question('bab', bab.port));

/** Ada with a table, and bab, who streams from her. */
async function pair(): Promise<{ readonly ada: PostgresServer; readonly bab: PostgresServer }> {
  const ada = await farm.primary();
  const bab = await farm.standbyOf(ada);
  await ada.query('CREATE TABLE orders (id integer)');
  return { ada, bab };
}

/** Ada alone, with her table. */
async function alone(): Promise<PostgresServer> {
  const ada = await farm.primary();
  await ada.query('CREATE TABLE orders (id integer)');
  return ada;
}

/** Waits until bab has as much as ada says now. */
async function caughtUp(ada: PostgresServer, bab: PostgresServer): Promise<readonly DataPlaneSighting[]> {
  const first = await askAda(ada);
  return [first, await until(bab, (seen) => (seen.position?.ordinal ?? 0) >= (first.position?.ordinal ?? Infinity))];
}

async function until(bab: PostgresServer, isSo: (seen: DataPlaneSighting) => boolean): Promise<DataPlaneSighting> {
  for (let tries = 0; ; tries += 1) {
    const seen = await askBab(bab);
    if (isSo(seen) || tries > 60) return seen;
    await sleep(25);
  }
}

const insert = (ada: PostgresServer): Promise<unknown> => ada.query('INSERT INTO orders VALUES (1)');
const now = (): number => Date.now() / 1000;

test('a primary whose log grows without a write says that none was written', async () => {
  const ada = await alone();
  const before = (await askAda(ada)).position;
  await ada.query('CHECKPOINT');
  const after = (await askAda(ada)).position;
  await insert(ada);
  const written = (await askAda(ada)).position;
  expect(after?.ordinal).toBeGreaterThan(before?.ordinal ?? Infinity);
  expect([after?.written === before?.written, written?.written === before?.written]).toEqual([true, false]);
});

test('positions advance with every write, and are equal when the standby has caught up', async () => {
  const { ada, bab } = await pair();
  await insert(ada);
  const [ada1, bab1] = await caughtUp(ada, bab);
  const before = now();
  await insert(ada);
  const committed = now();
  const [ada2, bab2] = await caughtUp(ada, bab);

  expect(bab1?.position).toMatchObject({
    token: ada1?.position?.token,
    ordinal: ada1?.position?.ordinal,
    unit: 'bytes',
  });
  expect(bab2?.position).toMatchObject({ token: ada2?.position?.token, ordinal: ada2?.position?.ordinal });
  expect(ada2?.position?.ordinal).toBeGreaterThan(ada1?.position?.ordinal ?? Infinity);
  // The commit's own time, not that of the question.
  expect(bab2?.position?.appliedTo).toBeGreaterThanOrEqual(before - 0.001);
  expect(bab2?.position?.appliedTo).toBeLessThanOrEqual(committed + 0.001);
  expect([ada2, bab2].map((seen) => [seen?.id, seen?.dataPlane, seen?.acceptsWrites, seen?.position?.error])).toEqual([
    ['ada', 'reachable', 'yes', 1],
    ['bab', 'reachable', 'no', 1],
  ]);
  expect(Math.abs((bab2?.lastHeard ?? 0) - now())).toBeLessThan(5);
  expect(ada2).not.toHaveProperty('lastHeard');
});

test('of an idle primary the standby has the last write, and the primary itself has everything until now', async () => {
  const { ada, bab } = await pair();
  await insert(ada);
  await caughtUp(ada, bab);
  const committed = now();
  await sleep(700);
  const [first, second] = await caughtUp(ada, bab);

  expect(second?.position?.appliedTo).toBeLessThanOrEqual(committed);
  expect(first?.position?.appliedTo).toBeGreaterThanOrEqual(committed + 0.6);
  expect(second?.position?.ordinal).toBe(first?.position?.ordinal);
});

test('after a switch of log files the standby can still reach what the primary says', async () => {
  const { ada, bab } = await pair();
  await ada.query('SELECT pg_switch_wal()');
  const [{ inserted }] = (await ada.query('SELECT pg_current_wal_insert_lsn()::text AS inserted')) as [
    { inserted: string },
  ];
  const [first, second] = await caughtUp(ada, bab);

  // The place of the next insertion is one that nobody can have applied.
  expect(first?.position?.token).not.toBe(inserted);
  expect(second?.position?.token).toBe(first?.position?.token);
});

test('a primary that was killed is unreachable; its standby keeps its position, and hears no more', async () => {
  const { ada, bab } = await pair();
  await insert(ada);
  const [, before] = await caughtUp(ada, bab);
  const died = now();
  await ada.stop('SIGKILL');
  await sleep(300);
  const after = await askBab(bab);

  expect([before?.isFollowing, after.isFollowing]).toEqual([true, false]);
  expect(await askAda(ada)).toEqual({ id: 'ada', dataPlane: 'unreachable', acceptsWrites: 'unknown' });
  expect(await probe().tryWrite(question('ada', ada.port))).toBe('unknown');
  expect(after).toMatchObject({ dataPlane: 'reachable', acceptsWrites: 'no', position: before?.position });
  expect(after.lastHeard ?? 0).toBeLessThan(died + 0.2);
});

test('a promoted standby takes writes, and tells no position in a log that is its own', async () => {
  const { ada, bab } = await pair();
  await caughtUp(ada, bab);
  const refused = await probe().tryWrite(question('bab', bab.port));
  await bab.query('SELECT pg_promote()');

  expect(refused).toBe('no');
  expect(await askBab(bab)).toEqual({ id: 'bab', dataPlane: 'reachable', acceptsWrites: 'yes' });
  expect(await probe().tryWrite(question('bab', bab.port))).toBe('yes');
});

test('a frozen primary takes no writes, and its position stands still; thawed, it takes them', async () => {
  const ada = await alone();
  await ada.set('default_transaction_read_only=on');
  await until(ada, ({ acceptsWrites }) => acceptsWrites === 'no');
  // What an application would see.
  await expect(insert(ada)).rejects.toMatchObject({ code: '25006' });
  // What the message alone would prove: nothing.
  await expect(ada.query("SELECT pg_logical_emit_message(true, 'test', '')")).resolves.toHaveLength(1);
  const first = await askAda(ada);
  const written = await probe().tryWrite(question('ada', ada.port));
  const second = await askAda(ada);
  await ada.set('default_transaction_read_only=off');
  await until(ada, ({ acceptsWrites }) => acceptsWrites === 'yes');

  expect([first.acceptsWrites, written]).toEqual(['no', 'no']);
  expect(second.position?.token).toBe(first.position?.token);
  expect(await probe().tryWrite(question('ada', ada.port))).toBe('yes');
});

test('a write that is tried is in the log, and in no table', async () => {
  const ada = await alone();
  const tables = 'SELECT count(*) FROM pg_class';
  const [before, first] = [await ada.query(tables), await askAda(ada)];
  const written = await probe().tryWrite(question('ada', ada.port));
  const [after, second] = [await ada.query(tables), await askAda(ada)];

  expect(written).toBe('yes');
  expect(second.position?.ordinal).toBeGreaterThan(first.position?.ordinal ?? Infinity);
  expect(after).toEqual(before);
});

test('who may not write a message writes a table that is gone when it is committed', async () => {
  const ada = await alone();
  await ada.query("CREATE ROLE plain LOGIN PASSWORD 'plain words'");
  await ada.query('REVOKE EXECUTE ON FUNCTION pg_logical_emit_message(boolean, text, text, boolean) FROM PUBLIC');
  const plain = await SecretServer.open(secretOf('plain', 'plain words'));
  const asked = new SqlDatabaseProbe({ isConnected: true, credentials: plain.options, tls: 'off', bounds: BOUNDS });
  const written = await asked.tryWrite(question('ada', ada.port));
  await ada.query('REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC');
  const denied = await asked.tryWrite(question('ada', ada.port));
  await plain.close();

  expect([written, denied]).toEqual(['yes', 'unknown']);
});

test('who may not read statistics learns the position, and not when the standby heard of its primary', async () => {
  const { ada, bab } = await pair();
  await ada.query("CREATE ROLE plain LOGIN PASSWORD 'plain words'");
  const [, full] = await caughtUp(ada, bab);
  const plain = await SecretServer.open(secretOf('plain', 'plain words'));
  const asked = new SqlDatabaseProbe({ isConnected: true, credentials: plain.options, tls: 'off', bounds: BOUNDS });
  const seen = await asked.ask(question('bab', bab.port));
  await plain.close();

  expect(seen).toEqual({
    id: 'bab',
    dataPlane: 'reachable',
    acceptsWrites: 'no',
    isFollowing: true,
    position: full?.position,
  });
});

test('a standby that was restarted and has applied nothing since tells the time of its last checkpoint', async () => {
  const { ada, bab } = await pair();
  await insert(ada);
  await ada.query('CHECKPOINT');
  const [, before] = await caughtUp(ada, bab);
  await bab.query('CHECKPOINT');
  // So it cannot apply anything.
  await ada.stop();
  await bab.stop();
  await bab.start();
  const [{ forgotten }] = (await bab.query('SELECT pg_last_xact_replay_timestamp() IS NULL AS forgotten')) as [
    { forgotten: boolean },
  ];
  const after = await askBab(bab);

  expect(forgotten).toBe(true);
  expect(after.position?.appliedTo).toBeGreaterThanOrEqual(Math.floor(before?.position?.appliedTo ?? Infinity));
  expect(after.position?.appliedTo).toBeLessThanOrEqual(now());
  expect(after.position?.ordinal).toBeGreaterThanOrEqual(before?.position?.ordinal ?? Infinity);
});

test('a standby whose replay is paused stands where it has applied, and says so', async () => {
  const { ada, bab } = await pair();
  const [, before] = await caughtUp(ada, bab);
  await bab.query('SELECT pg_wal_replay_pause()');
  await insert(ada);
  const target = (await askAda(ada)).position?.token ?? '';
  let received = false;
  for (let tries = 0; !received && tries < 60; tries += 1) {
    await sleep(10);
    const statement = `SELECT pg_last_wal_receive_lsn() >= '${target}' AS received`;
    [{ received }] = (await bab.query(statement)) as [{ received: boolean }];
  }
  const asked = probe();
  const paused = await asked.ask(question('bab', bab.port));
  const told = await asked.obstacles(question('bab', bab.port).topology);
  await bab.query('SELECT pg_wal_replay_resume()');
  await caughtUp(ada, bab);
  await asked.ask(question('bab', bab.port));

  expect(received).toBe(true);
  expect(paused.position).toEqual(before?.position);
  expect(paused.isFollowing).toBe(false);
  expect(told).toEqual([
    {
      id: 'replay-paused',
      severity: 'warn',
      acceptance: 'none',
      problem: 'bab receives writes and does not apply them: somebody has paused it',
      fix: 'on it, SELECT pg_wal_replay_resume()',
    },
  ]);
  expect(await asked.obstacles(question('bab', bab.port).topology)).toEqual([]);
});

test('a server that hangs is unreachable within the time that a question has', async () => {
  const ada = await alone();
  ada.signal('SIGSTOP');
  const began = now();
  const [seen, written] = await Promise.all([askAda(ada), probe().tryWrite(question('ada', ada.port))]);
  const took = now() - began;
  ada.signal('SIGCONT');

  expect(seen).toEqual({ id: 'ada', dataPlane: 'unreachable', acceptsWrites: 'unknown' });
  expect(written).toBe('unknown');
  expect(took).toBeGreaterThan(1.4);
  expect(took).toBeLessThan(3);
});

test('no session stays behind on the server', async () => {
  const ada = await alone();
  await Promise.all([askAda(ada), probe().tryWrite(question('ada', ada.port)), askAda(ada)]);
  const sessions = "SELECT count(*)::int AS open FROM pg_stat_activity WHERE application_name = 'understudy'";
  let open = 1;
  for (let tries = 0; open > 0 && tries < 60; tries += 1) {
    await sleep(10);
    [{ open }] = (await ada.query(sessions)) as [{ open: number }];
  }

  expect(open).toBe(0);
});
