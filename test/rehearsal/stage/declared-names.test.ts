import { EmbeddedCloud, VirtualClock } from '../../../lib/rehearsal';
import { declaredNames, longestTtl, NameLookup, namesLeadingTo } from '../../../lib/rehearsal/stage/declared-names';
import type { EndpointSetting } from '../../../lib/runbook/contract';
import { define, type TopologyInput } from '../../../lib/topology';
import { withAws } from '../../_arbitraries/edits';
import { sample } from '../../_helpers/sample-topology';

type Endpoints = NonNullable<NonNullable<NonNullable<TopologyInput['aws']>['runbook']>['endpoints']>;

const HOME = 'eu-west-1';
const ZONE = 'Z0123456789ABCDEFGHIJ';
const ADDRESSES = { writer: { host: '127.1.1.1', port: 1001 }, reader: { host: '127.1.1.2', port: 1001 } };

const names = (endpoints?: Endpoints): readonly EndpointSetting[] =>
  declaredNames(define(withAws(sample(), { runbook: endpoints === undefined ? {} : { endpoints } })));

function lookup(endpoints: Endpoints, cut: readonly string[] = []) {
  const clock = new VirtualClock();
  const declared = names(endpoints);
  const cloud = new EmbeddedCloud({ clock, ...namesLeadingTo(declared, HOME, ADDRESSES) });
  const network = { isCut: (from: string, to: string) => from !== to && cut.includes(from) };
  return { clock, cloud, names: new NameLookup({ names: declared, region: HOME, cloud, clock, network }) };
}

test('a role that is not declared has the parameter that the constructs give it', () => {
  const usual = (role: string) => ({ kind: 'parameter', role, name: `/understudy/orders/${role}` });
  expect(names()).toEqual([usual('writer'), usual('reader')]);
  expect(names([{ secret: 'orders/app', role: 'reader' }])).toEqual([
    { kind: 'secret', role: 'reader', id: 'orders/app' },
    usual('writer'),
  ]);
});

test('a record is kept for five seconds, unless another time is declared', () => {
  const record = { zone: ZONE, name: 'db.orders.example' };
  const declared = names([{ record }, { record: { zone: ZONE, name: 'r.orders.example', ttl: '2m' }, role: 'reader' }]);
  expect(declared).toEqual([
    { kind: 'record', role: 'writer', zone: ZONE, name: 'db.orders.example', ttl: 5 },
    { kind: 'record', role: 'reader', zone: ZONE, name: 'r.orders.example', ttl: 120 },
  ]);
  expect(longestTtl(declared)).toBe(120);
  expect(longestTtl(names())).toBe(0);
});

test('names of one zone are in the domain that they have in common', () => {
  const at = (name: string) => ({ record: { zone: ZONE, name } });
  const { cloud } = lookup([at('writer.db.orders.example'), at('w.orders.example')]);
  expect(cloud.zones.find(ZONE)?.name).toBe('orders.example.');
  expect(cloud.zones.resolve(ZONE, 'writer.db.orders.example')).toEqual(['127.1.1.1']);
});

test('clients go by the first name of a role, each Region as far as it gets', () => {
  const { names: found, cloud } = lookup(
    [{ parameter: '/orders/writer' }, { secret: 'orders/app' }, { secret: 'orders/reader', role: 'reader' }],
    ['us-east-1'],
  );
  const seen = (['writer', 'reader'] as const).map((role) => [
    found.hostFor(role, HOME),
    found.hostFor(role, 'us-east-1'),
  ]);
  expect(seen).toEqual([
    ['127.1.1.1', undefined],
    ['127.1.1.2', undefined],
  ]);
  expect(JSON.parse(cloud.secrets.value(HOME, 'orders/app') ?? '')).toEqual(ADDRESSES.writer);
});

test("a Region's resolver keeps a record as long as it may, and knows it while the Region is cut off", () => {
  const {
    names: found,
    cloud,
    clock,
  } = lookup([{ record: { zone: ZONE, name: 'db.orders.example', ttl: '20s' } }], ['us-east-1']);
  const hosts = () => [HOME, 'us-east-1'].map((region) => found.hostFor('writer', region));
  expect(found.hostFor('writer', HOME)).toBe('127.1.1.1');
  const zone = cloud.zones.get(ZONE);
  const moved = zone.records.map((each) => ({ ...each, ResourceRecords: [{ Value: '127.1.1.9' }] }));
  cloud.zones.replace(zone, moved, undefined);
  clock.advance(19);
  expect(hosts()).toEqual(['127.1.1.1', '127.1.1.1']);
  clock.advance(100);
  expect(hosts()).toEqual(['127.1.1.9', '127.1.1.9']);
  cloud.zones.replace(zone, zone.records, undefined);
  clock.advance(19);
  expect(hosts()).toEqual(['127.1.1.9', '127.1.1.9']);
});
