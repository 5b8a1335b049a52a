import { ENGINE_NAMES } from '../../lib/topology';
import { newestKnown, standingOf, writtenVersions } from '../../lib/topology/known-versions';

describe('standingOf', () => {
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
    ['aurora-postgresql', '16.14', 'known'],
    ['aurora-postgresql', '16.15', 'newer'],
    ['aurora-postgresql', '16.7', 'unknown'],
    ['aurora-mysql', '8.0.mysql_aurora.3.10.5', 'known'],
    ['aurora-mysql', '8.0.mysql_aurora.3.05.0.1', 'known'],
    ['aurora-mysql', '8.0.mysql_aurora.3.10.6', 'newer'],
    ['aurora-mysql', '8.0.mysql_aurora.3.14.0', 'newer'],
    ['aurora-mysql', '8.0.mysql_aurora.3.04.5', 'unknown'],
    ['aurora-mysql', '8.0.mysql_aurora.2.99.0', 'unknown'],
    ['aurora-mysql', '8.0', 'unknown'],
    ['aurora-mysql', '9.0.mysql_aurora.9.0.0', 'unknown'],
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
    ['aurora-mysql', '8.0', '8.0.mysql_aurora.3.13.0'],
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
