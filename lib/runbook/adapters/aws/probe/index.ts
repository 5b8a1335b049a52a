export { MasterCredentials, type Credentials, type MasterSecretOptions } from './master-credentials';
export { SqlDatabaseProbe, type SqlDatabaseProbeOptions } from './sql-database-probe';
export type { TlsMode } from './trust';
