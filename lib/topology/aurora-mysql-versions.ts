/**
 * Versions of Aurora MySQL that Amazon RDS is known to have offered: by series, the patches as numbers and ranges, oldest
 * first.
 *
 * Source: `@aws/cloudformation-validate` 1.9.0-beta (2026-09); a test compares the two.
 */
const PATCHES: Readonly<Record<string, string>> = {
  '5.7.mysql_aurora.2.02': '3',
  '5.7.mysql_aurora.2.03': '2-4',
  '5.7.mysql_aurora.2.04': '0-9',
  '5.7.mysql_aurora.2.05': '0-1',
  '5.7.mysql_aurora.2.06': '0',
  '5.7.mysql_aurora.2.07': '0-10',
  '5.7.mysql_aurora.2.08': '0-4',
  '5.7.mysql_aurora.2.09': '0-3',
  '5.7.mysql_aurora.2.10': '0-3',
  '5.7.mysql_aurora.2.11': '0-6',
  '5.7.mysql_aurora.2.12': '0-6',
  '8.0.mysql_aurora.3.01': '0-1',
  '8.0.mysql_aurora.3.02': '0-3',
  '8.0.mysql_aurora.3.03': '0-3',
  '8.0.mysql_aurora.3.04': '0-4 6',
  '8.0.mysql_aurora.3.05': '0-2',
  '8.0.mysql_aurora.3.06': '0-1',
  '8.0.mysql_aurora.3.07': '0-1',
  '8.0.mysql_aurora.3.08': '0-2',
  '8.0.mysql_aurora.3.09': '0',
  '8.0.mysql_aurora.3.10': '0-5',
  '8.0.mysql_aurora.3.11': '0-1',
  '8.0.mysql_aurora.3.12': '0',
  '8.0.mysql_aurora.3.13': '0',
  '8.4.mysql_aurora.8.4': '7',
};

/** Patches with a fourth number are builds of the patch. */
const VERSION = /^((\d+\.\d+)\.mysql_aurora\.\d+\.\d+)\.(\d+)(?:\.\d+)?$/;

/** Whether a patch is known, may exist by now, or cannot exist. */
export function auroraMysqlStanding(version: string): 'known' | 'newer' | 'unknown' {
  const [, series = '', major = '', patch = ''] = VERSION.exec(version) ?? [];
  const last = seriesOf(major).at(-1);
  const ranges = PATCHES[series]?.split(' ').map((range) => range.split('-').map(Number));
  // As text: series of one major are written with two digits.
  if (ranges === undefined) return last !== undefined && series > last ? 'newer' : 'unknown';
  const number = Number(patch);
  if (ranges.some(([low = 0, high = low]) => number >= low && number <= high)) return 'known';
  return number > (ranges.at(-1)?.at(-1) ?? 0) ? 'newer' : 'unknown';
}

/** The majors, oldest first. */
export function auroraMysqlMajors(): readonly string[] {
  return [...new Set(Object.keys(PATCHES).map((series) => series.slice(0, 3)))];
}

/** The newest known version of a major. */
export function newestAuroraMysql(major: string): string {
  const series = seriesOf(major).at(-1) ?? '';
  return `${series}.${PATCHES[series]?.split(/[ -]/).at(-1) ?? ''}`;
}

function seriesOf(major: string): readonly string[] {
  return Object.keys(PATCHES).filter((series) => series.startsWith(`${major}.`));
}
