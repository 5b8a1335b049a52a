import { EmbeddedGoogle, VirtualClock } from '../../../lib/rehearsal';
import { PAIR } from '../../runbook/adapters/gcp/_helpers/google-stage';

test('when somebody measures, only what was measured is told, newest first and late', () => {
  const time = new VirtualClock();
  const { lag, sql } = new EmbeddedGoogle({ clock: time, instances: PAIR });
  const began = time.now();
  lag.leaveMeasuring();
  time.advance(600);
  expect(lag.points('orders-bab', began, time.now())).toEqual([]);
  for (const seconds of [0, 60, 120]) lag.record('orders-bab', { at: began + seconds * 1000, lag: seconds });
  const all = [120, 60, 0].map((seconds) => ({ at: began + seconds * 1000, lag: seconds }));
  expect(lag.points('orders-bab', began, time.now())).toEqual(all);
  expect(lag.points('orders-bab', began + 60_000, time.now())).toEqual(all.slice(0, 2));
  lag.record('orders-bab', { at: time.now(), lag: 600 });
  expect(lag.points('orders-bab', began, time.now())).toEqual(all);
  time.advance(sql.times.metricDelay);
  expect(lag.points('orders-bab', began, time.now())).toHaveLength(4);
});
