import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type Change,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { EmbeddedCloud } from '../../../lib/rehearsal';
import { ABROAD, HOME, refusalOf, setUp, tearDown, thrownBy, type Stage } from '../_helpers/stage';

afterEach(tearDown);

const HostedZoneId = 'Z0123456789';
const WRITER = 'writer.orders.example.com.';
const ZONE = {
  id: HostedZoneId,
  name: 'Example.com',
  records: [
    { name: 'example.com', type: 'NS' as const, values: ['ns-1.example.net', 'ns-2.example.net'], ttl: 3600 },
    { name: WRITER, type: 'CNAME' as const, values: ['a.rds.example.net'] },
  ],
};

interface Registry extends Stage {
  readonly dns: Route53Client;
  readonly change: (...changes: Change[]) => Promise<string>;
  readonly status: (id: string) => Promise<string | undefined>;
}

async function open(zones = [ZONE]): Promise<Registry> {
  const stage = await setUp({ instances: [], zones });
  const dns = stage.connect(Route53Client);
  const change: Registry['change'] = async (...Changes) => {
    const { ChangeInfo } = await dns.send(
      new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
    );
    return ChangeInfo?.Id ?? '';
  };
  const status: Registry['status'] = async (Id) => (await dns.send(new GetChangeCommand({ Id }))).ChangeInfo?.Status;
  return { ...stage, dns, change, status };
}

const alias = (Name: string, Value: string, more: Partial<ResourceRecordSet> = {}): ResourceRecordSet => ({
  ...{ Name, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value }] },
  ...more,
});
const upsert = (Name: string, Value: string, more: Partial<ResourceRecordSet> = {}): Change => ({
  Action: 'UPSERT',
  ResourceRecordSet: alias(Name, Value, more),
});

test('a zone is all that the service says of it', async () => {
  const { dns } = await open();
  const { HostedZone } = await dns.send(new GetHostedZoneCommand({ Id: `/hostedzone/${HostedZoneId}` }));
  expect(HostedZone).toEqual({
    ...{ Id: `/hostedzone/${HostedZoneId}`, Name: 'example.com.', CallerReference: HostedZoneId },
    ...{ Config: { PrivateZone: false }, ResourceRecordSetCount: 2 },
  });
});

test('a change is pending until all name servers know it', async () => {
  const { change, status, clock, cloud } = await open();
  const id = await change(upsert('Writer.Orders.example.com', 'b.rds.example.net'));
  expect(await status(id)).toBe('PENDING');
  expect(cloud.zones.values(HostedZoneId, WRITER)).toEqual(['b.rds.example.net']);
  expect(cloud.zones.resolve(HostedZoneId, WRITER)).toEqual(['a.rds.example.net']);
  clock.advance(60);
  expect(await status(id)).toBe('INSYNC');
  expect(cloud.zones.resolve(HostedZoneId, WRITER)).toEqual(['b.rds.example.net']);
});

test('what a change says of itself', async () => {
  const { dns, clock } = await open();
  const ChangeBatch = { Comment: 'run <1> & more', Changes: [upsert(WRITER, 'b.rds.example.net')] };
  const { ChangeInfo } = await dns.send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch }));
  expect(ChangeInfo).toEqual({
    ...{ Id: '/change/C00000000000000000001', Status: 'PENDING', Comment: 'run <1> & more' },
    SubmittedAt: new Date(clock.now()),
  });
});

test('a batch happens as a whole', async () => {
  const { change, cloud } = await open();
  await change(
    { Action: 'DELETE', ResourceRecordSet: alias(WRITER, 'a.rds.example.net') },
    {
      Action: 'CREATE',
      ResourceRecordSet: { Name: WRITER, Type: 'A', TTL: 5, ResourceRecords: [{ Value: '192.0.2.1' }] },
    },
    upsert('reader.example.com', 'b.rds.example.net', { SetIdentifier: 'b', Weight: 10 }),
    upsert('reader.example.com', 'c.rds.example.net', { SetIdentifier: 'c', Weight: 20 }),
  );
  const [, ...records] = cloud.zones.find(HostedZoneId)?.records ?? [];
  expect(records).toEqual([
    { Name: WRITER, Type: 'A', TTL: 5, ResourceRecords: [{ Value: '192.0.2.1' }] },
    { ...alias('reader.example.com.', 'b.rds.example.net'), SetIdentifier: 'b', Weight: 10 },
    { ...alias('reader.example.com.', 'c.rds.example.net'), SetIdentifier: 'c', Weight: 20 },
  ]);
  expect(cloud.zones.values(HostedZoneId, 'reader.example.com')).toEqual(['b.rds.example.net', 'c.rds.example.net']);
});

