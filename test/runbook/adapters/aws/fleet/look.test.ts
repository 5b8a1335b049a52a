import type { ControlPlaneSighting, FleetSighting } from '../../../../../lib/runbook/execution/ports';
import { normalise } from '../../../../../lib/topology/normalise';
import { ABROAD, HOME, tearDown } from '../../../../rehearsal/_helpers/stage';
import { INPUT, setUpFleet, TOPOLOGY, type FleetStage } from '../_helpers/fleet-stage';

afterEach(tearDown);

const START = Date.parse('2030-01-01T00:00:00Z') / 1000;
const look = (stage: FleetStage): Promise<FleetSighting> => stage.fleet().look(TOPOLOGY);
const of = ({ members }: FleetSighting, id: string): ControlPlaneSighting | undefined =>
  members.find((member) => member.id === id);

test('all is well', async () => {
  const stage = await setUpFleet();
  const { members, obstacles } = await look(stage);
  const samples = Array.from({ length: 60 }, (_, minute) => ({ at: START - (59 - minute) * 60, lag: 0 }));
  const common = { controlPlane: 'reachable', status: 'available', isReady: true, samples };
  const address = (id: string, region: string): object => ({
    host: `${id}.understudy.${region}.rds.amazonaws.com`,
    port: 5432,
  });
  expect(members).toEqual([
    { ...common, id: 'ada', samples: [], replication: 'none', address: address('orders-ada', HOME) },
    { ...common, id: 'bab', replication: 'running', address: address('orders-bab', HOME) },
    { ...common, id: 'cyd', replication: 'running', address: address('orders-cyd', ABROAD) },
  ]);
  expect(obstacles).toEqual([]);
  expect(stage.cloud.mutations).toEqual([]);
});

test('who is retired is not looked at', async () => {
  const stage = await setUpFleet();
  const { ada, bab, cyd } = INPUT.members;
  const topology = normalise({
    ...INPUT,
    primary: 'bab',
    members: {
      ...(ada && { ada: { ...ada, retired: 'kept' } }),
      ...(bab && { bab }),
      ...(cyd && { cyd: { ...cyd, retired: 'removed' } }),
    },
  });
  const { members } = await stage.fleet().look(topology);
  expect(members.map(({ id }) => id)).toEqual(['bab']);
  expect(stage.cloud.calls.map(({ resource }) => resource)).toEqual(['orders-bab']);
});

test('the lag, each from its own Region, in one call', async () => {
  const metric = { name: 'ReplicaLag' };
  const at = (minutes: number): number => (START - minutes * 60) * 1000;
  const stage = await setUpFleet({
    metrics: [
      { ...metric, region: HOME, instance: 'orders-bab', value: 3, at: at(70) },
      { ...metric, region: HOME, instance: 'orders-bab', value: 4, at: at(30) },
      { ...metric, region: HOME, instance: 'orders-bab', value: -1, at: at(20) },
      { ...metric, region: ABROAD, instance: 'orders-cyd', value: 7, at: at(10) },
      // Measured where it does not count.
      { ...metric, region: HOME, instance: 'orders-cyd', value: 9, at: at(10) },
    ],
  });
  const sighting = await look(stage);
  const notZero = (id: string): unknown => of(sighting, id)?.samples.filter(({ lag }) => lag !== 0);
  // The end of the minute in which it was measured; what is older than an hour is left out.
  expect(notZero('bab')).toEqual([
    { at: START - 29 * 60, lag: 4 },
    { at: START - 19 * 60, lag: null },
  ]);
  expect(notZero('cyd')).toEqual([{ at: START - 9 * 60, lag: 7 }]);
  const calls = stage.cloud.calls.filter(({ action }) => action === 'GetMetricData');
  expect(calls.map(({ region }) => region).toSorted()).toEqual([HOME, ABROAD].toSorted());
});

test('nothing is measured later than now', async () => {
  const stage = await setUpFleet({ timetable: { metricDelay: 0 } });
  stage.clock.advance(630);
  const samples = of(await look(stage), 'bab')?.samples ?? [];
  expect(samples.slice(-2)).toEqual([
    { at: START + 600, lag: 0 },
    { at: START + 630, lag: 0 },
  ]);
});

test('lag that cannot be read: there is none, and it is told', async () => {
  const stage = await setUpFleet({
    faults: [{ action: 'GetMetricData', region: ABROAD, mishap: { kind: 'access-denied' }, times: 9 }],
  });
  stage.clock.advance(630);
  const sighting = await look(stage);
  expect(of(sighting, 'cyd')?.samples).toEqual([]);
  expect(of(sighting, 'bab')?.samples).not.toEqual([]);
  expect(sighting.obstacles).toEqual([
    {
      ...{ id: 'lag-unreadable', severity: 'warn', acceptance: 'none' },
      problem: expect.stringContaining('cloudwatch:GetMetricData in us-east-1 was denied') as string,
      fix: 'see that cloudwatch:GetMetricData is allowed; without it, only the databases can say how far behind they are',
    },
  ]);
});

