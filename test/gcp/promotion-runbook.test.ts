import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CloudSqlTopology, PromotionRunbook, type PromotionRunbookArgs } from '../../lib/gcp';
import { PROJECT_NEEDS, SECRET_NEEDS, TOPIC_NEEDS, ZONE_NEEDS } from '../../lib/gcp/runbook-permissions';
import { googleFunctionName, googleRunbookSettingsSchema } from '../../lib/runbook/contract';
import { define, type TopologyInput } from '../../lib/topology';
import { cloudSql, switchedOver, withDr } from '../_helpers/sample-cloud-sql';
import { FakeEngine, type Deployed, type Known, type Up } from './_engine/fake-engine';
import { refusal } from './_helpers/mocked-engine';

const ADAPTERS = 'lib/runbook/adapters/gcp';

let engine: FakeEngine;
beforeEach(async () => {
  engine = await FakeEngine.start();
});
afterEach(() => engine.close());

type GcpInput = NonNullable<TopologyInput['gcp']>;
type Wishes = Omit<PromotionRunbookArgs, 'database'>;

const EVERYTHING: Wishes = {
  endpoints: [
    { kind: 'write-endpoint', role: 'writer' },
    { kind: 'record', role: 'writer', zone: 'shop', name: 'db.shop', ttl: 5 },
    { kind: 'secret', role: 'reader', id: 'app' },
  ],
  secret: 'login',
  network: { network: 'main', subnetwork: 'north' },
};

const up = (topology: TopologyInput, wishes: Wishes = {}, how?: Up): Promise<Deployed> =>
  engine.up(() => {
    const database = new CloudSqlTopology('orders', { topology });
    new PromotionRunbook('runbook', { database, ...wishes });
  }, how);

const made = (type: string): readonly Known[] =>
  [...engine.state.values()].filter((each) => each.type.endsWith(`:${type}`));
const permissionsIn = (what: string): unknown =>
  made('IAMCustomRole').find(({ name }) => name === `runbook-${what}-role`)?.inputs['permissions'];

