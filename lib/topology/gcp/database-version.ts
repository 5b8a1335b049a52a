import { nearest } from '../nearest';
import type { Engine } from '../topology';

/**
 * Versions that Cloud SQL offers, as they are written here; MySQL 8.0 has minors, too.
 *
 * Source: `databaseVersion` in @pulumi/gcp 9.37.0 and Google's page "Cloud SQL features"; 2026-09.
 */
const MAJORS: Readonly<Partial<Record<Engine['name'], readonly string[]>>> = {
  mysql: ['5.6', '5.7', '8.0', '8.4'],
  postgres: ['9.6', '10', '11', '12', '13', '14', '15', '16', '17', '18'],
  sqlserver: ['2017', '2019', '2022', '2025'],
};

/** Editions of SQL Server on Cloud SQL; the first can have replicas. */
export const SQL_SERVER_EDITIONS = ['enterprise', 'standard', 'express', 'web'] as const;

/** Engines that Cloud SQL runs. */
export const CLOUD_SQL_ENGINES = ['mysql', 'postgres', 'sqlserver'] as const;

/** Whether Cloud SQL offers the version, as far as this release knows. */
export function isOfferedVersion(name: Engine['name'], version: string): boolean {
  const majors = MAJORS[name] ?? [];
  const minor = name === 'mysql' ? /^8\.0\.(\d+)$/.exec(version)?.[1] : undefined;
  return majors.includes(version) || (minor !== undefined && Number(minor) >= 18);
}

/** What may be written as a version. */
export function offeredVersions(name: Engine['name']): string {
  const minor = name === 'mysql' ? ", or a minor such as '8.0.42'" : '';
  return `${(MAJORS[name] ?? []).map((major) => `'${major}'`).join(', ')}${minor}`;
}

/** The version that was most likely meant: `17` for `17.6`. */
export function meantVersion(name: Engine['name'], version: string): string {
  const majors = MAJORS[name] ?? [];
  const start = majors.find((major) => version.startsWith(`${major}.`));
  return start ?? nearest(version, majors) ?? majors.at(-1) ?? '';
}

/** As the Admin API writes it: `POSTGRES_17`, `MYSQL_8_0_42`, `SQLSERVER_2022_ENTERPRISE`. */
export function databaseVersion({ name, version = '', edition }: Engine): string {
  const suffix = name === 'sqlserver' && edition !== undefined ? `_${edition.toUpperCase()}` : '';
  return `${name.toUpperCase()}_${version.replaceAll('.', '_')}${suffix}`;
}
