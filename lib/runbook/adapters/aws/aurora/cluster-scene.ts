import type { Topology } from '../../../../topology';
import type { Clock } from '../../../execution/ports';
import type { AuroraGateway } from './aurora-gateway';

/** What every procedure of clusters works with. */
export interface ClusterScene {
  readonly topology: Topology;
  readonly rds: AuroraGateway;
  readonly clock: Clock;
}
