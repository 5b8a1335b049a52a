export { CloudSqlTopology, type CloudSqlTopologyArgs } from './cloud-sql-topology';
export type { DeployedValues } from './known-topology';
