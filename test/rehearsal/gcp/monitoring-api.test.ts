import { EmbeddedGoogle, VirtualClock } from '../../../lib/rehearsal';
import { PAIR } from '../../runbook/adapters/gcp/_helpers/google-stage';

test('a lag that is told later keeps its time, and comes all at once when that is over', () => {
  const time = new VirtualClock();
  const { lag, sql } = new EmbeddedGoogle({ clock: time, instances: PAIR });
  const began = Math.ceil(time.now() / 60_000) * 60_000;
  const minutes = (): readonly number[] =>
    lag.points('orders-bab', 0, time.now()).map(({ at }) => Math.round((at - began) / 60_000));
  lag.delay('orders-bab', 300);
  lag.set('orders-bab', 7);
  time.advance(sql.times.metricDelay + 240);
  expect(minutes()).toEqual([]);
  time.advance(60);
  expect(minutes()).toEqual([0]);
  lag.delay('orders-bab', 0);
  expect(minutes()).toEqual([5, 4, 3, 2, 1, 0]);
  expect(lag.points('orders-bab', 0, time.now()).map(({ lag: seconds }) => seconds)).toEqual([7, 7, 7, 7, 7, 7]);
});

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
