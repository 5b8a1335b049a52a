import { cloudSqlProbe } from '../../../../../lib/runbook/adapters/gcp';
import { SqlAdmin } from '../../../../../lib/runbook/adapters/gcp/fleet/sql-admin';
import type { DatabaseProbe } from '../../../../../lib/runbook/execution/ports';
import { ADMIN, ADMIN_PASSWORD, PostgresFarm, type PostgresServer } from '../../../../_helpers/postgres-farm';
import { selfSigned } from '../../../../_helpers/self-signed';
import { googleStage, PROJECT, type GoogleStage } from '../_helpers/google-stage';

jest.setTimeout(30_000);

/** Of another name than the server is called by: an instance is called by its address. */
const ITS_OWN = selfSigned('acme-prod.orders-ada');
const ANOTHER = selfSigned('acme-prod.orders-ada');

let farm: PostgresFarm;
let server: PostgresServer;
let stage: GoogleStage;
beforeAll(async () => {
  farm = await PostgresFarm.open();
  server = await farm.primary();
  await server.keep('server.crt', ITS_OWN.certificate);
  await server.keep('server.key', ITS_OWN.key);
  await server.set('ssl=on');
});
afterAll(() => farm.close());
beforeEach(async () => {
  stage = await googleStage();
});
afterEach(() => stage.end());

function probe(authority?: string, serverCaMode?: string): DatabaseProbe {
  const instance = stage.google.sql.get('orders-ada');
  if (authority !== undefined) Object.assign(instance, { serverCaCert: { cert: authority } });
  if (serverCaMode !== undefined) instance.settings['ipConfiguration'] = { serverCaMode };
  const value = JSON.stringify({ username: ADMIN, password: ADMIN_PASSWORD });
  return cloudSqlProbe({
    ...{ isConnected: true, sql: new SqlAdmin(stage.rest, PROJECT), bounds: { connect: 2, whole: 5 } },
    credentials: { name: 'login', read: () => Promise.resolve(value) },
  });
}

const ask = (by: DatabaseProbe) =>
  by.ask({ topology: stage.topology, member: 'ada', address: { host: '127.0.0.1', port: server.port } });

test('who has a certificate of its own authority is the instance, by whatever address', async () => {
  expect(await ask(probe(ITS_OWN.certificate))).toMatchObject({ dataPlane: 'reachable', acceptsWrites: 'yes' });
});

test('who has not is asked nothing, and says nothing of the instance', async () => {
  const by = probe(ANOTHER.certificate);
  expect(await ask(by)).toEqual({ id: 'ada', dataPlane: 'unknown', acceptsWrites: 'unknown' });
  expect(await by.obstacles?.(stage.topology)).toMatchObject([{ id: 'certificate-refused' }]);
});

test('of an authority that others share, the name has to be right as well', async () => {
  const by = probe(ITS_OWN.certificate, 'GOOGLE_MANAGED_CAS_CA');
  expect(await ask(by)).toMatchObject({ dataPlane: 'unknown' });
});

test('where Cloud SQL tells no authority nobody is asked; what it told once is kept', async () => {
  expect(await ask(probe())).toMatchObject({ dataPlane: 'unknown' });
  const by = probe(ITS_OWN.certificate);
  expect(await ask(by)).toMatchObject({ dataPlane: 'reachable' });
  stage.google.cut('europe-west1');
  expect(await ask(by)).toMatchObject({ dataPlane: 'reachable' });
});
