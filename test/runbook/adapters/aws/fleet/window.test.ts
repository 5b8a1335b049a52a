import { minutesUntilWindow } from '../../../../../lib/runbook/adapters/aws/fleet/window';

const at = (time: string): number => Date.parse(`2026-11-23T${time}Z`) / 1000;

test.each([
  ['03:00-03:30', '02:29:59', 31],
  ['03:00-03:30', '02:30:00', 30],
  ['03:00-03:30', '03:00:00', 0],
  ['03:00-03:30', '03:29:59', 0],
  ['03:00-03:30', '03:30:00', 1410],
  ['23:45-00:15', '23:30:00', 15],
  ['23:45-00:15', '00:10:00', 0],
  ['00:10-00:40', '23:55:00', 15],
  ['never', '03:00:00', undefined],
  [undefined, '03:00:00', undefined],
])('%p at %p: %p', (window, time, expected) => {
  expect(minutesUntilWindow(window, at(time))).toBe(expected);
});
