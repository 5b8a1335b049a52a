import { momentText, ticksOf } from '../../../../lib/rehearsal/report/page';

test.each([
  [0, 200, 7, ['0:00', '0:30', '1:00', '1:30', '2:00', '2:30', '3:00']],
  [0, 200, 4, ['0:00', '1:00', '2:00', '3:00']],
  [0, 566, 7, ['0:00', '2:00', '4:00', '6:00', '8:00']],
  [61, 64, 7, ['1:01', '1:02', '1:03', '1:04']],
  [0, 7200, 7, ['0:00', '30:00', '1:00:00', '1:30:00', '2:00:00']],
  [10, 10, 7, ['0:10']],
])('from %d to %d seconds, %d marks at most', (from, to, most, expected) => {
  expect(ticksOf(from, to, most).map(momentText)).toEqual(expected);
});
