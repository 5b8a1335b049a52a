import type { EngineName } from '../topology';

/** What is customary for an engine on Amazon RDS, where nothing else is said. */
export interface EngineDefaults {
  readonly port: number;
  readonly username: string;
  /** Logs that are exported to CloudWatch Logs. */
  readonly logExports: readonly string[];
}

/** Source: Amazon RDS User Guide, "Publishing database logs to Amazon CloudWatch Logs" and the API reference of CreateDBInstance. */
export const ENGINE_DEFAULTS: Readonly<Record<EngineName, EngineDefaults>> = {
  mysql: { port: 3306, username: 'admin', logExports: ['error', 'slowquery'] },
  mariadb: { port: 3306, username: 'admin', logExports: ['error', 'slowquery'] },
  postgres: { port: 5432, username: 'postgres', logExports: ['postgresql', 'upgrade'] },
  oracle: { port: 1521, username: 'admin', logExports: ['alert', 'listener'] },
  sqlserver: { port: 1433, username: 'admin', logExports: ['agent', 'error'] },
  'aurora-mysql': { port: 3306, username: 'admin', logExports: ['error', 'slowquery'] },
  'aurora-postgresql': { port: 5432, username: 'postgres', logExports: ['postgresql'] },
  db2: { port: 50_000, username: 'admin', logExports: ['diag.log', 'notify.log'] },
};

/**
 * Whether Performance Insights and Database Insights can be turned on.
 *
 * Source for Aurora: Amazon Aurora User Guide, "instance class support for Database Insights", 2026-11. Never tried live: that
 * Db2, and the micro and small classes of MySQL and MariaDB, refuse it.
 */
export function canHaveInsights(engine: EngineName, size: string | undefined): boolean {
  if (engine === 'db2') return false;
  const isSmall = /\.(micro|small)$/.test(size ?? '');
  if (engine === 'aurora-mysql') return !isSmall && !/^db\.t[23]\./.test(size ?? '');
  return !(['mysql', 'mariadb'].includes(engine) && isSmall);
}
