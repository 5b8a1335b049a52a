import * as rds from 'aws-cdk-lib/aws-rds';
import { ENGINE_NAMES, ENGINES, engineMajor, type EngineName } from '../../lib/topology';
import { replicasKeepBackups } from '../../lib/topology/engines';
import { knownMajors } from '../../lib/topology/known-versions';

interface CdkVersion {
  readonly full?: string;
  readonly major?: string;
}

const IN_CDK: Readonly<Record<EngineName, readonly object[]>> = {
  mysql: [rds.MysqlEngineVersion],
  mariadb: [rds.MariaDbEngineVersion],
  postgres: [rds.PostgresEngineVersion],
  oracle: [rds.OracleEngineVersion],
  sqlserver: [rds.SqlServerEngineVersion],
  db2: [],
  'aurora-mysql': [rds.AuroraMysqlEngineVersion],
  'aurora-postgresql': [rds.AuroraPostgresEngineVersion],
};

/** Full version and major of every version that the CDK names. */
function namedByCdk(engine: EngineName): readonly (readonly [full: string, major: string])[] {
  return IN_CDK[engine].flatMap((versions) =>
    Object.values(versions).flatMap((value: unknown) => {
      const version = value as CdkVersion & { mysqlFullVersion?: string; mysqlMajorVersion?: string } & Record<
          string,
          string | undefined
        >;
      const names = Object.keys(Object(value) as object);
      const full = names.find((name) => name.endsWith('FullVersion'));
      const major = names.find((name) => name.endsWith('MajorVersion'));
      return full === undefined || major === undefined ? [] : [[version[full] ?? '', version[major] ?? ''] as const];
    }),
  );
}

/** Majors that RDS offered once and this package leaves out, because nobody can create them any more. */
const GONE: Readonly<Record<string, RegExp>> = {
  mysql: /^5\.[56]/,
  mariadb: /^10\.[0-3]$/,
  postgres: /^(9\..*|10)$/,
  oracle: /^(11|12|18)/,
  sqlserver: /^(11|12)/,
  'aurora-postgresql': /^(9\.6|10)$/,
};

describe('engineMajor', () => {
  it.each(ENGINE_NAMES.filter((engine) => engine !== 'db2'))('of %s is the one of the CDK', (engine) => {
    const versions = namedByCdk(engine).filter(([, major]) => GONE[engine]?.test(major) !== true);
    const differing = versions.filter(([full, major]) => engineMajor(engine, full) !== engineMajor(engine, major));
    expect({ some: versions.length > 5, differing }).toStrictEqual({ some: true, differing: [] });
  });

  it.each(ENGINE_NAMES.filter((engine) => engine !== 'db2'))('of %s has every major of the CDK', (engine) => {
    const majors = namedByCdk(engine)
      .filter(([, major]) => GONE[engine]?.test(major) !== true)
      .map(([full]) => engineMajor(engine, full));
    expect([...new Set(majors)].filter((major) => !knownMajors(engine).includes(major))).toStrictEqual([]);
  });
});

describe('replicasKeepBackups', () => {
  it.each([
    ['postgres', '14.1', true],
    ['postgres', '14.0', false],
    ['postgres', undefined, undefined],
    ['mysql', undefined, true],
    ['mariadb', '10.4.13', true],
    ['oracle', '19', true],
    ['sqlserver', undefined, false],
    ['db2', undefined, true],
  ] as const)('on %s %s: %s', (engine, version, expected) => {
    expect(replicasKeepBackups(engine, version)).toBe(expected);
  });
});

describe('ENGINES', () => {
  it('lists as replicating only editions that there are', () => {
    expect(
      ENGINE_NAMES.filter((name) =>
        ENGINES[name].replicatingEditions.some((edition) => !ENGINES[name].editions.includes(edition)),
      ),
    ).toStrictEqual([]);
  });
});
