import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { ENGINE_NAMES, engineMajor, type EngineName } from '../../lib/topology';
import { knownMajors, newestKnown, standingOf, writtenVersions } from '../../lib/topology/known-versions';

const CLOUDFORMATION_NAMES: Readonly<Partial<Record<EngineName, readonly string[]>>> = {
  mysql: ['mysql'],
  mariadb: ['mariadb'],
  postgres: ['postgres'],
  sqlserver: ['sqlserver-ee', 'sqlserver-se', 'sqlserver-web'],
  db2: ['db2-ae', 'db2-se'],
};

/** What cloudformation-validate lists when a version is none: its rule E9006 names all that there are. By engine. */
function listedVersions(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
  const file = join(folder, 'template.json');
  const common = { EngineVersion: '0', DBInstanceClass: 'db.r6i.xlarge', AllocatedStorage: '100' };
  const resources = names.map((Engine, index) => [
    `Engine${index}`,
    { Type: 'AWS::RDS::DBInstance', Properties: { ...common, Engine } },
  ]);
  writeFileSync(file, JSON.stringify({ Resources: Object.fromEntries(resources) as unknown }));
  const { diagnostics } = new RegoEngine().validateDetailed(new TemplateFile(file), { severityLevel: 'ERROR' });
  rmSync(folder, { recursive: true });
  return new Map(
    diagnostics
      .filter(({ ruleId }) => ruleId === 'E9006')
      .map((diagnostic) => {
        const index = Number(/Engine(\d+)/.exec(JSON.stringify(diagnostic))?.[1]);
        const versions = /\[(.*)\]/.exec(diagnostic.message)?.[1]?.split(', ') ?? [];
        return [names[index] ?? '', versions.map((version) => version.replaceAll("'", ''))] as const;
      }),
  );
}

let theirs: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(() => {
  theirs = listedVersions(Object.values(CLOUDFORMATION_NAMES).flat());
});

/** The versions of an engine that are listed under one of its majors. */
function listed(name: EngineName): readonly string[] {
  return (CLOUDFORMATION_NAMES[name] ?? [])
    .flatMap((each) => theirs.get(each) ?? [])
    .filter((version) => knownMajors(name).includes(engineMajor(name, version)));
}

describe('standingOf', () => {
  it.each(['mysql', 'mariadb', 'postgres'] as const)(
    'knows exactly the versions of %s that cloudformation-validate lists',
    (name) => {
      const listedPlain = listed(name).filter(
        (version) => !/-rds\.|-r\d/.test(version) && knownMajors(name).every((major) => major !== version),
      );
      const ours = knownMajors(name)
        .flatMap((major) => Array.from({ length: 60 }, (_, minor) => `${major}.${minor}`))
        .filter((version) => standingOf(name, version) === 'known');
      expect(ours.toSorted()).toStrictEqual([...new Set(listedPlain)].toSorted());
    },
  );

  it.each(['mysql', 'mariadb', 'postgres', 'sqlserver', 'db2'] as const)(
    'knows every build of %s that cloudformation-validate lists',
    (name) => {
      const builds = listed(name).filter(
        (version) => version.split('.').length > 1 && !knownMajors(name).includes(version),
      );
      const unknown = builds.filter((version) => standingOf(name, version) !== 'known');
      expect({ some: builds.length > 10, unknown }).toStrictEqual({ some: true, unknown: [] });
    },
  );

  it.each([
    ['postgres', '17.11', 'known'],
    ['postgres', '17.12', 'newer'],
    ['postgres', '17.0', 'unknown'],
    ['postgres', '18.5', 'unknown'],
    ['postgres', '17', 'known'],
    ['postgres', '10.23', 'unknown'],
    ['postgres', '17.6.1', 'unknown'],
    ['postgres', '11.22-rds.20240418', 'known'],
    ['postgres', '11.22-rds.2024', 'unknown'],
    ['postgres', 'constructor', 'unknown'],
    ['mysql', '8.4', 'unknown'],
    ['mysql', '8.4.12', 'newer'],
    ['mysql', '8.0.38', 'unknown'],
    ['oracle', '19', 'known'],
    ['oracle', '19.0.0.0', 'unknown'],
    ['oracle', '21.0.0.0.ru-2025-10.rur-2025-10.r1', 'known'],
    ['oracle', '19.0.0.0.spb-2025-10.spb-2025-10.r1', 'known'],
    ['sqlserver', '16.00', 'unknown'],
    ['sqlserver', '12.00.6449.1.v1', 'unknown'],
    ['db2', '11.5.9.0.sb00089214.r1', 'known'],
    ['db2', '11.1.9.0.sb00089214.r1', 'unknown'],
  ] as const)('of %s %s is %s', (name, version, standing) => {
    expect(standingOf(name, version)).toBe(standing);
  });
});

describe('newestKnown', () => {
  it.each(ENGINE_NAMES)('of %s is known', (name) => {
    expect(standingOf(name, newestKnown(name))).toBe('known');
  });

  it.each([
    ['postgres', '17', '17.11'],
    ['mysql', '8.0', '8.0.46'],
    ['mariadb', '10.11', '10.11.18'],
  ] as const)('of %s %s is %s', (name, major, newest) => {
    expect(newestKnown(name, major)).toBe(newest);
  });
});

describe('writtenVersions', () => {
  it('names the majors, oldest first', () => {
    expect(writtenVersions('mariadb')).toBe(
      'a version of MariaDB 10.4, 10.5, 10.6, 10.11, 11.4, 11.8, 12.3 that Amazon RDS offers, written like 12.3.2',
    );
  });
});
