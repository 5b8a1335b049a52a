import { gzipSync } from 'node:zlib';
import { EmbeddedGoogle, serveGoogle, VirtualClock, type CloudServer } from '../../../lib/rehearsal';
import { googlePorts } from '../../../lib/runbook/adapters/gcp';
import { SETTINGS_VARIABLE, type GoogleRunbookSettings } from '../../../lib/runbook/contract';
import { callCommand, googleAnswering } from '../../../lib/runbook/handlers/google-answering';
import { googleWatching } from '../../../lib/runbook/handlers/google-watching';
import { define } from '../../../lib/topology';
import { enterprise } from '../../_helpers/sample-cloud-sql';
import { PLAIN } from '../adapters/gcp/_helpers/google-stage';

const SETTINGS: GoogleRunbookSettings = {
  ...{ version: 1, cloud: 'gcp', project: 'acme-prod', region: 'europe-north1', database: '(default)' },
  topology: gzipSync(JSON.stringify(define(enterprise()))).toString('base64'),
  endpoints: [],
  isConnected: false,
  functionName: 'understudy-orders-europe-north1-promote',
};

let google: EmbeddedGoogle;
let server: CloudServer;
let time: VirtualClock;

beforeEach(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  time = new VirtualClock();
  google = new EmbeddedGoogle({ clock: time, instances: PLAIN });
  server = await serveGoogle(google);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.close();
});

const options = (env: Readonly<Record<string, string>> = { [SETTINGS_VARIABLE]: JSON.stringify(SETTINGS) }) => ({
  env,
  portsOf: (settings: GoogleRunbookSettings) => {
    const clock = { now: () => time.now() / 1000, wait: (seconds: number) => time.wait(seconds) };
    return googlePorts(settings, { clock, endpoint: server.url, token: () => Promise.resolve('ann'), random: () => 0 });
  },
});

type Answering = ReturnType<typeof googleAnswering>;

async function told(
  answering: Answering,
  body?: unknown,
): Promise<readonly [number, Readonly<Record<string, unknown>>]> {
  let code = 0;
  let answer: unknown;
  const response = {
    status(given: number) {
      code = given;
      return response;
    },
    json(given: unknown) {
      answer = given;
    },
  };
  await answering({ body }, response);
  return [code, answer as Readonly<Record<string, unknown>>];
}

test('an event is answered with a result, and what to do next is a command of Google', async () => {
  await told(googleWatching(options()));
  time.advance(600);
  const [code, result] = await told(googleAnswering(options()), { mode: 'plan', acceptDataLoss: 4000 });
  expect(code).toBe(200);
  expect(result).toMatchObject({ outcome: 'REFUSED', candidates: [{ member: 'bab' }, { member: 'ada' }] });
  expect(JSON.stringify(result['next'])).toContain(
    'gcloud functions call understudy-orders-europe-north1-promote --gen2 --region europe-north1 --project acme-prod --data',
  );
});

test('the watch remembers who is alive', async () => {
  const [code, watched] = await told(googleWatching(options()));
  expect(code).toBe(200);
  expect(watched).toMatchObject({ members: [{ id: 'ada' }, { id: 'bab' }] });
  expect(google.mutations.map(({ method }) => method)).toEqual(Array(2).fill('firestore.documents.commit'));
});

test('what is no event is told, and has no run', async () => {
  expect(await told(googleAnswering(options()), { mode: 'pla' })).toMatchObject([400, { code: 'event-refused' }]);
  expect(google.calls).toEqual([]);
});

test('settings that are missing, or of another version, are told', async () => {
  expect(await told(googleWatching(options({})))).toMatchObject([400, { code: 'settings-refused' }]);
  const other = { [SETTINGS_VARIABLE]: JSON.stringify({ ...SETTINGS, version: 2 }) };
  expect(await told(googleWatching(options(other)))).toMatchObject([400, { code: 'settings-refused' }]);
});

test('a database that does not answer is told as what may pass', async () => {
  google.inject({ service: 'firestore', mishap: { kind: 'throttle' }, times: 999 });
  expect(await told(googleAnswering(options()), { mode: 'status' })).toMatchObject([503, { code: 'google-throttled' }]);
});

test('a command has its event as one word of a shell', () => {
  expect(callCommand({ mode: 'failover', reason: "it's gone" }, SETTINGS)).toBe(
    `gcloud functions call understudy-orders-europe-north1-promote --gen2 --region europe-north1 --project acme-prod --data '{"mode":"failover","reason":"it'\\''s gone"}'`,
  );
});
