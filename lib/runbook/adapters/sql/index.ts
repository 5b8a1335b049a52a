export { USUAL_BOUNDS, type Bounds } from './bounds';
export { MasterCredentials, type Credentials, type MasterSecret } from './master-credentials';
export { ProbeFailure } from './probe-failure';
export { SqlDatabaseProbe, type SqlDatabaseProbeOptions } from './sql-database-probe';
export type { SoleTrust, TlsMode, Trust } from './trust';
