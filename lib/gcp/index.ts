export { CloudSqlTopology, type CloudSqlTopologyArgs } from './cloud-sql-topology';
export type { DeployedValues } from './known-topology';
export { ReplicationAlerts, type ReplicationAlertsArgs } from './replication-alerts';
export { ReplicationDashboard, type ReplicationDashboardArgs } from './replication-dashboard';
