import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import type { EndpointSetting } from '../../../../../lib/runbook/contract';
import type { Mishap } from '../../../../../lib/rehearsal';
import { endpointClients } from '../../../../../lib/runbook/adapters/aws/endpoints/endpoint-clients';
import {
  driven,
  endpointStage,
  NEW,
  OLD,
  problemOf,
  REGION,
  TO_NEW,
  type EndpointStage,
} from './_helpers/endpoint-stage';

const ZONE = 'Z0123456789ABCDEFGHIJ';
const PRIVATE = 'Z0PRIVATE';
const NAME = 'db.orders.example';
const ID = `record:${ZONE}/${NAME}`;
const SETTING = { kind: 'record', role: 'writer', zone: ZONE, name: NAME, ttl: 5 } as const satisfies EndpointSetting;
const WRITING = `do: make ${ID} say ${NEW}, not ${OLD}`;
const SPREADING = `wait: all name servers know ${ID}`;
const DONE = `done: ${ID} says ${NEW}`;
const REQUEST = 'request 00000000-0000-4000-8000-00000000000';
const spreading = (times: number): string[] => Array.from({ length: times }, () => SPREADING);

let stage: EndpointStage;
beforeEach(async () => {
  const records = [
    { name: 'a.orders.example', type: 'A' as const, values: ['10.0.0.1'] },
    { name: NAME, type: 'CNAME' as const, values: [OLD] },
    { name: 'dotted.orders.example', type: 'CNAME' as const, values: [`${OLD.toUpperCase()}.`] },
    { name: 'two.orders.example', type: 'A' as const, values: ['10.0.0.2'] },
    { name: 'two.orders.example', type: 'TXT' as const, values: ['"two"'] },
  ];
  stage = await endpointStage({
    zones: [
      { id: ZONE, name: 'orders.example', records },
      { id: PRIVATE, name: 'orders.example', private: true, records },
    ],
  });
});
afterEach(() => stage.end());

const says = (): readonly string[] => stage.cloud.zones.values(ZONE, NAME);
const resolves = (): readonly string[] => stage.cloud.zones.resolve(ZONE, NAME);

/** Makes a record that seeds have not. */
function put(record: ResourceRecordSet): void {
  const zone = stage.cloud.zones.get(ZONE);
  stage.cloud.zones.replace(zone, [...zone.records, record as (typeof zone.records)[number]], undefined);
}

test('has a literal id, a role, and the name that it stands for', async () => {
  const endpoint = stage.endpoint(SETTING);
  expect([endpoint.id, endpoint.role, await endpoint.read()]).toEqual([ID, 'writer', OLD]);
  const dotted = stage.endpoint({ ...SETTING, name: 'Dotted.Orders.Example.' });
  expect([dotted.id, await dotted.read()]).toEqual([`record:${ZONE}/dotted.orders.example`, OLD]);
});

test('points when all name servers know it, and goes back', async () => {
  const endpoint = stage.endpoint(SETTING);
  const before = await endpoint.read();
  const { lines } = await driven(stage, endpoint.point(TO_NEW));
  expect(lines).toEqual([WRITING, ...spreading(12), DONE]);
  expect([says(), resolves()]).toEqual([[NEW], [NEW]]);
  expect(stage.cloud.zones.get(ZONE).records.find(({ Name }) => Name === `${NAME}.`)?.TTL).toBe(5);

  const back = await driven(stage, endpoint.goBack(before));
  expect(back.lines).toEqual([`do: make ${ID} say ${OLD}, not ${NEW}`, ...spreading(12), `done: ${ID} says ${OLD}`]);
  expect(resolves()).toEqual([OLD]);
});

test('that says so already is not written', async () => {
  expect((await driven(stage, stage.endpoint(SETTING).goBack(OLD))).lines).toEqual([`done: ${ID} says ${OLD}`]);
  expect(stage.cloud.mutations).toEqual([]);
});

test('taken up by another runner, it waits as long as Route 53 generally takes', async () => {
  const { attempts } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW), { most: 1 });
  await stage.clock.wait(20);
  const { lines } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW), { attempts });
  expect(lines).toEqual([...spreading(8), DONE]);
  expect(resolves()).toEqual([NEW]);
  expect(stage.cloud.calls.filter(({ action }) => action === 'GetChange')).toEqual([]);
  expect(stage.cloud.mutations).toHaveLength(1);
});

test.each<readonly [string, Mishap, string, readonly string[]]>([
  ['throttled', { kind: 'throttle' }, 'not-taken: ', [WRITING, ...spreading(12)]],
  ['lost before', { kind: 'timeout', effect: 'before', seconds: 1 }, 'unclear: ', [WRITING, ...spreading(12)]],
  ['lost after', { kind: 'timeout', effect: 'after', seconds: 1 }, 'unclear: ', spreading(12)],
  [
    '5xx',
    { kind: 'error', code: 'InternalError', message: 'No', httpStatus: 500 },
    'unclear: ',
    [WRITING, ...spreading(12)],
  ],
])('a writing that is %s', async (_, mishap, outcome, then) => {
  stage.cloud.inject({ action: 'ChangeResourceRecordSets', mishap });
  const { lines } = await driven(stage, stage.endpoint(SETTING).point(TO_NEW));
  expect(lines[1]?.startsWith(`${outcome}route53:ChangeResourceRecordSets of ${ZONE} in us-east-1 was`)).toBe(true);
  expect([lines[0], ...lines.slice(2)]).toEqual([WRITING, ...then, DONE]);
  expect(resolves()).toEqual([NEW]);
});