/** Every method that a file of the adapters names where it makes a call. */
function called(): readonly string[] {
  const files = readdirSync(ADAPTERS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const texts = files
    .filter((file) => !file.endsWith('google-call.ts'))
    .map((file) => readFileSync(join(ADAPTERS, file), 'utf8'));
  const names = texts.flatMap(
    (text) => text.match(/'(sqladmin|monitoring|firestore|dns|secretmanager|pubsub)(\.[a-zA-Z]+)+'/g) ?? [],
  );
  return [...new Set(names.map((name) => name.slice(1, -1)))].toSorted();
}

describe('what the code calls is what the roles may do, no more and no less', () => {
  test('each call has its permissions, and no permission is of no call', () => {
    const needs = [PROJECT_NEEDS, ZONE_NEEDS, SECRET_NEEDS, TOPIC_NEEDS].flatMap((each) => Object.keys(each));
    expect(needs.toSorted()).toStrictEqual(called());
    const declared =
      readFileSync(join(ADAPTERS, 'rest/google-call.ts'), 'utf8').match(/ {2}\| '[a-z]+\.[a-zA-Z.]+'/g) ?? [];
    expect(declared.map((line) => line.slice(5, -1)).toSorted()).toStrictEqual(called());
  });

  test('the roles', async () => {
    expect((await up(withDr(cloudSql()), EVERYTHING)).error).toBeUndefined();
    expect(permissionsIn('project')).toStrictEqual([
      ...['cloudsql.instances.create', 'cloudsql.instances.get', 'cloudsql.instances.promoteReplica'],
      ...['cloudsql.instances.restart', 'cloudsql.instances.update'],
      ...[
        'datastore.entities.create',
        'datastore.entities.get',
        'datastore.entities.list',
        'datastore.entities.update',
      ],
      'monitoring.timeSeries.list',
    ]);
    expect(permissionsIn('zone')).toStrictEqual([
      ...['dns.changes.create', 'dns.resourceRecordSets.create', 'dns.resourceRecordSets.delete'],
      ...['dns.resourceRecordSets.list', 'dns.resourceRecordSets.update'],
    ]);
    expect(permissionsIn('secret')).toStrictEqual(['secretmanager.versions.access', 'secretmanager.versions.add']);
    expect(permissionsIn('login')).toStrictEqual(['secretmanager.versions.access']);
    expect(permissionsIn('topic')).toStrictEqual(['pubsub.topics.publish']);
    const all = made('IAMCustomRole').flatMap(({ inputs }) => inputs['permissions'] as readonly string[]);
    expect(all.filter((each) => /delete|setIamPolicy/i.test(each))).toStrictEqual(['dns.resourceRecordSets.delete']);
  });

  test('without names and login nothing of zones and secrets', async () => {
    await up(cloudSql());
    expect(
      made('IAMCustomRole')
        .map(({ name }) => name)
        .toSorted(),
    ).toStrictEqual(['runbook-project-role', 'runbook-topic-role']);
  });
});

test('it is in the region that is recovered in, and the command finds the settings of the function', async () => {
  await up(withDr(cloudSql()), EVERYTHING);
  const functions = made('Function').map(({ inputs }) => [inputs['name'], inputs['location']]);
  expect(functions).toStrictEqual([
    ['understudy-orders-europe-north1-promote', 'europe-north1'],
    ['understudy-orders-europe-north1-watch', 'europe-north1'],
  ]);
  const [database] = made('Database').filter(({ type }) => type.includes('firestore'));
  expect(database).toMatchObject({
    isProtected: true,
    inputs: {
      name: 'understudy-orders-europe-north1',
      locationId: 'europe-north1',
      deleteProtectionState: 'DELETE_PROTECTION_ENABLED',
    },
  });
  const [document] = made('Document');
  expect(document?.inputs).toMatchObject({ collection: 'understudy/orders/settings', documentId: 'current' });
  const { json } = JSON.parse(String(document?.inputs['fields'])) as {
    readonly json: { readonly stringValue: string };
  };
  const { serviceConfig } = (made('Function')[0]?.inputs ?? {}) as {
    readonly serviceConfig: { readonly environmentVariables: Record<string, string>; readonly timeoutSeconds: number };
  };
  expect(serviceConfig.environmentVariables['UNDERSTUDY_RUNBOOK']).toBe(json.stringValue);
  const settings = googleRunbookSettingsSchema.parse(JSON.parse(json.stringValue));
  expect(settings).toMatchObject({
    project: 'acme-prod',
    isConnected: true,
    secret: 'login',
    endpoints: EVERYTHING.endpoints,
  });
  expect(JSON.parse(gunzipSync(Buffer.from(settings.topology, 'base64')).toString('utf8'))).toMatchObject({
    primary: 'ada',
  });
});

test.each<[string, GcpInput, readonly string[]]>([
  ['in a private network', {}, ['write-endpoint']],
  ['with public addresses only', { network: { publicIp: true } }, []],
  ['of Private Service Connect only', { network: { pscProjects: ['shop'] } }, []],
])(
  'a DR replica %s has the write endpoint that there is: one that leads to nobody would stop every run',
  async (_, gcp, kinds) => {
    expect((await up(withDr(cloudSql(), gcp))).error).toBeUndefined();
    const [document] = made('Document');
    const { json } = JSON.parse(String(document?.inputs['fields'])) as {
      readonly json: { readonly stringValue: string };
    };
    const { endpoints } = googleRunbookSettingsSchema.parse(JSON.parse(json.stringValue));
    expect(endpoints.map(({ kind }) => kind)).toStrictEqual(kinds);
  },
);

test('deployed again nothing changes; after a switchover only what is told to the functions does', async () => {
  const before = withDr(cloudSql());
  expect((await up(before, { region: 'europe-north1' })).error).toBeUndefined();
  expect((await up(before, { region: 'europe-north1' }, { refresh: true })).error).toBeUndefined();
  expect((await up(before, { region: 'europe-north1' }, { refresh: true })).steps).toStrictEqual([]);
  // What a run does, behind the back of the program; then the program says what the run has told.
  engine.cloud.switchOver('orders-bab');
  const after = await up(switchedOver(before), { region: 'europe-north1' }, { refresh: true });
  expect(after.error).toBeUndefined();
  const { steps } = after;
  expect(steps.filter(({ op }) => op !== 'update')).toStrictEqual([]);
  expect(
    steps
      .map(({ name }) => name)
      .filter((name) => name.startsWith('runbook'))
      .toSorted(),
  ).toStrictEqual([...['runbook-promote', 'runbook-settings', 'runbook-watch']]);
  expect(engine.cloud.calls.filter((call) => /promote|delete/.test(call))).toStrictEqual([]);
});

test('the command knows the name of the function, however long it would be', async () => {
  const topology = { ...withDr(cloudSql()), name: 'orders-of-the-northern-warehouses' };
  await up(topology);
  const named = made('Function').map(({ inputs }) => inputs['name']);
  const name = googleFunctionName(topology.name, 'europe-north1');
  expect(name).toHaveLength(63);
  expect(named).toContain(name);
});

/** As Google's documents of each resource have it. */
const ALLOWED: readonly (readonly [type: string, input: string, form: RegExp])[] = [
  ['Function', 'name', /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/],
  ['Account', 'accountId', /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/],
  ['IAMCustomRole', 'roleId', /^[a-zA-Z0-9_.]{3,64}$/],
  ['Bucket', 'name', /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/],
  ['Database', 'name', /^[a-z][a-z0-9-]{2,61}[a-z0-9]$/],
  ['Job', 'name', /^[a-zA-Z0-9_-]{1,500}$/],
  ['Topic', 'name', /^[a-zA-Z][a-zA-Z0-9._-]{2,254}$/],
];

test('the runbooks of two regions have names that differ, and that Google takes, however long the topology is named', async () => {
  const topology = { ...withDr(cloudSql()), name: 'orders-of-all-the-warehouses-of-the-north-and-west' };
  const regions = ['northamerica-northeast1', 'northamerica-northeast2'];
  await engine.up(() => {
    const database = new CloudSqlTopology('orders', { topology });
    for (const region of regions) new PromotionRunbook(`runbook-${region}`, { database, region, ...EVERYTHING });
  });
  for (const [type, input, form] of ALLOWED) {
    const names = made(type).flatMap(({ inputs }) => (inputs[input] === undefined ? [] : (inputs[input] as string)));
    expect({ type, wrong: names.filter((name) => !form.test(name)), count: names.length }).toEqual({
      ...{ type, wrong: [], count: new Set(names).size },
    });
    expect(names.length).toBeGreaterThanOrEqual(regions.length);
  }
});

test('where it is not clear where to recover, that is told before anything is made', () => {
  const { members } = cloudSql();
  const cyd = { ...members['bab'], region: 'europe-west4', promotion: 2 };
  const topology = define({ ...cloudSql(), members: { ...members, cyd } });
  const args = { database: { topology } } as unknown as PromotionRunbookArgs;
  expect(refusal(() => new PromotionRunbook('runbook', args))).toMatchObject({
    code: 'region-missing',
    message:
      'members of 2 regions of orders can be promoted; allowed: europe-north1, europe-west4; fix: name one of them in region, and make a runbook for each',
  });
});