test.each<[string, Change[], string]>([
  [
    'a record that is there',
    [{ Action: 'CREATE', ResourceRecordSet: alias(WRITER, 'b') }],
    "[Tried to create resource record set [name='writer.orders.example.com.', type='CNAME'] but it already exists]",
  ],
  [
    'a record that is not there',
    [{ Action: 'DELETE', ResourceRecordSet: alias('x.example.com', 'b', { SetIdentifier: 's', Weight: 1 }) }],
    "[Tried to delete resource record set [name='x.example.com.', type='CNAME', set-identifier='s'] but it was not found]",
  ],
  [
    'a record that is another',
    [{ Action: 'DELETE', ResourceRecordSet: alias(WRITER, 'b') }],
    "[Tried to delete resource record set [name='writer.orders.example.com.', type='CNAME'] but the values provided do not match the current values]",
  ],
  [
    'a name that is not in the zone, and one that has an address',
    [upsert('x.example.org', 'b'), upsert(WRITER, '192.0.2.1', { Type: 'A' })],
    '[RRSet with DNS name x.example.org. is not permitted in zone example.com., ' +
      'RRSet of type CNAME with DNS name writer.orders.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.]',
  ],
  [
    'no value',
    [upsert(WRITER, 'b', { ResourceRecords: [] })],
    '[Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none]',
  ],
])('%s: nothing of the batch happens', async (_, changes, message) => {
  const { change, cloud } = await open();
  const before = cloud.zones.find(HostedZoneId);
  const refused = change(upsert('new.example.com', 'b'), ...changes);
  expect(await refusalOf(refused)).toEqual(['InvalidChangeBatch', message, 400]);
  expect(cloud.zones.find(HostedZoneId)).toEqual(before);
});

test('records come in the order of their names from the end, and in pages', async () => {
  const { dns, change } = await open();
  await change(upsert('z.example.com', 'b'), upsert('a.orders.example.com', 'b'), upsert('b.example.com', 'b'));
  const list = (input = {}) => dns.send(new ListResourceRecordSetsCommand({ HostedZoneId, ...input }));
  const names = (sets: ResourceRecordSet[] = []): (string | undefined)[] => sets.map(({ Name }) => Name);
  const all = await list();
  expect(names(all.ResourceRecordSets)).toEqual([
    ...['example.com.', 'b.example.com.', 'a.orders.example.com.', WRITER, 'z.example.com.'],
  ]);
  expect([all.IsTruncated, all.MaxItems]).toEqual([false, 300]);
  const first = await list({ MaxItems: 2 });
  const { NextRecordName, NextRecordType, IsTruncated } = first;
  expect([NextRecordName, NextRecordType, IsTruncated]).toEqual(['a.orders.example.com.', 'CNAME', true]);
  const second = await list({ MaxItems: 2, StartRecordName: NextRecordName, StartRecordType: NextRecordType });
  expect(names(second.ResourceRecordSets)).toEqual(['a.orders.example.com.', WRITER]);
  const one = await list({ StartRecordName: WRITER, MaxItems: 1 });
  expect(one.ResourceRecordSets).toEqual([alias(WRITER, 'a.rds.example.net')]);
});

test('a target inside AWS', async () => {
  const { dns, change, cloud } = await open();
  const AliasTarget = { HostedZoneId: 'Z9', DNSName: 'nlb.example.net.', EvaluateTargetHealth: true };
  const ResourceRecordSet = { Name: 'api.example.com.', Type: 'A' as const, AliasTarget };
  await change({ Action: 'CREATE', ResourceRecordSet });
  const input = { HostedZoneId, StartRecordName: 'api.example.com', MaxItems: 1 };
  const { ResourceRecordSets } = await dns.send(new ListResourceRecordSetsCommand(input));
  expect(ResourceRecordSets).toEqual([ResourceRecordSet]);
  expect(cloud.zones.values(HostedZoneId, 'api.example.com', 'A')).toEqual(['nlb.example.net.']);
});

test('what is not there', async () => {
  const { dns, status } = await open();
  expect(await refusalOf(dns.send(new GetHostedZoneCommand({ Id: 'Z404' })))).toEqual([
    'NoSuchHostedZone',
    'No hosted zone found with ID: Z404',
    404,
  ]);
  expect(await refusalOf(status('C404'))).toEqual(['NoSuchChange', 'Could not find resource with ID: C404', 404]);
});

test('what is not played', async () => {
  const { dns, change } = await open();
  expect(await refusalOf(dns.send(new ListHostedZonesCommand({})))).toEqual([
    'NotImplemented',
    'The embedded cloud does not play the action GET /2013-04-01/hostedzone.',
    501,
  ]);
  const GeoLocation = { CountryCode: 'CH' };
  expect(await refusalOf(change(upsert(WRITER, 'b', { GeoLocation })))).toEqual([
    'NotImplemented',
    'The embedded cloud does not play ChangeBatch.Changes.0.ResourceRecordSet.GeoLocation of ChangeResourceRecordSets.',
    501,
  ]);
});

test('its control plane is gone with us-east-1, wherever one calls from, and name servers answer on', async () => {
  const { change, cloud } = await open();
  cloud.cut(HOME, 'reset');
  await change(upsert('new.example.com', 'b'));
  cloud.cut(ABROAD, 'reset');
  expect((await refusalOf(change(upsert(WRITER, 'b'))))[1]).toMatch(/ECONNRESET|hang up/);
  expect(cloud.zones.resolve(HostedZoneId, WRITER)).toEqual(['a.rds.example.net']);
  expect(cloud.calls.map(({ region, outcome }) => [region, outcome])).toEqual([
    [ABROAD, 'ok'],
    [ABROAD, 'reset'],
  ]);
});

test('a zone is seeded once', () => {
  expect(thrownBy(() => new EmbeddedCloud({ zones: [ZONE, ZONE] }))).toEqual([
    'seed-refused',
    'the zone Z0123456789 is twice; allowed is once; rename one',
  ]);
});
