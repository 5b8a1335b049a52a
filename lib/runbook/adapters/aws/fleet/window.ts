import type { Instant } from '../../../decision';

const DAY = 24 * 60;

/** Minutes until a window such as `23:30-00:30` (UTC) opens; 0 while it is open, undefined if there is none. */
export function minutesUntilWindow(window: string | undefined, at: Instant): number | undefined {
  const match = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(window ?? '');
  if (match === null) return undefined;
  const [begin, end] = [minuteOf(match[1], match[2]), minuteOf(match[3], match[4])];
  const now = Math.floor(at / 60) % DAY;
  const sinceBegin = (now - begin + DAY) % DAY;
  const length = (end - begin + DAY) % DAY;
  return sinceBegin < length ? 0 : DAY - sinceBegin;
}

const minuteOf = (hours = '0', minutes = '0'): number => Number(hours) * 60 + Number(minutes);
