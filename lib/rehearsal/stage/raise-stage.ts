import { CloudSqlStage } from './cloud-sql/cloud-sql-stage';
import { ClusterStage } from './cluster-stage';
import { RdsStage } from './rds-stage';
import type { Stage, StageOptions } from './stage';

/** The stage for a topology: whose cloud, and whether instances or clusters, is its own. */
export function raiseStage(options: StageOptions): Promise<Stage> {
  const { cloud, kind } = options.topology;
  if (cloud === 'gcp') return CloudSqlStage.raise(options);
  return kind === 'instances' ? RdsStage.raise(options) : ClusterStage.raise(options);
}
