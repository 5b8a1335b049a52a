import { forgetTemplate, LagGauge } from '../../../lib/rehearsal';
import { ABROAD, HOME } from '../_helpers/stage';
import { raise, raze, type RealCloud } from '../postgres/_helpers/real-cloud';
import { until } from '../_helpers/until';

jest.setTimeout(180_000);

let real: RealCloud;
let gauge: LagGauge;
beforeEach(async () => {
  real = await raise();
  const { backend, clock, cloud } = real;
  gauge = new LagGauge({ backend, clock, metrics: cloud.metrics, instances: () => cloud.fleet.instances });
});
afterEach(async () => {
  await gauge.close();
  await raze();
});
afterAll(forgetTemplate);

test('the lag is the age of the newest commit that was applied: it is small under writes, and climbs without', async () => {
  const session = await real.connect('orders-a');
  await session.query('SELECT pg_current_xact_id()');
  await until(async () => {
    await gauge.measure();
    return gauge.points.some(({ id }) => id === 'orders-c');
  });
  await session.query('SELECT pg_current_xact_id()');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await gauge.measure();
  const fresh = gauge.points.findLast(({ id }) => id === 'orders-c')?.seconds ?? -1;
  await real.member('orders-a').kill();
  await new Promise((resolve) => setTimeout(resolve, 700));
  await gauge.measure();
  const stale = gauge.points.findLast(({ id }) => id === 'orders-c')?.seconds ?? -1;
  // A hundred seconds here are one of the machine's.
  expect([fresh >= 0, fresh < 60, stale >= 70, stale < 400]).toEqual([true, true, true, true]);
});

test('it measures by itself every minute, and CloudWatch tells it late', async () => {
  const session = await real.connect('orders-a');
  await session.query('SELECT pg_current_xact_id()');
  const metric = { region: ABROAD, name: 'ReplicaLag', instance: 'orders-c' };
  await until(() => gauge.points.filter(({ id }) => id === 'orders-c').length >= 3);
  const [point] = gauge.points.filter(({ id }) => id === 'orders-c');
  const minute = Math.floor((point?.at ?? 0) / 60_000) * 60_000;
  expect(real.cloud.metrics.valuesOf(metric, minute)[0]).toBe(point?.seconds);
  const now = Math.floor(real.clock.now() / 60_000) * 60_000;
  expect([real.cloud.metrics.valuesOf(metric, now), gauge.points.filter(({ id }) => id === 'orders-a')]).toEqual([
    [],
    [],
  ]);
});

test('of a server that does not answer nothing is told, and before the first measurement the replicas were up to date', async () => {
  await real.member('orders-b').kill();
  await gauge.measure();
  expect(gauge.points.filter(({ id }) => id === 'orders-b')).toEqual([]);
  const hourAgo = Math.floor(real.clock.now() / 60_000) * 60_000 - 3_600_000;
  expect(real.cloud.metrics.valuesOf({ region: HOME, name: 'ReplicaLag', instance: 'orders-b' }, hourAgo)).toEqual([0]);
});
