import { gzipSync } from 'node:zlib';
import { openRunbookHostWith } from '../../../lib/cli/operator/open-runbook-host';
import { run } from '../../../lib/cli/run';
import { EmbeddedGoogle, serveGoogle, VirtualClock, type CloudServer } from '../../../lib/rehearsal';
import { googlePorts, RestClient } from '../../../lib/runbook/adapters/gcp';
import { settingsDocument, type GoogleRunbookSettings } from '../../../lib/runbook/contract';
import { watch } from '../../../lib/runbook/execution';
import { define } from '../../../lib/topology';
import { cloudSql, withDr } from '../../_helpers/sample-cloud-sql';
import { MemoryIo } from '../_helpers/memory-io';

jest.setTimeout(60_000);

const INPUT = { ...withDr(cloudSql()), objectives: { lag: '5m', dataLoss: '10m' } };
const DATABASE = 'understudy-orders-europe-north1';
const SETTINGS: GoogleRunbookSettings = {
  ...{ version: 1, cloud: 'gcp', project: 'acme-prod', region: 'europe-north1', database: DATABASE },
  topology: gzipSync(JSON.stringify(define(INPUT))).toString('base64'),
  endpoints: [{ kind: 'secret', role: 'writer', id: 'app' }],
  isConnected: true,
};

let time: VirtualClock;
let google: EmbeddedGoogle;
let server: CloudServer;

beforeEach(async () => {
  time = new VirtualClock();
  google = new EmbeddedGoogle({
    ...{ clock: time, database: DATABASE },
    instances: [
      { name: 'orders-ada', region: 'europe-west1', drReplica: 'orders-bab', availabilityType: 'REGIONAL' },
      { name: 'orders-bab', region: 'europe-north1', follows: 'orders-ada', availabilityType: 'REGIONAL' },
    ],
    secrets: { app: JSON.stringify({ host: '10.0.0.1', port: 5432 }) },
  });
  server = await serveGoogle(google);
});
afterEach(() => server.close());

/** What the component writes down. */
function writeDown(settings: unknown): void {
  const name = `${google.firestore.root}/${settingsDocument('orders')}`;
  google.firestore.commit([{ update: { name, fields: { json: { stringValue: JSON.stringify(settings) } } } }]);
}

function way() {
  const clock = { now: () => time.now() / 1000, wait: (seconds: number) => time.wait(seconds) };
  const token = () => Promise.resolve('ann');
  const options = { clock, token, endpoint: server.url, random: () => 0 };
  const wire = (settings: GoogleRunbookSettings) => googlePorts(settings, options);
  return { rest: new RestClient(options), wire, identity: token };
}

const noAws = (): never => {
  throw new Error('AWS was asked');
};

async function understudy(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = new MemoryIo({ 'db.yaml': JSON.stringify(INPUT) }, { open: openRunbookHostWith(noAws, way) });
  const code = await run(argv, io);
  return { code, out: io.out, err: io.err };
}

test('a failover from this machine, from the file and the plan to the end; the commands that are told work here, too', async () => {
  writeDown(SETTINGS);
  const { ports, topology } = way().wire({ ...SETTINGS, isConnected: false });
  for (let minute = 0; minute < 8; minute += 1) {
    await watch(ports, topology);
    time.advance(60);
  }
  google.sql.dead.add('orders-ada');
  google.cut('europe-west1');
  google.lag.set('orders-bab', 'growing');
  time.advance(180);
  const wishes = [
    '--override',
    'primary-unknown',
    '--accept-data-loss',
    '1h',
    '--accept-split-brain-risk',
    'Ada: it is dark',
  ];
  const failover = ['promote', 'db.yaml', '--local', '--failover', '--reason', 'europe-west1 is gone', ...wishes];
  const plan = await understudy(...failover);
  expect(plan.code).toBe(4);
  expect(plan.out.replaceAll(/\s+\\\n\s+/g, ' ')).toContain(
    'understudy promote orders --region europe-north1 --project acme-prod --local --failover',
  );
  expect(google.mutations.filter(({ method }) => method.startsWith('sqladmin'))).toEqual([]);
  const hash = /--approve ([0-9a-f]{64})/.exec(plan.out)?.[1] ?? 'no hash';
  const done = await understudy(...failover, '--approve', hash, '--yes');
  expect(done.out).toMatch(/^DEGRADED/);
  expect(done.out.replaceAll(/\s+/g, ' ')).toContain('`pulumi up --refresh`');
  expect(google.sql.get('orders-bab').instanceType).toBe('CLOUD_SQL_INSTANCE');
  expect(JSON.parse(google.secrets.value('app'))).toEqual({ host: '10.0.0.2', port: 5432 });
});

test('settings that are not there are told', async () => {
  const { code, err } = await understudy('status', 'db.yaml', '--local');
  expect(code).toBe(69);
  expect(err).toBe(
    'understudy: there are no settings of a runbook in the database understudy-orders-europe-north1 of the project acme-prod; allowed: a region with a deployed PromotionRunbook of orders; deploy it there, correct the name, or name another region with --region\n',
  );
});

test('settings of another version are told', async () => {
  writeDown({ ...SETTINGS, version: 2, database: 7 });
  const { err } = await understudy('status', 'db.yaml', '--local');
  expect(err).toBe(
    'understudy: the settings of the runbook in the database understudy-orders-europe-north1 of the project acme-prod cannot be read: version, database is not as expected; allowed: what this version of the package deploys; deploy the runbook again, or use the version that deployed it\n',
  );
});