test('a writing that is refused says why', async () => {
  const why = { code: 'InvalidChangeBatch', message: 'Not so', httpStatus: 400 };
  stage.cloud.inject({ action: 'ChangeResourceRecordSets', mishap: { kind: 'error', ...why } });
  expect((await driven(stage, stage.endpoint(SETTING).point(TO_NEW))).lines).toEqual([
    WRITING,
    `refused: route53:ChangeResourceRecordSets of ${ZONE} in us-east-1 was refused: it had no effect, and would be refused ` +
      `again (InvalidChangeBatch: Not so; HTTP 400, ${REQUEST}2)`,
  ]);
});

test('without its control plane it cannot be moved, whatever Region is recovered in', async () => {
  stage.cloud.cut('us-east-1', 'reset');
  expect(await problemOf(driven(stage, stage.endpoint(SETTING).point(TO_NEW)))).toMatchObject({
    ...{ code: 'aws-unclear', family: 'unknown' },
    message: `route53:ListResourceRecordSets of ${ZONE} in us-east-1 was not answered as it should be (ECONNRESET: read ECONNRESET)`,
  });
});

describe('obstacles', () => {
  const dependence = (id: string, recovery: string): unknown => ({
    ...{ id: 'dns-control-plane', severity: 'warn', acceptance: 'none' },
    problem: `${id} can only be changed through the control plane of Route 53 in us-east-1; while that is lost, it stays as it is: ${recovery}`,
    fix: 'let applications find the database by a parameter or a secret in the Region that is recovered in',
  });
  const ON_PUBLIC = 'accelerated recovery, where it is switched on for this public zone, brings it back within an hour';
  const ON_PRIVATE = 'accelerated recovery does not exist for private zones';
  const ON_ANY = 'accelerated recovery exists for public zones alone';

  test('a record always depends on one Region', async () => {
    expect(await stage.endpoint(SETTING).obstacles()).toEqual([dependence(ID, ON_PUBLIC)]);
    expect(await stage.endpoint({ ...SETTING, zone: PRIVATE }).obstacles()).toEqual([
      dependence(`record:${PRIVATE}/${NAME}`, ON_PRIVATE),
    ]);
  });

  test('a control plane that is silent blocks nothing', async () => {
    stage.cloud.cut('us-east-1', 'reset');
    expect(await stage.endpoint(SETTING).obstacles()).toEqual([
      {
        ...{ id: 'endpoint-silent', severity: 'warn', acceptance: 'none' },
        problem:
          `${ID} cannot be read: route53:ListResourceRecordSets of ${ZONE} in us-east-1 was not answered as it should be ` +
          '(ECONNRESET: read ECONNRESET)',
        fix: 'try again; the run goes on without it, and ends DEGRADED if it cannot be written then',
      },
      dependence(ID, ON_ANY),
    ]);
  });

  const blocked = (name: string, problem: string): unknown => ({
    ...{ id: 'endpoint-unreadable', severity: 'block', acceptance: 'override', problem },
    fix: `make a simple CNAME record ${name} in the zone ${ZONE}, or move it by hand after the promotion and name endpoint-unreadable in override`,
  });
  const only = 'allowed is a simple CNAME; only that can be moved by writing one value';

  test.each<readonly [string, ResourceRecordSet | undefined, string]>([
    ['nowhere.orders.example', undefined, 'not there'],
    ['a.orders.example', undefined, 'a record of type A'],
    ['two.orders.example', undefined, 'several records'],
    [
      'alias.orders.example',
      {
        Name: 'alias.orders.example.',
        Type: 'CNAME',
        AliasTarget: { HostedZoneId: 'Z', DNSName: 'b.', EvaluateTargetHealth: false },
      },
      'an alias',
    ],
    [
      'weighted.orders.example',
      {
        Name: 'weighted.orders.example.',
        Type: 'CNAME',
        SetIdentifier: 'one',
        Weight: 1,
        TTL: 5,
        ResourceRecords: [{ Value: OLD }],
      },
      'one of a set of weighted or otherwise routed records',
    ],
  ])('%s blocks, and can be overridden', async (name, record, kind) => {
    if (record) put(record);
    const id = `record:${ZONE}/${name}`;
    expect(await stage.endpoint({ ...SETTING, name }).obstacles()).toEqual([
      blocked(name, `${id} is ${kind}; ${only}`),
      dependence(id, ON_ANY),
    ]);
  });

  test('a zone that is not there blocks', async () => {
    const endpoint = stage.endpoint({ ...SETTING, zone: 'Z9' });
    expect((await endpoint.obstacles()).map(({ id, problem }) => [id, problem])).toEqual([
      [
        'endpoint-unreadable',
        `record:Z9/${NAME} cannot be read: route53:ListResourceRecordSets of Z9 in us-east-1 was refused: it had no effect, and ` +
          `would be refused again (NoSuchHostedZone: No hosted zone found with ID: Z9; HTTP 404, ${REQUEST}1)`,
      ],
      ['dns-control-plane', expect.any(String)],
    ]);
  });
});

test('clients never repeat by themselves, and know where Route 53 is', async () => {
  const { ssm, secretsManager, route53 } = endpointClients({ region: REGION });
  const settings = await Promise.all(
    [ssm, secretsManager, route53].map(async ({ config }) => [await config.region(), await config.maxAttempts()]),
  );
  expect(settings).toEqual([
    [REGION, 1],
    [REGION, 1],
    ['us-east-1', 1],
  ]);
});
