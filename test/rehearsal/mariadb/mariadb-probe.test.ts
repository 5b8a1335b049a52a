import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { forgetTemplate } from '../../../lib/rehearsal';
import { masterSecret, SqlDatabaseProbe } from '../../../lib/runbook/adapters/aws';
import type { DataPlaneSighting, LogMark } from '../../../lib/runbook/execution/ports';
import { question } from '../../runbook/adapters/sql/_helpers/question';
import { HOME } from '../_helpers/stage';
import { until } from '../_helpers/until';
import { endOf, make, raise, raze, write, type RealMariadb } from './_helpers/real-mariadb';

/** The probe of the runbook, asked about real servers: ada is orders-a, and bab follows her. */
jest.setTimeout(180_000);
afterEach(raze);
afterAll(forgetTemplate);

const SERVERS = { ada: 'orders-a', bab: 'orders-b' } as const;
type Whom = keyof typeof SERVERS;

/** @param whole seconds for a question */
function probe({ backend }: RealMariadb, secret = backend.secret, whole = 8): SqlDatabaseProbe {
  const send = () => Promise.resolve({ SecretString: secret });
  const client = { send } as unknown as Pick<SecretsManagerClient, 'send'>;
  const bounds = { connect: Math.min(whole, 4), whole };
  return new SqlDatabaseProbe({
    ...{ isConnected: true, tls: 'off', bounds },
    credentials: masterSecret({ client, region: HOME, secret: 'understudy/orders/master' }),
  });
}

function about({ backend }: RealMariadb, whom: Whom): ReturnType<typeof question> {
  const { doors } = backend.member(HOME, SERVERS[whom]);
  return { ...question(whom, 0, 'mariadb'), address: backend.network.addressFrom(HOME, doors.host) };
}

const ask = (real: RealMariadb, whom: Whom, by = probe(real)): Promise<DataPlaneSighting> => by.ask(about(real, whom));

/** What somebody has: a primary tells it with a time, a replica of MariaDB without. */
const markOf = ({ position, log }: DataPlaneSighting): Partial<LogMark> => {
  const { token, ordinal, unit } = position ?? log ?? {};
  return { token, ordinal, unit };
};

async function begun(): Promise<RealMariadb> {
  const real = await raise();
  const session = await real.connect('orders-a');
  await make(session);
  for (const id of ['1', '2', '3']) await write(session, id);
  await until(async () => (await ask(real, 'bab')).log?.ordinal === 4, 30);
  return real;
}

test('a primary tells what it has until now; its replica the same transactions, and no time', async () => {
  const real = await begun();
  const [ada, bab] = [await ask(real, 'ada'), await ask(real, 'bab')];
  const mark = { token: expect.stringMatching(/^0-\d+-4$/) as string, ordinal: 4, unit: 'transactions' };
  expect(ada).toMatchObject({ dataPlane: 'reachable', acceptsWrites: 'yes', position: { ...mark, source: 'sql' } });
  expect(Math.abs((ada.position?.appliedTo ?? 0) - Date.now() / 1000)).toBeLessThan(30);
  expect(bab).toEqual({ id: 'bab', dataPlane: 'reachable', acceptsWrites: 'no', log: markOf(ada) });
  expect(await probe(real).obstacles(about(real, 'ada').topology)).toEqual([]);
});

test('a write that is tried is one transaction and leaves nothing; where nothing may be written it is none', async () => {
  const real = await begun();
  const tried = async (whom: Whom): Promise<string> => probe(real).tryWrite(about(real, whom));
  const first = [await tried('ada'), await tried('bab')];
  const session = await real.connect('orders-a');
  const tables = await session.query(
    "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%probe%'",
  );
  const { ordinal } = markOf(await ask(real, 'ada'));
  await real.member('orders-a').fillDisk();
  const frozen = [await tried('ada'), (await ask(real, 'ada')).acceptsWrites];
  expect([first, tables, ordinal, frozen]).toEqual([['yes', 'no'], [], 5, ['no', 'no']]);
});

test('read_only lets no transaction of the master user commit that began before; so what is counted then is the end', async () => {
  const real = await begun();
  const session = await real.connect('orders-a');
  await session.query('BEGIN');
  await write(session, 'open');
  await real.member('orders-a').fillDisk();
  const before = await ask(real, 'ada');
  const end = await endOf(session.query('COMMIT'));
  const after = await ask(real, 'ada');
  expect([end, markOf(after)]).toEqual(['ER_OPTION_PREVENTS_STATEMENT', markOf(before)]);
  expect(markOf(before).ordinal).toBe(4);
});

test('one that was promoted counts on from where it was', async () => {
  const real = await begun();
  await real.call('PromoteReadReplica', 'orders-b');
  const { topology, ...asked } = about(real, 'bab');
  const promoted = { ...asked, topology: { ...topology, primary: 'bab' as typeof topology.primary } };
  const before = await probe(real).ask(promoted);
  await write(await real.connect('orders-b'), '4');
  const after = await probe(real).ask(promoted);
  expect([markOf(before).ordinal, markOf(after).ordinal, after.acceptsWrites]).toEqual([4, 5, 'yes']);
});

test('who refuses the login is there; who hangs, was killed or lets nobody in is not', async () => {
  const real = await begun();
  const wrong = probe(real, JSON.stringify({ username: 'understudy', password: 'of before' }));
  const refused = await ask(real, 'ada', wrong);
  const obstacles = (await wrong.obstacles(about(real, 'ada').topology)).map(({ id, problem }) => [id, problem]);
  real.member('orders-a').freeze();
  const hanging = await ask(real, 'ada', probe(real, undefined, 1));
  real.member('orders-a').thaw();
  await real.member('orders-a').kill();
  const dead = await ask(real, 'ada');
  real.member('orders-b').doors.shut = true;
  const shut = await ask(real, 'bab');
  expect([refused, hanging, dead, shut].map(({ dataPlane }) => dataPlane)).toEqual([
    ...['reachable', 'unreachable', 'unreachable', 'unreachable'],
  ]);
  expect(obstacles).toEqual([
    ['login-refused', "ada refuses the master user's login (1045): nobody can ask it how far it is"],
  ]);
});
