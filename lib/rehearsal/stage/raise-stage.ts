import { CloudSqlStage } from './cloud-sql/cloud-sql-stage';
import { RdsStage } from './rds-stage';
import type { Stage, StageOptions } from './stage';

/** The stage for a topology: whose cloud, and whether instances or clusters, is its own. */
export function raiseStage(options: StageOptions): Promise<Stage> {
  return options.topology.cloud === 'gcp' ? CloudSqlStage.raise(options) : RdsStage.raise(options);
}
