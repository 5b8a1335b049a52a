import { auroraMysqlMajors, auroraMysqlStanding, newestAuroraMysql } from './aurora-mysql-versions';
import { ENGINES, engineMajor, type EngineName } from './engines';
import { compareVersions } from './version';

/**
 * Versions that Amazon RDS is known to have offered, by major; minors as numbers and ranges.
 *
 * Source: `@aws/cloudformation-validate` 1.9.0-beta (2026-09); a test compares the two.
 */
const MINORS: Readonly<Partial<Record<EngineName, Readonly<Record<string, string>>>>> = {
  postgres: {
    '11': '1-2 4-22',
    '12': '2-22',
    '13': '1-23',
    '14': '1-24',
    '15': '2-19',
    '16': '1-15',
    '17': '1-11',
    '18': '1-4 6',
  },
  mysql: {
    '5.7': '33-34 36-44',
    '8.0': '11 13 15-17 19-21 23 25-37 39-46',
    '8.4': '3-11',
  },
  mariadb: {
    '10.4': '13 18 21-22 24-34',
    '10.5': '8-9 12-13 15-29',
    '10.6': '5 7-25 27',
    '10.11': '4-11 13-16 18',
    '11.4': '3-5 7-10 12',
    '11.8': '3-6 8',
    '12.3': '2',
  },
  'aurora-postgresql': {
    '11': '9 12-21',
    '12': '4 7-20 22',
    '13': '3-16 18 20-23',
    '14': '3-13 15 17-20 22-23',
    '15': '2-8 10 12-15 17-18',
    '16': '1-4 6 8-11 13-14',
    '17': '4-7 9-10',
    '18': '3-4',
  },
};

/** Engines whose builds are too many to list: the majors, and how a build is written. */
const BUILDS: Readonly<Partial<Record<EngineName, { majors: readonly string[]; written: RegExp; example: string }>>> = {
  oracle: {
    majors: ['19', '21'],
    written: /^\d+(\.0\.0\.0\.(ru|spb)-\d{4}-\d{2}\.[a-z0-9.-]+)?$/,
    example: '19.0.0.0.ru-2025-10.rur-2025-10.r1',
  },
  sqlserver: {
    majors: ['13', '14', '15', '16', '17'],
    written: /^\d{2}\.00\.\d+\.\d+\.v\d+$/,
    example: '16.00.4236.2.v1',
  },
  db2: { majors: ['11.5', '12.1'], written: /^\d+\.\d+\.\d+\.\d+\.sb\d+\.r\d+$/, example: '12.1.4.0.sb00085812.r1' },
};

/** `newer` may exist by now; `unknown` cannot. */
export type VersionStanding = 'known' | 'newer' | 'unknown';

/** Whether Amazon RDS offers this version, as far as this release of the package knows. */
export function standingOf(engine: EngineName, version: string): VersionStanding {
  const builds = BUILDS[engine];
  if (builds !== undefined) {
    return builds.written.test(version) && builds.majors.includes(engineMajor(engine, version)) ? 'known' : 'unknown';
  }
  if (engine === 'aurora-mysql') return auroraMysqlStanding(version);
  const [plain = '', suffix] = version.split('-rds.');
  if (!/^\d+(\.\d+)*$/.test(plain) || (suffix !== undefined && !/^\d{8}$/.test(suffix))) return 'unknown';
  const major = engineMajor(engine, plain);
  const minors = MINORS[engine]?.[major];
  if (minors === undefined) return 'unknown';
  if (plain === major) return ['postgres', 'aurora-postgresql'].includes(engine) ? 'known' : 'unknown';
  const rest = plain.slice(major.length + 1);
  if (/\D/.test(rest)) return 'unknown';
  const ranges = minors.split(' ').map((range) => range.split('-').map(Number));
  const minor = Number(rest);
  if (ranges.some(([low = 0, high = low]) => minor >= low && minor <= high)) return 'known';
  return minor > (ranges.at(-1)?.at(-1) ?? 0) ? 'newer' : 'unknown';
}

/** The known majors of an engine, oldest first. */
export function knownMajors(engine: EngineName): readonly string[] {
  if (engine === 'aurora-mysql') return auroraMysqlMajors();
  const builds = BUILDS[engine];
  return (builds?.majors ?? Object.keys(MINORS[engine] ?? {})).toSorted((a, b) => compareVersions(a, b) ?? 0);
}

/** The newest known version of a major, or of the engine; for engines with too many builds, one as an example. */
export function newestKnown(engine: EngineName, major = knownMajors(engine).at(-1) ?? ''): string {
  if (engine === 'aurora-mysql') return newestAuroraMysql(major);
  const minors = MINORS[engine]?.[major];
  return minors === undefined ? (BUILDS[engine]?.example ?? '') : `${major}.${minors.split(/[ -]/).at(-1) ?? ''}`;
}

/** What may be written as a version of this engine. */
export function writtenVersions(engine: EngineName): string {
  const majors = knownMajors(engine).join(', ');
  return `a version of ${ENGINES[engine].title} ${majors} that Amazon RDS offers, written like ${newestKnown(engine)}`;
}
