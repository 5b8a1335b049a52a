export { CloudSqlTopology, type CloudSqlTopologyArgs } from './cloud-sql-topology';
export type { DeployedValues } from './known-topology';
export { PromotionRunbook, type PromotionRunbookArgs } from './promotion-runbook';
export type { GoogleEndpointSetting } from '../runbook/contract';
export { ReplicationAlerts, type ReplicationAlertsArgs } from './replication-alerts';
export { ReplicationDashboard, type ReplicationDashboardArgs } from './replication-dashboard';
