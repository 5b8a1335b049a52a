import type { Seconds } from './topology';

const UNITS: Readonly<Record<string, Seconds>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const PART = /(\d+)([smhd])/g;

/** Whole durations such as `30s`, `15m` or `1h30m`. */
export const DURATION_PATTERN = /^(\d+[smhd])+$/;

/** Seconds in a duration that matches {@link DURATION_PATTERN}. */
export function parseDuration(text: string): Seconds {
  let total = 0;
  for (const [, amount, unit] of text.matchAll(PART)) total += Number(amount) * (UNITS[unit ?? 's'] ?? 1);
  return total;
}

/** The shortest exact spelling, for example `1h30m`; zero is `0s`. */
export function formatDuration(seconds: Seconds): string {
  if (seconds === 0) return '0s';
  let rest = seconds;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's']) {
    const size = UNITS[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