test('lag that is told no more is told of, with the last that was; where none was ever told, too', async () => {
  const stage = await setUpFleet();
  stage.cloud.metrics.silence(HOME, 'orders-bab');
  stage.clock.advance(240);
  expect((await look(stage)).obstacles).toEqual([]);
  stage.clock.advance(360);
  const silent = (problem: string): unknown => ({
    ...{ id: 'lag-silent', severity: 'warn', acceptance: 'none', problem },
    fix: 'a new replica needs some minutes; else see whether it runs and replicates',
  });
  const last = new Date(START * 1000).toISOString();
  expect((await look(stage)).obstacles).toEqual([
    silent(`CloudWatch tells the lag of orders-bab in eu-west-1 as it was at ${last}, and none since`),
  ]);
  stage.clock.advance(3600);
  expect((await look(stage)).obstacles).toEqual([
    silent('CloudWatch has told no lag of orders-bab in eu-west-1 for an hour'),
  ]);
});

test.each(['silent', 'reset'] as const)(
  'a Region that is %s: its members are unreachable, in bounded time',
  async (how) => {
    const stage = await setUpFleet({}, 0.5);
    stage.cloud.cut(HOME, how);
    const began = Date.now();
    const sighting = await look(stage);
    expect(Date.now() - began).toBeLessThan(4000);
    const lost = { controlPlane: 'unreachable', isReady: false, replication: 'unknown', samples: [] };
    expect(of(sighting, 'ada')).toEqual({ id: 'ada', ...lost });
    expect(of(sighting, 'bab')).toEqual({ id: 'bab', ...lost });
    expect(of(sighting, 'cyd')).toMatchObject({ controlPlane: 'reachable', replication: 'running' });
    expect(sighting.obstacles).toEqual([]);
    // Once for all of its members.
    const there = stage.cloud.calls.filter(({ region }) => region === HOME);
    expect(new Set(there.map(({ resource }) => resource))).toEqual(new Set(['orders-ada']));
  },
);

test('access denied: unknown, and it is told', async () => {
  const stage = await setUpFleet({
    faults: [{ resource: 'orders-bab', mishap: { kind: 'access-denied' }, times: 9 }],
  });
  const sighting = await look(stage);
  const unknown = { controlPlane: 'unknown', isReady: false, replication: 'unknown', samples: [] };
  expect(of(sighting, 'bab')).toEqual({ id: 'bab', ...unknown });
  expect(sighting.obstacles).toEqual([
    {
      ...{ id: 'instance-denied', severity: 'warn', acceptance: 'none' },
      problem: expect.stringContaining('rds:DescribeDBInstances of orders-bab in eu-west-1 was denied') as string,
      fix: 'allow rds:DescribeDBInstances, or nobody knows how it is',
    },
  ]);
});

test("the service's own fault: unknown, and it is told", async () => {
  const mishap = { kind: 'error', code: 'InternalFailure', message: 'Oops.', httpStatus: 500 } as const;
  const stage = await setUpFleet({ faults: [{ resource: 'orders-bab', mishap, times: 9 }] });
  const sighting = await look(stage);
  expect(of(sighting, 'bab')?.controlPlane).toBe('unknown');
  expect(sighting.obstacles.map(({ id }) => id)).toEqual(['instance-unseen']);
});

test.each([
  ['stopped', { stoppedAt: START, isReady: false }],
  ['stopping', { isReady: false }],
  ['failed', { isReady: false }],
  ['backing-up', { isReady: false }],
  ['storage-optimization', { isReady: true }],
])('%s is told; only a stopped one certainly takes no writes', async (status, expected) => {
  const stage = await setUpFleet();
  stage.cloud.fleet.setStatus(HOME, 'orders-ada', status);
  const ada = of(await look(stage), 'ada');
  expect(ada).toMatchObject({ status, ...expected });
  expect(ada?.stoppedAt).toBe('stoppedAt' in expected ? expected.stoppedAt : undefined);
});

test('one that is gone takes no writes', async () => {
  const stage = await setUpFleet({ instances: [] });
  const sighting = await look(stage);
  expect(of(sighting, 'ada')).toEqual({
    ...{
      id: 'ada',
      controlPlane: 'reachable',
      status: 'not there',
      isReady: false,
      replication: 'unknown',
      samples: [],
    },
    stoppedAt: START,
  });
  expect(sighting.obstacles[0]).toEqual({
    ...{ id: 'instance-missing', severity: 'warn', acceptance: 'none' },
    problem: 'RDS has no orders-ada in eu-west-1',
    fix: 'declare the identifier that ada has, or retire it',
  });
});

test.each([
  ['replicating', 'running'],
  ['replication degraded', 'running'],
  ['error', 'stopped'],
  ['stopped', 'stopped'],
  ['terminated', 'stopped'],
] as const)('replication that is %s is %s', async (status, expected) => {
  const stage = await setUpFleet();
  stage.cloud.fleet.setReplication(HOME, 'orders-bab', status, 'The disk is full.');
  const sighting = await look(stage);
  expect(of(sighting, 'bab')?.replication).toBe(expected);
  expect(sighting.obstacles.map(({ problem }) => problem)).toEqual(
    status === 'replicating' ? [] : [`replication into orders-bab in eu-west-1 is ${status}: The disk is full`],
  );
});

test('only the target: its primary is none of the members that are looked at', async () => {
  const stage = await setUpFleet();
  const members = TOPOLOGY.members.filter(({ id }) => id === 'bab');
  expect((await stage.fleet().look({ ...TOPOLOGY, members })).members).toMatchObject([
    { id: 'bab', replication: 'running' },
  ]);
  expect(stage.cloud.calls.map(({ region }) => region)).toEqual([HOME, HOME]);
});
